import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGroundSample, Heightfield, isWalkable } from "../../../../scripts/simulation/collision/heightfield.ts";

const heights = [0, 2, 1, 4, 8, 3, -1, 0, 5];
const field = new Heightfield(3, 2, heights);

function heightAt(x: number, z: number, of = field): number {
  const sample = createGroundSample();
  of.sample({ x, z }, sample);
  return sample.heightMeters;
}

describe("Heightfield", () => {
  it("goes through its samples", () => {
    for (let index = 0; index < heights.length; index++) {
      expect(heightAt((index % 3) * 2, Math.floor(index / 3) * 2)).toBeCloseTo(heights[index] ?? Number.NaN, 12);
    }
    expect(field.lowestMeters).toBe(-1);
  });

  it("folds a cell along the diagonal from its (0, 0) to its (1, 1) corner", () => {
    // The cell's corners are 0 and 2 in the first row, 4 and 8 in the second.
    expect(heightAt(1, 1)).toBe(4);
    expect(heightAt(1.5, 0.5)).toBe(3);
    expect(heightAt(0.5, 1.5)).toBe(4);
  });

  it("has no gap: a short way changes the height by no more than the slope allows", () => {
    const coordinate = fc.double({ min: 0, max: 4, noNaN: true });
    const small = fc.double({ min: -0.001, max: 0.001, noNaN: true });
    fc.assert(
      fc.property(coordinate, coordinate, small, small, (x, z, dx, dz) => {
        expect(Math.abs(heightAt(x + dx, z + dz) - heightAt(x, z))).toBeLessThan(0.02);
      }),
    );
  });

  it("knows its slope: a step along the gradient rises by it", () => {
    const sample = createGroundSample();
    field.sample({ x: 1.2, z: 0.4 }, sample);
    const there = heightAt(1.2 + 0.01, 0.4 + 0.02);
    expect(there - sample.heightMeters).toBeCloseTo(0.01 * sample.gradientX + 0.02 * sample.gradientZ, 10);
  });

  it("is walkable up to 45 degrees", () => {
    const slope = (rise: number) => {
      const sample = createGroundSample();
      new Heightfield(2, 1, [0, rise, 0, rise]).sample({ x: 0.5, z: 0.3 }, sample);
      return isWalkable(sample);
    };
    expect([0, 0.99, 1, 1.01, -1, -1.01].map(slope)).toEqual([true, true, true, false, true, false]);
  });

  it("refuses a number of heights that does not fit", () => {
    expect(() => new Heightfield(3, 2, [1, 2, 3])).toThrow(/expected 3² heights.*got 3/);
  });
});
