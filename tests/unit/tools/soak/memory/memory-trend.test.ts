import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MemoryTrend } from "../../../../../tools/soak/memory/memory-trend.ts";

function trendOf(megabytes: readonly number[]): MemoryTrend {
  const trend = new MemoryTrend();
  for (const [minute, value] of megabytes.entries()) trend.add(minute, value);
  return trend;
}

describe("the trend of memory", () => {
  it("is what it grows by per minute", () => {
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5, noNaN: true }), fc.integer({ min: 2, max: 40 }), (perMinute, count) => {
        const trend = trendOf(Array.from({ length: count }, (_, minute) => 100 + perMinute * minute));
        expect(trend.slopeKbPerMinute).toBeCloseTo(perMinute * 1024, 4);
      }),
    );
  });

  it("is not moved by a few samples that are far off", () => {
    const megabytes = Array.from({ length: 30 }, () => 50);
    megabytes[3] = 500;
    megabytes[17] = 2;
    megabytes[29] = 900;
    expect(trendOf(megabytes).slopeKbPerMinute).toBe(0);
  });

  it("is told without the warm-up", () => {
    const { settled } = trendOf([10, 40, 60, 60, 60, 60, 60, 60, 60, 60, 60]);
    expect(settled.count).toBe(9);
    expect(settled.slopeKbPerMinute).toBe(0);
    expect(settled.ends(0.1)).toEqual({ start: 60, end: 60 });
  });

  it("needs two samples, and ends need one", () => {
    expect(trendOf([7]).slopeKbPerMinute).toBe(0);
    expect(trendOf([7]).ends(0.1)).toEqual({ start: 7, end: 7 });
    expect(trendOf([]).ends(0.1).start).toBeNaN();
    expect(trendOf([1, 3, 5, 7]).ends(0.5)).toEqual({ start: 2, end: 6 });
  });
});
