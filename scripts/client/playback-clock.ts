/** Farther off than this, the drawn time jumps; nearer, it runs faster or slower. */
const JUMP_TICKS = 30;
const MAX_STRETCH = 0.1;
const STRETCH_PER_TICK = 0.02;

/** The server tick, with fraction, at which remote entities are drawn. Follows its goal by running faster or slower, so that nobody stutters. */
export class PlaybackClock {
  readonly #ticksPerMs: number;
  #started = false;
  tick = 0;

  constructor(tickRateHz: number) {
    this.#ticksPerMs = tickRateHz / 1000;
  }

  advance(frameMs: number, goalTick: number): void {
    const free = this.tick + frameMs * this.#ticksPerMs;
    const behindTicks = goalTick - free;
    if (!this.#started || Math.abs(behindTicks) > JUMP_TICKS) {
      this.#started = true;
      this.tick = goalTick;
      return;
    }
    const stretch = Math.min(Math.max(behindTicks * STRETCH_PER_TICK, -MAX_STRETCH), MAX_STRETCH);
    this.tick = free + frameMs * this.#ticksPerMs * stretch;
  }

  reset(): void {
    this.#started = false;
    this.tick = 0;
  }
}
