/** Whose plate is shown keeps it against others as near: what is worth this much more, metres. */
const KEPT_METERS = 3;
/** One step of importance outweighs all distances. */
const IMPORTANCE_METERS = 1000;
/** Plates may touch by this share of their size. */
const OVERLAP_SHARE = 0.12;

/**
 * Which plates are shown: of all candidates those that matter most, then the nearest, and none that lies over one that matters more. Fixed
 * memory, nothing allocated.
 */
export class PlateChoice {
  count = 0;
  /** The next candidate: how far away it is, how much it matters, and its plate around a point, pixels. Here, because numbers that are handed over would be put on the heap. Fractions from the start: a field that began as a whole number makes a new one for each fraction. */
  meters = 0.5;
  importance = 0;
  x = 0.5;
  y = 0.5;
  width = 0.5;
  height = 0.5;
  rank = 0.5;
  readonly #most: number;
  readonly #slot: Uint32Array;
  readonly #rank: Float64Array;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #width: Float64Array;
  readonly #height: Float64Array;
  readonly #chosen: Uint32Array;
  #chosenCount = 0;

  /** How many candidates are looked at, the best ones. */
  constructor(most: number) {
    this.#most = most;
    this.#slot = new Uint32Array(most);
    this.#chosen = new Uint32Array(most);
    this.#rank = new Float64Array(most);
    this.#x = new Float64Array(most);
    this.#y = new Float64Array(most);
    this.#width = new Float64Array(most);
    this.#height = new Float64Array(most);
  }

  clear(): void {
    this.count = 0;
  }

  /** Ranks the candidate that is described: lower is better. Returns whether it would be looked at at all. */
  consider(shown: boolean): boolean {
    this.rank = this.meters - this.importance * IMPORTANCE_METERS - (shown ? KEPT_METERS : 0);
    return this.count < this.#most || this.rank < (this.#rank[this.count - 1] ?? 0);
  }

  /** Adds the candidate that is described and was considered. */
  add(slot: number): void {
    const { rank } = this;
    let at = Math.min(this.count, this.#most - 1);
    this.count = at + 1;
    for (; at > 0 && (this.#rank[at - 1] ?? 0) > rank; at -= 1) this.#move(at - 1, at);
    this.#slot[at] = slot;
    this.#rank[at] = rank;
    this.#x[at] = this.x;
    this.#y[at] = this.y;
    this.#width[at] = this.width;
    this.#height[at] = this.height;
  }

  /** Sets `shown` to 1 at the slots that are chosen. */
  choose(shown: Uint8Array): void {
    this.#chosenCount = 0;
    for (let candidate = 0; candidate < this.count; candidate += 1) {
      if (this.#covered(candidate)) continue;
      this.#chosen[this.#chosenCount] = candidate;
      this.#chosenCount += 1;
      shown[this.#slot[candidate] ?? 0] = 1;
    }
  }

  #covered(candidate: number): boolean {
    const x = this.#x[candidate] ?? 0;
    const y = this.#y[candidate] ?? 0;
    const width = this.#width[candidate] ?? 0;
    const height = this.#height[candidate] ?? 0;
    const share = (1 - OVERLAP_SHARE) / 2;
    for (let i = 0; i < this.#chosenCount; i += 1) {
      const other = this.#chosen[i] ?? 0;
      const apartX = Math.abs(x - (this.#x[other] ?? 0)) >= (width + (this.#width[other] ?? 0)) * share;
      const apartY = Math.abs(y - (this.#y[other] ?? 0)) >= (height + (this.#height[other] ?? 0)) * share;
      if (!apartX && !apartY) return true;
    }
    return false;
  }

  #move(from: number, to: number): void {
    this.#slot[to] = this.#slot[from] ?? 0;
    this.#rank[to] = this.#rank[from] ?? 0;
    this.#x[to] = this.#x[from] ?? 0;
    this.#y[to] = this.#y[from] ?? 0;
    this.#width[to] = this.#width[from] ?? 0;
    this.#height[to] = this.#height[from] ?? 0;
  }
}
