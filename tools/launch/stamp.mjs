// A step is done again only when what goes into it has changed, by content: times of files say little after a checkout.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const FOREIGN = new Set(["node_modules", ".git", ".godot", "dist", "out"]);

/**
 * Every file under `folder` that `wanted` accepts, sorted, as paths relative to `base`.
 * @param {string} base
 * @param {string} folder relative to `base`
 * @param {(path: string) => boolean} wanted
 * @returns {string[]}
 */
export function listFiles(base, folder, wanted) {
  /** @type {string[]} */
  const files = [];
  /** @param {string} path */
  const visit = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const child = join(path, entry.name);
      if (entry.isDirectory()) {
        if (!FOREIGN.has(entry.name)) visit(child);
      } else if (entry.isFile() && wanted(relative(base, child))) files.push(relative(base, child));
    }
  };
  if (existsSync(join(base, folder))) visit(join(base, folder));
  return files.sort();
}

/**
 * One hash over the names and contents of files, and over whatever else decides the result.
 * @param {string} base
 * @param {readonly string[]} files relative to `base`; a missing one counts as such
 * @param {readonly string[]} [extra]
 * @returns {string}
 */
export function hashFiles(base, files, extra = []) {
  const hash = createHash("sha256");
  for (const text of extra) hash.update(`+${text}\0`);
  for (const file of files) {
    hash.update(`${file}\0`);
    const path = join(base, file);
    if (existsSync(path)) hash.update(createHash("sha256").update(readFileSync(path)).digest());
    else hash.update("missing");
  }
  return hash.digest("hex").slice(0, 20);
}

/**
 * @param {string} stampPath
 * @param {string} hash
 * @returns {boolean} the step was done for exactly this
 */
export function isStamped(stampPath, hash) {
  return existsSync(stampPath) && readFileSync(stampPath, "utf8") === hash;
}

/**
 * @param {string} stampPath
 * @param {string} hash
 */
export function stamp(stampPath, hash) {
  mkdirSync(dirname(stampPath), { recursive: true });
  writeFileSync(stampPath, hash);
}

/** @param {string} stampPath */
export function unstamp(stampPath) {
  rmSync(stampPath, { force: true });
}
