const WINDOW_MS = 1_000;

/** Lets so many lines a second through and counts the others. */
export class LineBudget {
  #windowStartMs = Number.NEGATIVE_INFINITY;
  #used = 0;
  #leftOut = 0;

  constructor(private readonly linesPerSecond: number) {}

  /** Whether a line may be written now. `nowMs` may jump in either direction. */
  take(nowMs: number): boolean {
    if (!(Math.abs(nowMs - this.#windowStartMs) < WINDOW_MS)) {
      this.#windowStartMs = nowMs;
      this.#used = 0;
    }
    if (this.#used >= this.linesPerSecond) {
      this.#leftOut += 1;
      return false;
    }
    this.#used += 1;
    return true;
  }

  /** Lines that were not let through since this was asked last. */
  takeLeftOut(): number {
    const leftOut = this.#leftOut;
    this.#leftOut = 0;
    return leftOut;
  }
}
