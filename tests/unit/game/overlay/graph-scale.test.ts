import fc from "fast-check";
import { expect, it } from "vitest";
import { axisEnd } from "../../../../scripts/game/overlay/graph-scale.ts";

it("an axis ends at a round number at or above what is shown, and never far above", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 1e6, noNaN: true }), (value) => {
      const end = axisEnd(value, 0.001);
      expect(end).toBeGreaterThanOrEqual(value * (1 - 1e-9));
      expect(end).toBeLessThanOrEqual(value * 1.5 * (1 + 1e-9));
      expect(Number(end.toPrecision(2))).toBeCloseTo(end, 9);
    }),
  );
});

it("shows no less than the least, whatever comes", () => {
  for (const value of [0, -5, 3, Number.NaN, Number.POSITIVE_INFINITY]) expect(axisEnd(value, 10)).toBe(10);
  expect([10, 10.1, 99, 100].map((value) => axisEnd(value, 10))).toEqual([10, 15, 100, 100]);
});
