/** Recovered is who stays so for so long. */
const CALM_MS = 1000;
/** What may be later than at its latest before. */
const TOLERANCE_MS = 50;

/** Watches one lateness: the worst of it before a moment, and when after that it is no worse again for good. */
export class Calm {
  #worstMs = 0;
  #judgeFromMs = Number.NaN;
  #sinceMs = Number.NaN;
  #heldAtMs = Number.NaN;
  #calmMs = 0;
  /** Whether something else befell the link before it was calm: then it cannot be said how long that took. */
  spoiled = false;

  /** Call in every frame, of `frameMs`. `excused`: being late now says nothing, since something else befell the link. */
  add(nowMs: number, frameMs: number, lateMs: number, excused: boolean): void {
    if (Number.isNaN(this.#judgeFromMs)) {
      this.#worstMs = Math.max(this.#worstMs, lateMs);
      return;
    }
    const late = lateMs > this.#worstMs + TOLERANCE_MS;
    if (late && excused) {
      if (Number.isNaN(this.#sinceMs)) this.spoiled = true;
      return;
    }
    if (late) this.#sinceMs = Number.NaN;
    else if (Number.isNaN(this.#sinceMs)) this.#begin(nowMs);
    else this.#calmMs += frameMs;
    if (this.#calmMs >= CALM_MS && !late && Number.isNaN(this.#heldAtMs)) this.#heldAtMs = this.#sinceMs;
  }

  /** What came so far was before. */
  judgeFrom(nowMs: number): void {
    this.#judgeFromMs = nowMs;
  }

  /** Whether it has been calm for long enough, once. */
  get holds(): boolean {
    return !Number.isNaN(this.#heldAtMs);
  }

  /** Milliseconds from the moment on which it is judged to that since which it is calm; infinite if it never was for long enough. */
  get reachedAfterMs(): number {
    return this.holds ? this.#heldAtMs - this.#judgeFromMs : Number.POSITIVE_INFINITY;
  }

  #begin(nowMs: number): void {
    this.#sinceMs = nowMs;
    this.#calmMs = 0;
  }
}
