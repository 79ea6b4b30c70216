/**
 * Which of its two ways the camera probes in a frame, aside to the shoulder and back from there: each costs as much as all names. Both after a cut,
 * else one, and none in a frame that is busy with something else, but never for two frames in succession.
 */
export class ProbeTurns {
  /** Of the frame that began last. */
  aside = true;
  back = true;
  #asideNext = true;
  #rested = false;

  begin(cut: boolean, busy: boolean): void {
    this.#rested = busy && !cut && !this.#rested;
    this.aside = cut || (this.#asideNext && !this.#rested);
    this.back = cut || (!this.#asideNext && !this.#rested);
    if (!cut && !this.#rested) this.#asideNext = !this.#asideNext;
  }
}
