/** Counts values by bins of one width, for means and percentiles without keeping them. */
export class Histogram {
  readonly #bins: Float64Array;
  readonly #width: number;
  count = 0;
  max = 0;
  #sum = 0;

  /** Values above `width` * `bins` count in the last one. */
  constructor(width: number, bins: number) {
    this.#width = width;
    this.#bins = new Float64Array(bins);
  }

  add(value: number): void {
    const bin = Math.min(Math.max(Math.floor(value / this.#width), 0), this.#bins.length - 1);
    this.#bins[bin] = (this.#bins[bin] ?? 0) + 1;
    this.count += 1;
    this.#sum += value;
    this.max = Math.max(this.max, value);
  }

  get mean(): number {
    return this.count === 0 ? 0 : this.#sum / this.count;
  }

  /** The value that the share `share` of all is not above, to the width of a bin. */
  percentile(share: number): number {
    let left = this.count * share;
    for (let bin = 0; bin < this.#bins.length; bin += 1) {
      left -= this.#bins[bin] ?? 0;
      if (left <= 0) return Math.min((bin + 1) * this.#width, this.max);
    }
    return this.max;
  }
}
