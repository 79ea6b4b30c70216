import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LogBuckets } from "../../../../scripts/protocol/metering/log-buckets.ts";

describe("LogBuckets", () => {
  it("has two bounds to an octave", () => {
    expect(new LogBuckets(16, 64).bounds).toEqual([16, 24, 32, 48, 64]);
  });

  it("has more of them when asked to", () => {
    expect(new LogBuckets(16, 64, 4).bounds).toEqual([16, 20, 24, 28, 32, 40, 48, 56, 64]);
    expect(new LogBuckets(16, 64, 1).bounds).toEqual([16, 32, 64]);
  });

  it.each([1, 2, 8])(
    "puts every value above the bound before its own and not above its own, %d to an octave",
    (parts) => {
      const buckets = new LogBuckets(16, 65_536, parts);
      const value = fc.oneof(
        fc.double({ min: -10, max: 200_000, noNaN: true }),
        fc.constantFrom(...buckets.bounds),
        fc.constantFrom(...buckets.bounds).map((bound) => bound + 1e-6),
        fc.constantFrom(2 ** 31, 2 ** 31 + 1, 2 ** 40, Number.POSITIVE_INFINITY),
      );
      fc.assert(
        fc.property(value, (number) => {
          const index = buckets.indexOf(number);
          expect(number).toBeGreaterThan(buckets.bounds[index - 1] ?? Number.NEGATIVE_INFINITY);
          expect(number).toBeLessThanOrEqual(buckets.bounds[index] ?? Number.POSITIVE_INFINITY);
          expect(index).toBeLessThan(buckets.count);
        }),
        { numRuns: 2_000 },
      );
    },
  );

  it.each([0, 3, 32])("does not divide an octave of 16 into %d", (parts) => {
    expect(() => new LogBuckets(16, 64, parts)).toThrow("parts of an octave");
  });

  it("takes up to 2^31 as a bound", () => {
    const buckets = new LogBuckets(2 ** 30, 2 ** 31);
    expect([2 ** 30, 2 ** 30 + 1, 2 ** 31, 2 ** 31 + 1].map((value) => buckets.indexOf(value))).toEqual([0, 1, 2, 3]);
  });

  it("counts NaN with the smallest", () => {
    expect(new LogBuckets(16, 64).indexOf(Number.NaN)).toBe(0);
  });

  it.each([
    [1, 64],
    [16, 48],
    [16, 2 ** 32],
  ])("takes no bounds %d and %d", (least, most) => {
    expect(() => new LogBuckets(least, most)).toThrow("expected a power of two");
  });
});
