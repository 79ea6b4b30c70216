/** Ticks that one frame runs at most: at 4 fps the simulation still keeps up, below that it falls behind instead of making the frame longer. */
export const MAX_TICKS_PER_FRAME = 15;

// Rounding leaves a frame of exactly n ticks a hair short of the n-th: it counts as there.
const TICK_TOLERANCE = 1e-6;

/** Cuts frames of any length into ticks of one length, and says how far the frame is into the next tick. */
export class FrameTicker {
  readonly #tickMs: number;
  #pendingTicks = 0;
  #skippedTicks = 0;

  constructor(tickRateHz: number) {
    this.#tickMs = 1000 / tickRateHz;
  }

  /** Share of the tick that is under way, 0 to 1. */
  get alpha(): number {
    return Math.min(Math.max(this.#pendingTicks, 0), 1);
  }

  /** Adds a frame, its time stretched by `timeScale`; returns how many ticks are due. */
  advance(frameMs: number, timeScale: number): number {
    this.#pendingTicks += (frameMs * timeScale) / this.#tickMs;
    const due = Math.floor(this.#pendingTicks + TICK_TOLERANCE);
    this.#pendingTicks -= due;
    if (due <= MAX_TICKS_PER_FRAME) return due;
    this.#skippedTicks += due - MAX_TICKS_PER_FRAME;
    return MAX_TICKS_PER_FRAME;
  }

  /** Ticks given up since the last call, because frames were too long. */
  takeSkippedTicks(): number {
    const skipped = this.#skippedTicks;
    this.#skippedTicks = 0;
    return skipped;
  }

  reset(): void {
    this.#pendingTicks = 0;
  }
}
