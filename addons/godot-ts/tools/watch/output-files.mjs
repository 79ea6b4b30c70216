import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileState } from "./file-state.mjs";

/** The files of one writer in a folder that others may write to as well. */
export class OutputFiles {
  /** @type {Map<string, { text: string; state: string | undefined }>} as they were left, by path */
  #left = new Map();

  /**
   * Makes these the files that there are. What is so already is not touched: who watches a file hears of changes only.
   * @param {ReadonlyMap<string, string>} texts by path
   * @returns {string[]} what was written or removed
   */
  put(texts) {
    /** @type {string[]} */
    const touched = [];
    // A map is there before the code whose errors are looked up in it.
    for (const path of [...texts.keys()].sort((a, b) => Number(b.endsWith(".map")) - Number(a.endsWith(".map")))) {
      const text = texts.get(path) ?? "";
      const left = this.#left.get(path);
      // Another build may have written there since.
      if (left?.text === text && left.state !== undefined && left.state === fileState(path)) continue;
      if (textOf(path) !== text) {
        write(path, text);
        touched.push(path);
      }
      this.#left.set(path, { text, state: fileState(path) });
    }
    for (const path of this.#left.keys()) {
      if (texts.has(path)) continue;
      rmSync(path, { force: true });
      this.#left.delete(path);
      touched.push(path);
    }
    return touched;
  }
}

/** @param {string} path */
function textOf(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/**
 * Nobody may read half of it.
 * @param {string} path
 * @param {string} text
 */
function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}
