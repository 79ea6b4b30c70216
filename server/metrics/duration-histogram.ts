import type { LogBuckets } from "../../scripts/protocol/metering/log-buckets.ts";

/** How long something took that is done again and again, one at a time. Allocates nothing after construction. */
export class DurationHistogram {
  /** Per bucket. */
  readonly counts: Float64Array;
  readonly #sums = new Float64Array(2);

  /** `nowNs`: monotonic clock, nanoseconds; `buckets`: in nanoseconds. */
  constructor(
    private readonly nowNs: () => number,
    readonly buckets: LogBuckets,
  ) {
    this.counts = new Float64Array(buckets.count);
  }

  start(): void {
    this.#sums[0] = this.nowNs();
  }

  stop(): void {
    const elapsedNs = Math.max(0, this.nowNs() - (this.#sums[0] ?? 0));
    this.#sums[1] = (this.#sums[1] ?? 0) + elapsedNs;
    const bucket = this.buckets.indexOf(elapsedNs);
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
  }

  /** Nanoseconds, all together. */
  get sumNs(): number {
    return this.#sums[1] ?? 0;
  }
}
