import fc from "fast-check";
import { expect, test } from "vitest";
import { yawTowards } from "../../../../scripts/simulation/combat/yaw-towards.ts";

test("it is the yaw of the arc tangent, to the step", () => {
  const meters = fc.double({ min: -500, max: 500, noNaN: true }).filter((one) => Math.abs(one) > 1e-3);
  fc.assert(
    fc.property(meters, meters, (dx, dz) => {
      const radians = Math.atan2(-dx, -dz);
      const exact = ((radians / (2 * Math.PI)) * 65_536 + 65_536) % 65_536;
      const off = Math.abs(yawTowards(dx, dz) - exact);
      expect(Math.min(off, 65_536 - off)).toBeLessThan(1.01);
    }),
    { numRuns: 2_000 },
  );
  expect([yawTowards(0, -1), yawTowards(-1, 0), yawTowards(0, 1), yawTowards(1, 0)]).toEqual([
    0, 16_384, 32_768, 49_152,
  ]);
});
