/** Records that all players together are told of in one tick at most, with time to spare. */
const MOST_RECORDS = 40_000;
/** However little time there is, a player is told of so many in each snapshot. */
export const FEWEST_PER_VIEWER = 40;
/** What telling may take of the 16.7 ms of a tick; the rest is for the simulation and the network. */
const GOAL_MS = 6;
/** Shares of the newest tick in the mean, and of what is given back per tick when there is time again. */
const NEWEST_SHARE = 0.1;
const RECOVERY = 1.01;

/**
 * How many others each player is told of per snapshot, by how long the telling takes: with fewer players than a machine can serve it is
 * everybody, in a crowd it sinks, so that the simulation keeps to its time. Where no time passes, as in tests, it stays where it is.
 */
export class RecordBudget {
  #records = MOST_RECORDS;
  #meanMs = 0;

  /** Records per viewer where `viewers` are told in a tick. */
  perViewer(viewers: number): number {
    return Math.max(FEWEST_PER_VIEWER, Math.floor(this.#records / Math.max(1, viewers)));
  }

  /** Takes in how long a tick's telling took. */
  spent(ms: number): void {
    this.#meanMs += (ms - this.#meanMs) * NEWEST_SHARE;
    const change = this.#meanMs > GOAL_MS ? 1 - NEWEST_SHARE * (1 - GOAL_MS / this.#meanMs) : RECOVERY;
    this.#records = Math.min(MOST_RECORDS, Math.max(FEWEST_PER_VIEWER, this.#records * change));
  }
}
