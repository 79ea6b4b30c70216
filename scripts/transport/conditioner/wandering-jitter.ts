import { drawNormal, type RandomSource } from "./seeded-random.ts";

/** Steepness at which the logistic curve is the normal distribution's to within 0.01 (Bowling et al. 2009). */
const LOGISTIC_SLOPE = 1.702;

/**
 * Delay that wanders, as that of a queue which other people fill: evenly spread from -1 to 1, and what it is now says what it
 * will be in a moment. An Ornstein-Uhlenbeck process, squeezed through the normal distribution.
 */
export class WanderingJitter {
  readonly #random: RandomSource;
  #level: number;
  #atMs = 0;

  constructor(random: RandomSource) {
    this.#random = random;
    this.#level = drawNormal(random);
  }

  /** -1 to 1 at a time not before the last one asked for. After `correlationMs` little of it is left; 0: nothing ever is. */
  at(nowMs: number, correlationMs: number): number {
    const elapsedMs = Math.max(nowMs - this.#atMs, 0);
    this.#atMs = nowMs;
    const kept = correlationMs > 0 ? Math.exp(-elapsedMs / correlationMs) : 0;
    if (kept < 1) this.#level = kept * this.#level + Math.sqrt(1 - kept * kept) * drawNormal(this.#random);
    return 2 / (1 + Math.exp(-LOGISTIC_SLOPE * this.#level)) - 1;
  }
}
