const CAPACITY = 1024;
const MASK = CAPACITY - 1;

/** Where something was over the last seconds, horizontally; finds when it was nearest to a place. Allocates nothing. */
export class PathHistory {
  readonly #atMs = new Float64Array(CAPACITY);
  readonly #x = new Float64Array(CAPACITY);
  readonly #z = new Float64Array(CAPACITY);
  #count = 0;
  /** Result of `findNearest`: how long ago it was there, milliseconds, and how far away that is, metres. */
  ageMs = 0;
  distanceMeters = 0;

  push(atMs: number, x: number, z: number): void {
    const index = this.#count & MASK;
    this.#atMs[index] = atMs;
    this.#x[index] = x;
    this.#z[index] = z;
    this.#count += 1;
  }

  clear(): void {
    this.#count = 0;
  }

  /** Straight distance between where it is at `nowMs` and where it was `agoMs` before, metres; 0 beyond what is known. */
  displacementMeters(nowMs: number, agoMs: number): number {
    const newest = this.#count - 1;
    let index = newest;
    const fromMs = nowMs - agoMs;
    const oldest = Math.max(this.#count - CAPACITY, 0);
    while (index > oldest && (this.#atMs[index & MASK] ?? 0) > fromMs) index -= 1;
    if (newest < 0) return 0;
    const dx = (this.#x[newest & MASK] ?? 0) - (this.#x[index & MASK] ?? 0);
    const dz = (this.#z[newest & MASK] ?? 0) - (this.#z[index & MASK] ?? 0);
    return Math.sqrt(dx * dx + dz * dz);
  }

  /** Looks at the last `windowMs` for the moment, between two entries too, at which it was nearest to a place. */
  findNearest(nowMs: number, x: number, z: number, windowMs: number): boolean {
    const newest = this.#count - 1;
    const oldest = Math.max(this.#count - CAPACITY, 0);
    if (newest <= oldest) return false;
    let best = Number.POSITIVE_INFINITY;
    for (let index = newest; index > oldest; index -= 1) {
      const later = index & MASK;
      const earlier = (index - 1) & MASK;
      const laterMs = this.#atMs[later] ?? 0;
      if (nowMs - laterMs > windowMs) break;
      const sx = (this.#x[later] ?? 0) - (this.#x[earlier] ?? 0);
      const sz = (this.#z[later] ?? 0) - (this.#z[earlier] ?? 0);
      const px = x - (this.#x[earlier] ?? 0);
      const pz = z - (this.#z[earlier] ?? 0);
      const length = sx * sx + sz * sz;
      const share = length === 0 ? 1 : Math.min(Math.max((px * sx + pz * sz) / length, 0), 1);
      const dx = px - sx * share;
      const dz = pz - sz * share;
      const distance = dx * dx + dz * dz;
      // The newer of two moments as near: who stands is where it has come to.
      if (distance >= best) continue;
      best = distance;
      const earlierMs = this.#atMs[earlier] ?? 0;
      this.ageMs = nowMs - (earlierMs + (laterMs - earlierMs) * share);
    }
    this.distanceMeters = Math.sqrt(best);
    return best < Number.POSITIVE_INFINITY;
  }
}
