/** Farther off than this, the drawn time jumps; nearer, it runs faster or slower. */
const JUMP_TICKS = 30;
/** Back is gone gently, or it would look like a freeze; ahead, what was missed is made up for in a second. */
const MAX_SLOWER = 0.1;
const MAX_FASTER = 0.3;
const STRETCH_PER_TICK = 0.04;
/** When snapshots stay away, the drawn time slows down by up to this: what is known lasts longer, and less is guessed. */
const MAX_SLOW = 0.3;
/** Ticks beyond the newest snapshot at which it is slowed down in full, and beyond which it makes no difference any more: everybody comes to rest. */
const SLOW_TICKS = 4;
const REST_TICKS = 18;

/** The server tick, with fraction, at which remote entities are drawn. Follows its goal by running faster or slower, so that nobody stutters. */
export class PlaybackClock {
  readonly #ticksPerMs: number;
  #started = false;
  tick = 0;

  constructor(tickRateHz: number) {
    this.#ticksPerMs = tickRateHz / 1000;
  }

  /** `goalTick` is where it should be at the end of the frame, `newestTick` that of the newest snapshot, `rate` how fast the server's time runs. */
  advance(frameMs: number, goalTick: number, newestTick: number, rate: number): void {
    const elapsed = frameMs * this.#ticksPerMs * rate;
    const behindTicks = goalTick - this.tick - elapsed;
    if (!this.#started || Math.abs(behindTicks) > JUMP_TICKS) {
      this.#started = true;
      this.tick = goalTick;
      return;
    }
    const beyondTicks = this.tick - newestTick;
    const stretch = Math.min(Math.max(behindTicks * STRETCH_PER_TICK, -MAX_SLOWER), MAX_FASTER);
    const guesses = beyondTicks > 0 && beyondTicks < REST_TICKS;
    const slow = guesses ? -MAX_SLOW * Math.min(beyondTicks / SLOW_TICKS, 1) : MAX_FASTER;
    this.tick += elapsed * (1 + Math.min(stretch, slow));
  }

  reset(): void {
    this.#started = false;
    this.tick = 0;
  }
}
