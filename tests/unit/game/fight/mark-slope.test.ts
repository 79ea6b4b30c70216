import { expect, test } from "vitest";
import { MarkSlope } from "../../../../scripts/game/fight/mark-slope.ts";
import { Heightfield } from "../../../../scripts/simulation/collision/heightfield.ts";

const SIDE = 9;

function field(height: (x: number, z: number) => number): Heightfield {
  const heights = Array.from({ length: SIDE * SIDE }, (_, i) => height((i % SIDE) * 2, Math.floor(i / SIDE) * 2));
  return new Heightfield(SIDE, 2, heights);
}

function slopeAt(ground: Heightfield, y: number, radius: number): [number, number] {
  const slope = new MarkSlope();
  slope.x = 8;
  slope.y = y;
  slope.z = 8;
  slope.look(ground, radius);
  return [slope.riseX, slope.riseZ];
}

const hill = field((x, z) => 4 + x * 0.25 - z * 0.5);

test("a mark lies in the plane of the ground under it, one on a roof or in the air is level", () => {
  for (const radius of [0.5, 3, 6]) {
    const [riseX, riseZ] = slopeAt(hill, 2, radius);
    expect(riseX).toBeCloseTo(0.25);
    expect(riseZ).toBeCloseTo(-0.5);
  }
  expect(slopeAt(hill, 5, 3)).toEqual([0, 0]);
  expect(
    slopeAt(
      field(() => 3),
      3,
      2,
    ),
  ).toEqual([0, 0]);
});

test("on top of a ridge a wide mark is level, and beside a cliff it does not stand upright", () => {
  expect(
    slopeAt(
      field((x) => -Math.abs(x - 8)),
      0,
      3,
    ),
  ).toEqual([0, 0]);
  const [riseX] = slopeAt(
    field((x) => (x > 8 ? 30 : 0)),
    0,
    1,
  );
  expect(riseX).toBeLessThan(1.5);
});
