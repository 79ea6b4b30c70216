/** So many at once, and then as many as come back with time. Time is counted in ticks. */
export class TokenBucket {
  readonly #size: number;
  readonly #ticksPerToken: number;
  #tokens: number;
  #countedTick = 0;

  /** `size`: at once, 1 or more. */
  constructor(size: number, ticksPerToken: number) {
    this.#size = size;
    this.#ticksPerToken = ticksPerToken;
    this.#tokens = size;
  }

  /** Takes one at a tick, not before the last one, if there is one. */
  take(tick: number): boolean {
    this.#tokens = Math.min(this.#size, this.#tokens + (tick - this.#countedTick) / this.#ticksPerToken);
    this.#countedTick = tick;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
