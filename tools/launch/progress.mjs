// What a user sees of the set-up: one line for each step that did something, with its time.

/**
 * @param {number} ms
 * @returns {string} `0.4 s`, `31.2 s`, `2 min 5 s`
 */
export function formatDuration(ms) {
  const seconds = ms / 1000;
  if (seconds < 99.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/**
 * @param {string} name
 * @param {number} ms
 * @returns {string}
 */
export function doneLine(name, ms) {
  return `✓ ${name.padEnd(14)} ${formatDuration(ms).padStart(8)}`;
}

/**
 * Where progress goes: standard error, so that what a program prints on standard output stays its own.
 */
export class Progress {
  /** @param {{ write: (text: string) => unknown, isTTY?: boolean, columns?: number }} stream */
  constructor(stream) {
    this.stream = stream;
    this.transient = "";
  }

  /**
   * Runs a step. Prints its line only when the step says that it did something.
   * @param {string} name
   * @param {(tell: (text: string) => void) => Promise<boolean> | boolean} work true: something was done
   */
  async step(name, work) {
    const start = performance.now();
    let said = "";
    const tell = (/** @type {string} */ text) => {
      said = text;
      this.show(`… ${name.padEnd(14)} ${text}`);
    };
    const worked = await work(tell);
    this.show("");
    if (worked || said !== "") this.stream.write(`${doneLine(name, performance.now() - start)}\n`);
  }

  /**
   * A line that the next one replaces; only on a terminal.
   * @param {string} text
   */
  show(text) {
    if (!this.stream.isTTY) return;
    // A terminal that does not tell its width says 0.
    const width = (this.stream.columns || 80) - 1;
    const line = text.slice(0, width);
    if (line === this.transient) return;
    this.stream.write(`\r${line.padEnd(Math.min(this.transient.length, width))}${line === "" ? "\r" : ""}`);
    this.transient = line;
  }
}
