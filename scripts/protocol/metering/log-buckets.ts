/**
 * Buckets of a histogram, usually two to an octave: their upper bounds are 1, 1.5, 2, 3, 4, 6, 8 ... times `least`, so that a quantile read
 * from them is at most half an octave off. A value on a bound is in the bucket below it, as in the Prometheus exposition format.
 */
export class LogBuckets {
  /** Upper bounds, inclusive, growing. Values above the last are in one more bucket without a bound. */
  readonly bounds: readonly number[];
  /** Buckets with the one without a bound. */
  readonly count: number;
  readonly #firstOctave: number;
  readonly #partBits: number;

  /** Powers of two: `least` 2 or more, `most` 2^31 or less, `partsPerOctave` 1 to `least`. */
  constructor(least: number, most: number, partsPerOctave = 2) {
    for (const bound of [least, most]) {
      if (!(bound >= 2 && bound <= 2 ** 31 && Number.isInteger(Math.log2(bound)))) {
        throw new RangeError(`bound of a histogram: expected a power of two from 2 to 2^31, got ${bound}`);
      }
    }
    this.#firstOctave = Math.log2(least);
    this.#partBits = Math.log2(partsPerOctave);
    if (!(Number.isInteger(this.#partBits) && partsPerOctave >= 1 && partsPerOctave <= least)) {
      throw new RangeError(`parts of an octave: expected a power of two from 1 to ${least}, got ${partsPerOctave}`);
    }
    const bounds = [least];
    for (let bound = least; bound < most; bound *= 2) {
      for (let part = 1; part <= partsPerOctave; part += 1) bounds.push(bound * (1 + part / partsPerOctave));
    }
    this.bounds = bounds;
    this.count = bounds.length + 1;
  }

  /** Bucket of a value, 0 to `count` - 1. Negative values and NaN are in the first. Allocates nothing. */
  indexOf(value: number): number {
    if (!(value > 2 ** this.#firstOctave)) return 0;
    if (value > 2 ** 31) return this.count - 1;
    // One less, because a value on a bound belongs below: 2^k + 1 to 1.5 * 2^k is the lower half of octave k.
    const below = Math.ceil(value) - 1;
    const octave = 31 - Math.clz32(below);
    const part = (below >>> (octave - this.#partBits)) & ((1 << this.#partBits) - 1);
    const index = 1 + ((octave - this.#firstOctave) << this.#partBits) + part;
    return index < this.count ? index : this.count - 1;
  }
}
