/** Longest frame that counts in full. What is longer was a stall, a suspend or a step of the clock, and is no silence of the peer. */
export const MAX_FRAME_MS = 1000;

/**
 * The client's own time: it starts at 0, runs with the owner's clock, never goes back and never leaps. Everything in the
 * client measures with it, so that a suspended laptop or a corrected clock neither times out a connection nor freezes one.
 */
export class FrameTime {
  #lastOwnerMs = Number.NaN;
  #nowMs = 0;
  #frameMs = 0;
  /** Updates at which the owner's clock had gone backwards or was no number. */
  backwards = 0;
  /** Updates whose frame was cut to `MAX_FRAME_MS`. */
  stalls = 0;

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Length of the last frame, 0 to `MAX_FRAME_MS`. */
  get frameMs(): number {
    return this.#frameMs;
  }

  advance(ownerMs: number): void {
    const elapsedMs = ownerMs - this.#lastOwnerMs;
    const first = Number.isNaN(this.#lastOwnerMs);
    if (Number.isFinite(ownerMs)) this.#lastOwnerMs = ownerMs;
    if (elapsedMs > MAX_FRAME_MS) this.stalls += 1;
    if (!(elapsedMs >= 0) && !first) this.backwards += 1;
    this.#frameMs = elapsedMs > 0 ? Math.min(elapsedMs, MAX_FRAME_MS) : 0;
    this.#nowMs += this.#frameMs;
  }
}
