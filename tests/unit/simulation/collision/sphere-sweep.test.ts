import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Box } from "../../../../scripts/simulation/collision/box-set.ts";
import { CollisionWorld } from "../../../../scripts/simulation/collision/collision-world.ts";
import { Heightfield } from "../../../../scripts/simulation/collision/heightfield.ts";
import { SphereSweep } from "../../../../scripts/simulation/collision/sphere-sweep.ts";

const RADIUS = 0.22;
const SIDE = 17;
const SPACING_METERS = 4;
const CENTIMETER = 0.011;

/** 64 m of ground, of a height in metres at a point, with boxes. */
function worldOf(boxes: readonly Box[], height: (x: number, z: number) => number = () => 0): CollisionWorld {
  const heights = Array.from({ length: SIDE * SIDE }, (_, at) =>
    height((at % SIDE) * SPACING_METERS, Math.floor(at / SIDE) * SPACING_METERS),
  );
  return new CollisionWorld(64, new Heightfield(SIDE, SPACING_METERS, heights), boxes, []);
}

interface Way {
  readonly from: readonly [number, number, number];
  readonly way: readonly [number, number, number];
}

function shareOf(world: CollisionWorld, { from, way }: Way): number {
  const sweep = new SphereSweep(RADIUS);
  [sweep.x, sweep.y, sweep.z] = from;
  [sweep.wayX, sweep.wayY, sweep.wayZ] = way;
  sweep.go(world);
  return sweep.share;
}

const wall: Box = { x: 40, y: 1, z: 32, halfX: 0.5, halfY: 4, halfZ: 6, yaw: 0 };

describe("SphereSweep", () => {
  it("goes all the way where nothing is, and nowhere for no way", () => {
    expect(shareOf(worldOf([wall]), { from: [20, 1.6, 32], way: [-8, 0, 3] })).toBe(1);
    expect(shareOf(worldOf([]), { from: [20, 1.6, 32], way: [0, 0, 0] })).toBe(1);
  });

  it("stops with its surface at a wall, over it goes on, and beside it too", () => {
    const world = worldOf([wall]);
    const share = shareOf(world, { from: [35, 1.6, 32], way: [8, 0, 0] });
    expect(Math.abs(share * 8 - (4.5 - RADIUS))).toBeLessThan(CENTIMETER);
    expect(shareOf(world, { from: [35, 5.3, 32], way: [8, 0, 0] })).toBe(1);
    expect(shareOf(world, { from: [35, 1.6, 38.3], way: [8, 0, 0] })).toBe(1);
    expect(shareOf(world, { from: [35, 1.6, 38.1], way: [8, 0, 0] })).toBeLessThan(1);
  });

  it("stops at a wall that is turned", () => {
    const turned = { ...wall, yaw: 8192 };
    const share = shareOf(worldOf([turned]), { from: [35, 1.6, 32], way: [8, 0, 0] });
    expect(Math.abs(share * 8 - (5 - (0.5 + RADIUS) * Math.SQRT2))).toBeLessThan(2 * CENTIMETER);
  });

  it("stops over level ground and over a slope", () => {
    const down = shareOf(worldOf([]), { from: [32, 1.62, 32], way: [4, -4, 0] });
    expect(Math.abs(down * 4 - (1.62 - RADIUS))).toBeLessThan(CENTIMETER);
    const rising = worldOf([], (x) => x);
    const share = shareOf(rising, { from: [32, 34, 32], way: [4, 0, 0] });
    expect(Math.abs(share * 4 - (2 - RADIUS * Math.SQRT2))).toBeLessThan(2 * CENTIMETER);
  });

  it("stays where it touches something from the start", () => {
    expect(shareOf(worldOf([wall]), { from: [39.4, 1.6, 32], way: [-8, 0, 0] })).toBe(0);
  });

  it("is nowhere on its way in a box, and as far as it says nothing touches it", () => {
    const coordinate = fc.double({ min: 24, max: 40, noNaN: true });
    const meters = fc.double({ min: -8, max: 8, noNaN: true });
    const boxes = fc.array(
      fc.record({
        ...{ x: coordinate, y: fc.double({ min: 0, max: 3, noNaN: true }), z: coordinate },
        ...{ halfX: fc.double({ min: 0.2, max: 3, noNaN: true }), halfY: fc.double({ min: 0.2, max: 3, noNaN: true }) },
        ...{ halfZ: fc.double({ min: 0.2, max: 3, noNaN: true }), yaw: fc.nat(65535) },
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(boxes, coordinate, coordinate, meters, meters, meters, (all, x, z, wayX, wayY, wayZ) => {
        const world = worldOf(all);
        const share = shareOf(world, { from: [x, 2, z], way: [wayX, wayY, wayZ] });
        if (share === 0) return;
        for (let i = 0; i <= 40; i += 1) {
          const gone = (share * i) / 40;
          const at = { x: x + wayX * gone, z: z + wayZ * gone };
          const y = 2 + wayY * gone;
          const { offset } = world.scratch;
          expect(y).toBeGreaterThan(RADIUS - CENTIMETER);
          for (let box = 0; box < all.length; box += 1) {
            world.boxes.footprintOffset(box, at, offset);
            const above = Math.max(world.boxes.bottom(box) - y, y - world.boxes.top(box), 0);
            expect(Math.sqrt(offset.squared + above * above)).toBeGreaterThan(RADIUS - CENTIMETER);
          }
        }
      }),
    );
  });
});
