import { statSync, watch } from "node:fs";

/** An editor saves in several steps, and several files at once. */
const SETTLE_MS = 15;
const LONGEST_WAIT_MS = 150;
/** Where the system has no more watches to give, files are looked at so often. */
const POLL_MS = 500;

/** Says when something may have happened in some folders. */
export class FolderWatch {
  /** @type {Map<string, { watcher: import("node:fs").FSWatcher; number: number }>} by folder; the number tells it from a later one of its name */
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
    for (const [folder, { number }] of this.#watchers)
      if (!folders.has(folder) || numberOf(folder) !== number) this.#forget(folder);
    for (const folder of folders) {
      const number = numberOf(folder);
      if (number !== undefined && !this.#watchers.has(folder)) this.#add(folder, number);
    }
  }

  close() {
    clearTimeout(this.#timer);
    clearInterval(this.#poll);
    for (const folder of [...this.#watchers.keys()]) this.#forget(folder);
  }

  /** @param {string} folder */
  #forget(folder) {
    this.#watchers.get(folder)?.watcher.close();
    this.#watchers.delete(folder);
  }

  /**
   * @param {string} folder
   * @param {number} number
   */
  #add(folder, number) {
    try {
      const watcher = watch(folder, () => this.#happened());
      watcher.on("error", () => {
        this.#forget(folder);
        this.#happened();
      });
      this.#watchers.set(folder, { watcher, number });
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

/**
 * @param {string} path
 * @returns {number | undefined} undefined where there is no folder
 */
function numberOf(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isDirectory() ? found.ino : undefined;
}
