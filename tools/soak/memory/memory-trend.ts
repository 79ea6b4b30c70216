const KB_PER_MB = 1024;
/** The first part of a run is its warm-up: code is compiled, buffers find their size. */
const WARM_UP_SHARE = 0.2;

/** Memory over time. Tells a leak, which goes on, from noise, which does not. */
export class MemoryTrend {
  readonly #minutes: number[] = [];
  readonly #megabytes: number[] = [];

  add(minutes: number, megabytes: number): void {
    this.#minutes.push(minutes);
    this.#megabytes.push(megabytes);
  }

  get count(): number {
    return this.#minutes.length;
  }

  /** The trend from some minute on. */
  since(minutes: number): MemoryTrend {
    const rest = new MemoryTrend();
    for (const [i, at] of this.#minutes.entries()) if (at >= minutes) rest.add(at, this.#megabytes[i] ?? 0);
    return rest;
  }

  /** The trend without the warm-up: the last 80 %. */
  get settled(): MemoryTrend {
    const first = this.#minutes[0] ?? 0;
    return this.since(first + WARM_UP_SHARE * ((this.#minutes.at(-1) ?? 0) - first));
  }

  /** What it grows by from the first sample to the last, by its slope; megabytes. */
  get grownMb(): number {
    const minutes = (this.#minutes.at(-1) ?? 0) - (this.#minutes[0] ?? 0);
    return (this.slopeKbPerMinute / KB_PER_MB) * minutes;
  }

  /** Median of the first and of the last `share` of the samples, at least one; NaN without any. */
  ends(share: number): { start: number; end: number } {
    const count = Math.max(1, Math.round(this.count * share));
    return { start: median(this.#megabytes.slice(0, count)), end: median(this.#megabytes.slice(-count)) };
  }

  /**
   * Kilobytes per minute: the median of the slopes between all pairs of samples (Theil 1950, Sen 1968), which a third of outliers
   * does not move. 0 with fewer than two samples.
   */
  get slopeKbPerMinute(): number {
    const slopes: number[] = [];
    for (let i = 0; i < this.count; i += 1) {
      for (let j = i + 1; j < this.count; j += 1) {
        const minutes = (this.#minutes[j] ?? 0) - (this.#minutes[i] ?? 0);
        if (minutes > 0) slopes.push(((this.#megabytes[j] ?? 0) - (this.#megabytes[i] ?? 0)) / minutes);
      }
    }
    return slopes.length === 0 ? 0 : median(slopes) * KB_PER_MB;
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
