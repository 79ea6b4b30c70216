/** Least delay: one lost snapshot at 20 Hz is bridged without extrapolation. */
export const MIN_DELAY_MS = 100;
export const MAX_DELAY_MS = 350;
// One and a half snapshots, plus room for nearly every late one: the deviation of a normal distribution is about 0.8 of its sigma.
const INTERVALS = 1.5;
const JITTERS = 4;
/** Shares of the way to the goal per snapshot: up at once when it gets rough, down slowly when it calms. */
const UP_SHARE = 0.25;
const DOWN_SHARE = 0.01;

/** How far behind the arriving snapshots the others are drawn, so that there are two to draw between. */
export class InterpolationDelay {
  readonly #snapshotMs: number;
  delayMs = MIN_DELAY_MS;

  constructor(snapshotRateHz: number) {
    this.#snapshotMs = 1000 / snapshotRateHz;
  }

  /** Takes in the jitter after a snapshot arrived, milliseconds. */
  adapt(jitterMs: number): void {
    const wantedMs = INTERVALS * this.#snapshotMs + JITTERS * jitterMs;
    const goalMs = Math.min(Math.max(wantedMs, MIN_DELAY_MS), MAX_DELAY_MS);
    this.delayMs += (goalMs - this.delayMs) * (goalMs > this.delayMs ? UP_SHARE : DOWN_SHARE);
  }

  reset(): void {
    this.delayMs = MIN_DELAY_MS;
  }
}
