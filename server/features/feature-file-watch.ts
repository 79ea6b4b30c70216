import type { FeatureFlags } from "./feature-flags.ts";
import { readFeatureTable } from "./read-feature-table.ts";

/** How often a server looks at its feature file, milliseconds. */
export const FEATURE_POLL_MS = 1000;

/** Faults of one file that are logged; the others are counted. */
const MAX_FAULTS_TOLD = 5;

export interface FeatureFileWatchOptions {
  /** For messages. */
  path: string;
  /** The text that `flags` were made of. */
  text: string;
  flags: FeatureFlags;
  /** Reads the whole file; an error's message says why it cannot. */
  read: () => Promise<string>;
  log: (line: string) => void;
}

/**
 * Keeps flags as their file says. The content is compared, not a time stamp, which a copy or a mounted volume need not change. What cannot
 * be read, half written or deleted or wrong, changes nothing: the last good settings stay in force, and the log says so, once
 * for each fault.
 */
export class FeatureFileWatch {
  readonly #options: FeatureFileWatchOptions;
  /** What was read last; undefined when that failed. */
  #text: string | undefined;
  #fault = "";
  #reading = false;

  constructor(options: FeatureFileWatchOptions) {
    this.#options = options;
    this.#text = options.text;
  }

  /** Looks at the file once; to be called every `FEATURE_POLL_MS`. Does nothing while an earlier call is not done. Never rejects. */
  async poll(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    try {
      this.#take(await this.#options.read());
    } catch (error) {
      this.#text = undefined;
      this.#tellFault(error instanceof Error ? error.message : String(error));
    } finally {
      this.#reading = false;
    }
  }

  #take(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    const reading = readFeatureTable(text);
    if (!reading.ok) {
      this.#tellFault(faultsInOneLine(reading.faults));
      return;
    }
    const { path, flags, log } = this.#options;
    const changes = flags.replace(reading.table);
    if (changes.length > 0) log(`${path}: revision ${flags.revision}: ${changes.join("; ")}`);
    else if (this.#fault !== "") log(`${path}: in order again, and as in revision ${flags.revision}`);
    this.#fault = "";
  }

  #tellFault(fault: string): void {
    if (fault === this.#fault) return;
    this.#fault = fault;
    const { path, flags, log } = this.#options;
    log(`${path}: ${fault}. Revision ${flags.revision} stays in force until this is corrected.`);
  }
}

function faultsInOneLine(faults: readonly string[]): string {
  const told = faults.slice(0, MAX_FAULTS_TOLD).join("; ");
  return faults.length > MAX_FAULTS_TOLD ? `${told}; and ${faults.length - MAX_FAULTS_TOLD} more` : told;
}
