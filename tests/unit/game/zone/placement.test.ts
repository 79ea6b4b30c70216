import { describe, expect, test } from "vitest";
import { type PlacementRule, placeThings } from "../../../../scripts/game/zone/placement.ts";

const rule: PlacementRule = {
  seed: 3,
  count: 200,
  x: 100,
  z: 50,
  width: 80,
  depth: 40,
  minHeightMeters: 0,
  maxHeightMeters: 10,
  maxSlope: 0.5,
  spacingMeters: 2,
  clumping: 0,
  minScale: 0.5,
  maxScale: 2,
  sinkMeters: 0,
};
const flat = { height: () => 1, blocked: () => false };

describe("placeThings", () => {
  test("gives the same list for the same rule, and another for another seed", () => {
    expect(placeThings(rule, flat)).toEqual(placeThings(rule, flat));
    expect(placeThings({ ...rule, seed: 4 }, flat)).not.toEqual(placeThings(rule, flat));
  });

  test("keeps to area, scale and spacing", () => {
    const placed = placeThings(rule, flat);
    expect(placed.length).toBeGreaterThan(100);
    placed.forEach((thing, index) => {
      expect(thing.x).toBeGreaterThanOrEqual(100);
      expect(thing.x).toBeLessThan(180);
      expect(thing.z).toBeGreaterThanOrEqual(50);
      expect(thing.z).toBeLessThan(90);
      expect(thing.scale).toBeGreaterThanOrEqual(0.5);
      expect(thing.scale).toBeLessThanOrEqual(2);
      for (const other of placed.slice(index + 1)) {
        expect(Math.hypot(other.x - thing.x, other.z - thing.z)).toBeGreaterThanOrEqual(2);
      }
    });
  });

  test("keeps off what is blocked, too high or too steep", () => {
    const half = placeThings(rule, { height: () => 1, blocked: (x) => x < 140 });
    expect(half.length).toBeGreaterThan(20);
    expect(half.every(({ x }) => x >= 140)).toBe(true);
    expect(placeThings(rule, { ...flat, height: () => 11 })).toEqual([]);
    expect(placeThings(rule, { ...flat, height: (x) => x * 0.6 - 60 })).toEqual([]);
  });
});
