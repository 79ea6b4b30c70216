/** Seeded random numbers in the shapes that a fuzzer asks for (xorshift, 32 bits: Marsaglia 2003). */
export class FuzzRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = (Math.imul(seed, 0x9e3779b1) ^ 0x6d2b79f5) >>> 0 || 1;
  }

  /** An integer from 0 to 2^32 - 1. */
  word(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state >>> 0;
    return this.#state;
  }

  /** An integer from 0 to below `below`; 0 where nothing is below. */
  whole(below: number): number {
    return Math.floor((this.word() / 0x1_0000_0000) * below);
  }

  chance(probability: number): boolean {
    return this.word() / 0x1_0000_0000 < probability;
  }

  /** Throws `RangeError` when there is nothing to pick from. */
  pick<T>(from: readonly T[]): T {
    const picked = from[this.whole(from.length)];
    if (picked === undefined) throw new RangeError("expected something to pick from, got an empty list");
    return picked;
  }
}
