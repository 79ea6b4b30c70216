import { statSync, watch } from "node:fs";
import { basename } from "node:path";

/** An editor saves in several steps, and several files at once. */
const SETTLE_MS = 15;
const LONGEST_WAIT_MS = 150;
/** Where the system has no more watches to give, files are looked at so often. */
const POLL_MS = 500;

/** Says when something may have happened in some folders. */
export class FolderWatch {
  /** @type {Map<string, import("node:fs").FSWatcher>} by folder */
  #watchers = new Map();
  /** @type {NodeJS.Timeout | undefined} */
  #timer;
  /** @type {NodeJS.Timeout | undefined} */
  #poll;
  /** @type {number | undefined} */
  #waitsSince;
  #tell;

  /** @param {() => void} tell is called a little after the last event of a row */
  constructor(tell) {
    this.#tell = tell;
  }

  /**
   * Watches these folders and no others, each without those in it. What is no folder is passed over.
   * @param {ReadonlySet<string>} folders
   */
  watch(folders) {
    for (const folder of [...this.#watchers.keys()]) if (!folders.has(folder)) this.#forget(folder);
    for (const folder of folders) if (!this.#watchers.has(folder) && isFolder(folder)) this.#add(folder);
  }

  close() {
    clearTimeout(this.#timer);
    clearInterval(this.#poll);
    for (const folder of [...this.#watchers.keys()]) this.#forget(folder);
  }

  /** @param {string} folder */
  #forget(folder) {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }

  /** @param {string} folder */
  #add(folder) {
    try {
      const watcher = watch(folder, (event, name) => {
        // The folder itself is gone; there may be another one of its name already.
        if (event === "rename" && name === basename(folder)) this.#forget(folder);
        this.#happened();
      });
      watcher.on("error", () => {
        this.#forget(folder);
        this.#happened();
      });
      this.#watchers.set(folder, watcher);
    } catch {
      this.#poll ??= setInterval(this.#tell, POLL_MS);
    }
  }

  #happened() {
    const nowMs = performance.now();
    this.#waitsSince ??= nowMs;
    clearTimeout(this.#timer);
    const delayMs = Math.max(0, Math.min(SETTLE_MS, this.#waitsSince + LONGEST_WAIT_MS - nowMs));
    this.#timer = setTimeout(() => {
      this.#waitsSince = undefined;
      this.#tell();
    }, delayMs);
  }
}

const isFolder = (/** @type {string} */ path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
