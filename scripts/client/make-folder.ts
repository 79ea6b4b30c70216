import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

// Not Node's `recursive`: where nothing can be made, such as below /proc, that tries for ever.

/** Makes a folder where there is none; the one above it must be there. Throws an error that names the path. */
export function makeFolder(path: string): void {
  if (!existsSync(path)) mkdirSync(path);
}

/** Makes a folder and those above it, as far as they are missing. Throws an error that names the one that cannot be made. */
export function makeFolders(path: string): void {
  const above = dirname(path);
  if (above !== path && !existsSync(above)) makeFolders(above);
  makeFolder(path);
}
