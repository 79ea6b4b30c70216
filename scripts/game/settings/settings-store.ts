import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolders } from "../../client/make-folder.ts";
import type { Quality } from "./quality.ts";
import { defaultSettings, formatSettings, parseSettings, type Settings } from "./settings.ts";

/** The settings in a file, and those who want to know when they change. */
export class SettingsStore {
  readonly #path: string;
  readonly #warn: (line: string) => void;
  readonly #listeners: ((settings: Readonly<Settings>) => void)[] = [];
  #settings: Settings;
  /** Wishes of the command line: true for this run, never written. */
  #forThisRun: Partial<Settings> = {};

  /** Reads the file; one that is broken is put aside under another name, and the defaults are used. */
  constructor(path: string, quality: Quality, warn: (line: string) => void) {
    this.#path = path;
    this.#warn = warn;
    const { settings, sound } = parseSettings(this.#read(), defaultSettings(quality));
    this.#settings = settings;
    if (!sound) this.#putAside();
  }

  get current(): Readonly<Settings> {
    return { ...this.#settings, ...this.#forThisRun };
  }

  /** Uses other values until the player changes them, without remembering them. */
  useForThisRun(changes: Partial<Settings>): void {
    this.#forThisRun = { ...this.#forThisRun, ...changes };
    this.#tell();
  }

  /** Calls back now and after every change. */
  watch(listener: (settings: Readonly<Settings>) => void): void {
    this.#listeners.push(listener);
    listener(this.current);
  }

  /** Changes some values, tells everyone and writes the file. A file that cannot be written costs only the memory. */
  change(changes: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...changes };
    for (const key of Object.keys(changes)) delete this.#forThisRun[key as keyof Settings];
    this.#tell();
    try {
      makeFolders(dirname(this.#path));
      // Written beside and moved over: a crash in between leaves the old file whole.
      writeFileSync(`${this.#path}.new`, formatSettings(this.#settings));
      renameSync(`${this.#path}.new`, this.#path);
    } catch (error) {
      this.#warn(`settings are not remembered: ${this.#path} cannot be written (${messageOf(error)})`);
    }
  }

  #tell(): void {
    const settings = this.current;
    for (const listener of this.#listeners) listener(settings);
  }

  #read(): string {
    try {
      return readFileSync(this.#path, "utf8");
    } catch {
      return "{}";
    }
  }

  #putAside(): void {
    const aside = `${this.#path}.broken`;
    this.#warn(`settings in ${this.#path} were not readable; the defaults are used, the old file is ${aside}`);
    try {
      renameSync(this.#path, aside);
    } catch (error) {
      this.#warn(`the broken settings file could not be moved: ${messageOf(error)}`);
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
