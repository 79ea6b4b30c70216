const MOST_BLOWS = 256;
const NO_POINTS = -1;

/**
 * What events said of somebody's health that its snapshots may not have in them yet: a snapshot that is older than an event, or was under way
 * with it, does not take back what was shown. Fixed memory, the newest are kept.
 */
export class Blows {
  /** Tick of the newest one; a snapshot that is newer has all of them in it. */
  newestTick = Number.NEGATIVE_INFINITY;
  /** Of the last `since`: what was set last of all that it added up, or -1 if nothing was. */
  lastSet = NO_POINTS;
  readonly #entityId = new Uint32Array(MOST_BLOWS);
  readonly #tick = new Float64Array(MOST_BLOWS);
  readonly #change = new Int32Array(MOST_BLOWS);
  /** Points that it has from then on, whatever it had; -1 for a mere change. */
  readonly #points = new Int32Array(MOST_BLOWS);
  #written = 0;

  /** Points more or less. */
  change(entityId: number, tick: number, points: number): void {
    this.#write(entityId, tick, points, NO_POINTS);
  }

  /** Points from then on: 0 of the dead, and whatever somebody came back with. */
  set(entityId: number, tick: number, points: number): void {
    this.#write(entityId, tick, 0, points);
  }

  /** Health that a snapshot of a tick told, with all that has happened since. */
  since(entityId: number, tick: number, health: number, maxHealth: number): number {
    this.lastSet = NO_POINTS;
    if (this.newestTick <= tick) return health;
    let points = health;
    const first = Math.max(this.#written - MOST_BLOWS, 0);
    for (let i = first; i < this.#written; i += 1) {
      const slot = i % MOST_BLOWS;
      if (this.#entityId[slot] !== entityId || (this.#tick[slot] ?? 0) <= tick) continue;
      const set = this.#points[slot] ?? NO_POINTS;
      points = set === NO_POINTS ? points + (this.#change[slot] ?? 0) : set;
      points = Math.min(Math.max(points, 0), maxHealth);
      if (set !== NO_POINTS) this.lastSet = set;
    }
    return points;
  }

  clear(): void {
    this.#written = 0;
    this.newestTick = Number.NEGATIVE_INFINITY;
  }

  #write(entityId: number, tick: number, change: number, points: number): void {
    const slot = this.#written % MOST_BLOWS;
    this.#written += 1;
    this.#entityId[slot] = entityId;
    this.#tick[slot] = tick;
    this.#change[slot] = change;
    this.#points[slot] = points;
    this.newestTick = Math.max(this.newestTick, tick);
  }
}
