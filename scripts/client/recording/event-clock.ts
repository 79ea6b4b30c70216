/** Seconds of play by the clock of the recorded frames: from the first on, without the times that it was set back. */
export class EventClock {
  #lastMs = Number.NaN;
  seconds = 0;

  advance(nowMs: number): void {
    const elapsedMs = nowMs - this.#lastMs;
    if (Number.isFinite(nowMs)) this.#lastMs = nowMs;
    if (elapsedMs > 0 && elapsedMs < Number.POSITIVE_INFINITY) this.seconds += elapsedMs / 1000;
  }
}
