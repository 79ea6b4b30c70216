/** A mishap of a link may show for so long after it: what a stall may take to recover from. */
const AFTERMATH_MS = 1000;
/** What a silence may be longer by than the longest of ordinary time, besides a frame: it is heard in frames only. */
const TOLERANCE_MS = 50;

/**
 * How long one direction of a link brings nothing, as heard at its end: the longest silence of ordinary time, and whether something worse befalls
 * the link afterwards. What goes wrong then says nothing of what was before.
 */
export class LinkSilence {
  readonly #toleranceMs: number;
  #longestMs = 0;
  #judgeFromMs = Number.NaN;
  #troubledUntilMs = Number.NEGATIVE_INFINITY;

  constructor(frameMs: number) {
    this.#toleranceMs = TOLERANCE_MS + frameMs;
  }

  /** Call in every frame. `heardAtMs` is when the newest packet came. */
  add(nowMs: number, heardAtMs: number): void {
    const silentMs = nowMs - heardAtMs;
    if (Number.isNaN(this.#judgeFromMs)) this.#longestMs = Math.max(this.#longestMs, silentMs);
    // The silence that has to be recovered from is none of those that come after it.
    else if (heardAtMs > this.#judgeFromMs && silentMs > this.#longestMs + this.#toleranceMs) {
      this.#troubledUntilMs = nowMs + AFTERMATH_MS;
    }
  }

  /** Ordinary time is over; silences that begin after `nowMs` are held against it. */
  judgeFrom(nowMs: number): void {
    this.#judgeFromMs = nowMs;
  }

  /** Whether the link has lately been silent for longer than ever in ordinary time. */
  isTroubled(nowMs: number): boolean {
    return nowMs < this.#troubledUntilMs;
  }
}
