import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** What every export has: only a folder with it is taken for an earlier one. */
export const PACK = "darkages.pck";

/** Makes an empty folder. Throws an error for people when there is one with something else in it. */
export function clearExportFolder(folder: string): void {
  const there = existsSync(folder) ? readdirSync(folder) : [];
  if (there.length > 0 && !there.includes(PACK))
    throw new Error(
      `${folder} has files that are no earlier export (there is no ${PACK}): name an empty or a new folder with --out`,
    );
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

/** Copies files of the project to where they lie in it, below the folder. */
export function copyInto(folder: string, paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(path, join(folder, path));
  }
}

/** Paths of all files in it, and their sizes. */
export function listExport(folder: string): { path: string; bytes: number }[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => ({ path, status: statSync(join(folder, path)) }))
    .filter(({ status }) => status.isFile())
    .map(({ path, status }) => ({ path, bytes: status.size }))
    .sort((a, b) => a.path.localeCompare(b.path));
}
