export interface BackoffLimits {
  firstMs: number;
  maxMs: number;
  /** Share by which a delay is lengthened or shortened at random, so that a server that comes back is not stormed: 0.25 is +-25 %. */
  jitter: number;
}

export const RECONNECT_BACKOFF: BackoffLimits = { firstMs: 500, maxMs: 10_000, jitter: 0.25 };

/** Delays between attempts: doubling from `firstMs` to `maxMs`, each with jitter. */
export class Backoff {
  readonly #random: () => number;
  readonly #limits: BackoffLimits;
  #baseMs: number;

  constructor(random: () => number, limits: BackoffLimits = RECONNECT_BACKOFF) {
    this.#random = random;
    this.#limits = limits;
    this.#baseMs = limits.firstMs;
  }

  /** How long to wait before the next attempt, milliseconds. Every call doubles the next answer. */
  nextDelayMs(): number {
    const baseMs = this.#baseMs;
    this.#baseMs = Math.min(baseMs * 2, this.#limits.maxMs);
    return baseMs * (1 + this.#limits.jitter * (2 * this.#random() - 1));
  }

  /** An attempt succeeded: the next delay is the first one again. */
  reset(): void {
    this.#baseMs = this.#limits.firstMs;
  }
}
