import { statSync } from "node:fs";

/**
 * Differs after every save of a file; undefined where there is none.
 * @param {string} path
 * @returns {string | undefined}
 */
export function fileState(path) {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found?.isFile() ? `${found.ino} ${found.size} ${found.mtimeNs}` : undefined;
}
