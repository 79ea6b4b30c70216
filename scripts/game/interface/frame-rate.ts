/**
 * How many frames there are in a second, by the wall clock: what the engine says of a long frame ends at an eighth of a second, and half a frame a
 * second would be told as eight.
 */
export class FrameRate {
  #sinceMs = 0;
  #frames = 0;
  #counts = false;

  /** A frame, now. The first one after a pause only begins the first interval. */
  count(nowMs: number): void {
    if (this.#counts) this.#frames += 1;
    else this.#sinceMs = nowMs;
    this.#counts = true;
  }

  /** Nothing is shown for a while: that time belongs to no frame. */
  pause(): void {
    this.#counts = false;
    this.#frames = 0;
  }

  /** Since it was taken last, or since the pause; 0 while no frame has ended yet. */
  take(nowMs: number): number {
    const seconds = (nowMs - this.#sinceMs) / 1000;
    if (this.#frames === 0 || seconds <= 0) return 0;
    const perSecond = this.#frames / seconds;
    this.#frames = 0;
    this.#sinceMs = nowMs;
    return perSecond;
  }
}
