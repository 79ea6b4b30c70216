import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  judgeStrike,
  STRIKE_COOLDOWN_TICKS,
  STRIKE_RANGE_METERS,
  strikeDistance,
} from "../../../../scripts/simulation/action/strike.ts";
import { yawFromRadians } from "../../../../scripts/simulation/trigonometry.ts";

const here = { x: 10, y: 5, z: 20 };

/** Somebody at a distance, in a direction as radians of yaw. */
function at(meters: number, radians: number, up = 0) {
  return { x: here.x - Math.sin(radians) * meters, y: here.y + up, z: here.z - Math.cos(radians) * meters };
}

describe("a strike", () => {
  it("has the numbers of the rules", () => {
    expect(STRIKE_RANGE_METERS).toBe(2.5);
    expect(STRIKE_COOLDOWN_TICKS).toBe(48);
  });

  it("hits whoever is within reach and in front, whatever the direction", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 5, noNaN: true }),
        fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
        fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (meters, view, aside, up) => {
          const target = at(meters, view + aside, up);
          const distance = Math.hypot(meters, up);
          // On the very edge the last bits decide.
          fc.pre(Math.abs(distance - 2.5) > 1e-3 && Math.abs(Math.abs(aside) - Math.PI / 3) > 1e-3);
          fc.pre(Math.abs(meters - 0.05) > 1e-3);
          const inFront = meters < 0.05 || Math.abs(aside) < Math.PI / 3;
          const expected = distance > 2.5 ? "out_of_range" : inFront ? "hit" : "out_of_arc";
          expect(judgeStrike(here, yawFromRadians(view), target)).toBe(expected);
          expect(strikeDistance(here, target)).toBeCloseTo(distance, 9);
        },
      ),
    );
  });

  it("hits whoever stands in the same place", () => {
    expect(judgeStrike(here, 40_000, here)).toBe("hit");
  });
});
