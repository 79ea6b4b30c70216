/** Entities that a session of `protocol_v1` is told of per snapshot, the nearest ones: rule P99 of docs/protocol.md. */
export const LEGACY_SNAPSHOT_ENTITIES = 50;
/** Snapshots per second of such a session: together at most 7 KB/s, so that a fallback of everybody does not flood a server. */
export const LEGACY_SNAPSHOT_RATE_HZ = 5;

/**
 * Picks the nearest of any number of candidates: `begin`, `offer` each, then read `count` and `candidates`. Equally near ones go by
 * their id, so that the order in which they are offered means nothing. Allocates nothing after construction.
 */
export class NearestEntities {
  /** What was offered, nearest first; valid up to `count`. */
  readonly candidates: Int32Array;
  readonly #distanceSquared: Float64Array;
  readonly #id: Uint32Array;
  #count = 0;

  /** `capacity`: how many are picked at most, 1 or more. Throws `RangeError` on less. */
  constructor(capacity = LEGACY_SNAPSHOT_ENTITIES) {
    if (!(Number.isInteger(capacity) && capacity >= 1)) {
      throw new RangeError(`capacity: expected an integer of 1 or more, got ${capacity}`);
    }
    this.candidates = new Int32Array(capacity);
    this.#distanceSquared = new Float64Array(capacity);
    this.#id = new Uint32Array(capacity);
  }

  /** How many were picked. */
  get count(): number {
    return this.#count;
  }

  /** Forgets what was picked. */
  begin(): void {
    this.#count = 0;
  }

  /** `candidate`: the caller's number for it. `distanceSquared`: in any unit, the same for all; what is not a number is not near. */
  offer(candidate: number, id: number, distanceSquared: number): void {
    const capacity = this.candidates.length;
    if (Number.isNaN(distanceSquared)) return;
    if (this.#count === capacity && !this.#isBefore(distanceSquared, id, capacity - 1)) return;
    // Insertion from the far end: most of a crowd is farther than the last one picked, and ends above.
    let at = this.#count === capacity ? capacity - 1 : this.#count++;
    for (; at > 0 && this.#isBefore(distanceSquared, id, at - 1); at--) this.#copy(at - 1, at);
    this.candidates[at] = candidate;
    this.#distanceSquared[at] = distanceSquared;
    this.#id[at] = id;
  }

  #isBefore(distanceSquared: number, id: number, at: number): boolean {
    const other = this.#distanceSquared[at] ?? 0;
    return distanceSquared < other || (distanceSquared === other && id < (this.#id[at] ?? 0));
  }

  #copy(from: number, to: number): void {
    this.candidates[to] = this.candidates[from] ?? 0;
    this.#distanceSquared[to] = this.#distanceSquared[from] ?? 0;
    this.#id[to] = this.#id[from] ?? 0;
  }
}
