import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ceilPosition,
  floorPosition,
  positionFromWire,
  positionToWire,
  roundPosition,
  roundVelocity,
  velocityFromWire,
  velocityToWire,
} from "../../../scripts/simulation/lattice.ts";

const wire = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const meters = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe("the wire lattice", () => {
  it("is exact from the wire and back", () => {
    fc.assert(
      fc.property(wire, (steps) => {
        expect(positionToWire(positionFromWire(steps))).toBe(steps);
        expect(velocityToWire(velocityFromWire(steps))).toBe(steps);
      }),
    );
  });

  it("is not left by rounding again, and is nowhere further than half a step", () => {
    fc.assert(
      fc.property(meters, (value) => {
        expect(roundPosition(roundPosition(value))).toBe(roundPosition(value));
        expect(positionFromWire(positionToWire(value))).toBe(roundPosition(value));
        expect(velocityFromWire(velocityToWire(value))).toBe(roundVelocity(value));
        expect(Math.abs(roundPosition(value) - value)).toBeLessThanOrEqual(1 / 2048);
        expect(Math.abs(roundVelocity(value) - value)).toBeLessThanOrEqual(1 / 512);
      }),
    );
  });

  it("encloses a value by its floor and its ceiling", () => {
    fc.assert(
      fc.property(meters, (value) => {
        expect(floorPosition(value)).toBeLessThanOrEqual(value);
        expect(ceilPosition(value)).toBeGreaterThanOrEqual(value);
        expect(ceilPosition(value) - floorPosition(value)).toBeLessThanOrEqual(1 / 1024);
      }),
    );
  });

  it("knows no negative zero, which the wire cannot carry", () => {
    for (const round of [roundPosition, ceilPosition, floorPosition, roundVelocity, positionToWire, velocityToWire]) {
      expect(Object.is(round(-0), 0)).toBe(true);
    }
    expect(Object.is(roundPosition(-0.0001), 0)).toBe(true);
    expect(Object.is(ceilPosition(-0.0001), 0)).toBe(true);
  });
});
