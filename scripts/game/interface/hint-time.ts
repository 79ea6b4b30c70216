const SHOWN_SECONDS = 14;
const FADE_SECONDS = 1.2;

/** How long a hint stands, by the wall clock: in few frames a second, those that the engine counts are too short by far. */
export class HintTime {
  #endMs = 0;

  start(nowMs: number): void {
    this.#endMs = nowMs + SHOWN_SECONDS * 1000;
  }

  /** 1, falling to 0 at its end. */
  opacity(nowMs: number): number {
    return Math.min(1, Math.max(0, (this.#endMs - nowMs) / 1000 / FADE_SECONDS));
  }
}
