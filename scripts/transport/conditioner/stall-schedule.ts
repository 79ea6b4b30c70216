import type { RandomSource } from "./seeded-random.ts";

/** When a link carries nothing: for `stallMs` every `stallEveryMs`, at a moment of its own, and whenever somebody says so. */
export class StallSchedule {
  /** Share of the period that passes before the first stall: never at once, never at the very end. */
  readonly #phase: number;
  #startMs = Number.NaN;
  #heldUntilMs = Number.NEGATIVE_INFINITY;
  stallMs = 0;
  stallEveryMs = 0;

  constructor(random: RandomSource) {
    this.#phase = 0.1 + 0.8 * random();
  }

  /** Stalls begin to be counted here. */
  start(nowMs: number): void {
    this.#startMs = nowMs;
  }

  /** Nothing passes before `untilMs`. */
  hold(untilMs: number): void {
    this.#heldUntilMs = Math.max(this.#heldUntilMs, untilMs);
  }

  /** The first moment from `atMs` on at which something passes. */
  nextOpenMs(atMs: number): number {
    const openMs = Math.max(atMs, this.#heldUntilMs);
    if (this.stallMs <= 0 || this.stallEveryMs <= 0) return openMs;
    const sinceMs = openMs - this.#startMs - this.#phase * this.stallEveryMs;
    const intoMs = sinceMs < 0 ? this.stallEveryMs : sinceMs % this.stallEveryMs;
    return intoMs < this.stallMs ? openMs + this.stallMs - intoMs : openMs;
  }
}
