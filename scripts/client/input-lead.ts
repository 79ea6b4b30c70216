/** Snapshots over which the server's queue is watched: one second at 20 Hz. */
const WINDOW = 20;
/** Slow-down per command that stands in line for a whole window beyond the one that covers jitter. */
const SLOW_PER_TICK = 0.01;
const MAX_SLOW = 0.05;
const FAST = 0.015;

/**
 * How fast the client's ticks run, steered by the queue that the server reports: a little slower while commands stand in line
 * there, a little faster while it always finds none. Shortest and longest length of a window are used instead of a mean,
 * because at a low frame rate commands come in bursts, and a burst that drains is fine (compare CoDel, RFC 8289).
 */
export class InputLead {
  #seen = 0;
  #shortest = Number.POSITIVE_INFINITY;
  #longest = 0;
  timeScale = 1;

  addServerBuffer(ticks: number): void {
    this.#shortest = Math.min(this.#shortest, ticks);
    this.#longest = Math.max(this.#longest, ticks);
    this.#seen += 1;
    if (this.#seen < WINDOW) return;
    const standing = Math.max(this.#shortest - 1, 0);
    this.timeScale = this.#longest === 0 ? 1 + FAST : 1 - Math.min(standing * SLOW_PER_TICK, MAX_SLOW);
    this.#startWindow();
  }

  reset(): void {
    this.timeScale = 1;
    this.#startWindow();
  }

  #startWindow(): void {
    this.#seen = 0;
    this.#shortest = Number.POSITIVE_INFINITY;
    this.#longest = 0;
  }
}
