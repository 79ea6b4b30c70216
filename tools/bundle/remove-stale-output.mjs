import { existsSync, readdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";

/**
 * Rollup plugin: after writing, removes what an earlier build left in the given folders, so that a deleted or renamed
 * source is gone from the output too.
 * @param {readonly string[]} folders inside the output folder, which nobody else writes to
 * @returns {import("rollup").Plugin}
 */
export function removeStaleOutput(folders) {
  return {
    name: "remove-stale-output",
    writeBundle(options, bundle) {
      const output = options.dir ?? "dist";
      for (const folder of folders) {
        if (!existsSync(join(output, folder))) continue;
        for (const entry of readdirSync(join(output, folder), { recursive: true, withFileTypes: true })) {
          const path = join(entry.parentPath, entry.name);
          if (entry.isFile() && !Object.hasOwn(bundle, relative(output, path))) rmSync(path);
        }
      }
    },
  };
}
