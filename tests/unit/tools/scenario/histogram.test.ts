import { expect, it } from "vitest";
import { Histogram } from "../../../../tools/scenario/histogram.ts";

it("knows mean, greatest and percentiles to the width of a bin", () => {
  const histogram = new Histogram(2, 100);
  for (let value = 1; value <= 100; value += 1) histogram.add(value);
  expect(histogram.count).toBe(100);
  expect(histogram.mean).toBe(50.5);
  expect(histogram.max).toBe(100);
  expect(Math.abs(histogram.percentile(0.5) - 50)).toBeLessThanOrEqual(2);
  expect(Math.abs(histogram.percentile(0.99) - 99)).toBeLessThanOrEqual(2);
});

it("puts what is beyond its bins into the last one, and says 0 of nothing", () => {
  const histogram = new Histogram(1, 10);
  expect(histogram.mean).toBe(0);
  expect(histogram.percentile(0.99)).toBe(0);
  histogram.add(1000);
  expect(histogram.max).toBe(1000);
  expect(histogram.percentile(0.5)).toBe(10);
});
