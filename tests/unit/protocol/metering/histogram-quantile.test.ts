import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { histogramQuantile } from "../../../../scripts/protocol/metering/histogram-quantile.ts";
import { LogBuckets } from "../../../../scripts/protocol/metering/log-buckets.ts";

describe("histogramQuantile", () => {
  it("interpolates inside a bucket, as histogram_quantile of Prometheus does", () => {
    expect(histogramQuantile(0.5, [10, 20, 30], [0, 4, 0, 0])).toBe(15);
    expect(histogramQuantile(0.25, [10, 20, 30], [4, 4, 0, 0])).toBe(5);
    expect(histogramQuantile(1, [10, 20, 30], [4, 4, 0, 0])).toBe(20);
  });

  it("knows no more than the last bound of what lies above it", () => {
    expect(histogramQuantile(0.99, [10, 20], [0, 0, 5])).toBe(20);
  });

  it("is NaN while nothing was counted", () => {
    expect(histogramQuantile(0.5, [10, 20], [0, 0, 0])).toBeNaN();
  });

  it("is at most half an octave away from the exact quantile", () => {
    const buckets = new LogBuckets(16, 65_536);
    const values = fc.array(fc.integer({ min: 17, max: 65_536 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (list, quantile) => {
        const counts = new Array<number>(buckets.count).fill(0);
        for (const value of list) counts[buckets.indexOf(value)] = (counts[buckets.indexOf(value)] ?? 0) + 1;
        const sorted = list.toSorted((a, b) => a - b);
        const exact = sorted[Math.max(0, Math.ceil(quantile * list.length) - 1)] ?? Number.NaN;
        const estimate = histogramQuantile(quantile, buckets.bounds, counts);
        expect(estimate / exact).toBeGreaterThanOrEqual(1 / 1.5);
        expect(estimate / exact).toBeLessThanOrEqual(1.5);
      }),
    );
  });
});
