/** Delay before anything is known: one lost snapshot at 20 Hz is bridged. */
export const START_DELAY_MS = 100;
/** Room above the distance of two snapshots, least and most. */
export const MIN_MARGIN_MS = 15;
export const MAX_MARGIN_MS = 250;
/** Longest distance of two snapshots that is waited for; what comes seldomer is drawn by guess in between. */
const MAX_SNAPSHOT_MS = 250;
// All of an even spread of delays lies within twice its mean deviation of its mean, and all but the last hundredth of a normal one within three.
const DEVIATIONS = 2.5;
/** Shares of the way to the goal per snapshot: up at once when it gets rough, down slowly when it calms. */
const UP_SHARE = 0.25;
const DOWN_SHARE = 0.01;

/**
 * How far behind the fastest arrivals the others are drawn, so that there are two snapshots to draw between: the distance of two
 * snapshots, and as much as nearly all of them are late by.
 */
export class InterpolationDelay {
  delayMs = START_DELAY_MS;

  /**
   * Takes in how snapshots arrive, after one did: `snapshotMs` from one to the next, 0 while unknown; `latenessMs` behind the fastest in the mean,
   * and `jitterMs`, the mean deviation from that.
   */
  adapt(snapshotMs: number, latenessMs: number, jitterMs: number): void {
    if (!(snapshotMs > 0)) return;
    const marginMs = Math.min(Math.max(latenessMs + DEVIATIONS * jitterMs, MIN_MARGIN_MS), MAX_MARGIN_MS);
    const goalMs = Math.min(snapshotMs, MAX_SNAPSHOT_MS) + marginMs;
    this.delayMs += (goalMs - this.delayMs) * (goalMs > this.delayMs ? UP_SHARE : DOWN_SHARE);
  }

  reset(): void {
    this.delayMs = START_DELAY_MS;
  }
}
