/** The same sound again so soon after is not heard. */
const APART_MS = 45;
/** What could not be started in this time comes too late for what is seen. */
const LATE_MS = 100;
/** From one to the next, except what the player does: more at a time is a noise. */
const BETWEEN_MS = 30;
const NEVER = Number.NEGATIVE_INFINITY;

/** Which of the sounds that are wanted begins next: the nearest. Structure of arrays, by the number of a sound; fixed memory. */
export class SoundQueue {
  /** Of the last one that `next` chose, metres. */
  meters = 0;
  readonly #startedMs: Float64Array;
  /** Since when it waits; `NEVER` while it does not. */
  readonly #askedMs: Float64Array;
  readonly #meters: Float64Array;
  #waiting = 0;
  #lastMs = NEVER;

  /** How many kinds of sounds there are. */
  constructor(kinds: number) {
    this.#startedMs = new Float64Array(kinds).fill(NEVER);
    this.#askedMs = new Float64Array(kinds).fill(NEVER);
    this.#meters = new Float64Array(kinds);
  }

  /** One that is so far away is wanted. False where the same has just begun, or waits already. */
  ask(sound: number, meters: number, nowMs: number): boolean {
    if (nowMs - (this.#startedMs[sound] ?? NEVER) < APART_MS) return false;
    if (this.#askedMs[sound] !== NEVER) {
      this.#meters[sound] = Math.min(this.#meters[sound] ?? 0, meters);
      return false;
    }
    this.#askedMs[sound] = nowMs;
    this.#meters[sound] = meters;
    this.#waiting += 1;
    return true;
  }

  /**
   * The nearest of those that wait, which waits no more, and fills `meters`; -1 where none does, or the last one has just begun and this one is not at
   * 0 m. To be asked until it says so: in a long frame several begin. `frameMs`: its length.
   */
  next(nowMs: number, frameMs: number): number {
    if (this.#waiting === 0) return -1;
    let nearest = -1;
    for (let sound = 0; sound < this.#askedMs.length; sound += 1) {
      const askedMs = this.#askedMs[sound] ?? NEVER;
      if (askedMs === NEVER) continue;
      if (nowMs - askedMs > LATE_MS + frameMs) this.#forget(sound);
      else if (nearest < 0 || (this.#meters[sound] ?? 0) < (this.#meters[nearest] ?? 0)) nearest = sound;
    }
    if (nearest < 0 || (nowMs - this.#lastMs < BETWEEN_MS && (this.#meters[nearest] ?? 0) > 0)) return -1;
    this.#lastMs = Math.max(this.#lastMs + BETWEEN_MS, nowMs - frameMs);
    this.#forget(nearest);
    this.#startedMs[nearest] = nowMs;
    this.meters = this.#meters[nearest] ?? 0;
    return nearest;
  }

  #forget(sound: number): void {
    this.#askedMs[sound] = NEVER;
    this.#waiting -= 1;
  }
}
