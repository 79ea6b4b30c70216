import { describe, expect, test } from "vitest";
import { borderSides, nearestOfBorder } from "../../../../scripts/game/hud/map-borders.ts";
import { FLOATS_PER_POINT, mapGround } from "../../../../scripts/game/hud/map-ground.ts";
import { decodeZone, encodeZone, type Zone } from "../../../../scripts/simulation/zone-file.ts";
import { CLIFF, createTestZone, FLAT_HEIGHT_METERS, HILL, standingBox } from "../../../fixtures/test-zone.ts";

const SIDE = 256;

function zoneWith(...boxes: ReturnType<typeof standingBox>[]): Zone {
  const decoded = decodeZone(encodeZone({ ...createTestZone(), boxes }));
  if (!decoded.ok) throw new Error(decoded.reason);
  return decoded.zone;
}

/** Height, light and what is built at a place of the zone, two metres a point. */
function pointAt(ground: Float32Array, x: number, z: number): [height: number, light: number, built: number] {
  const at = (Math.floor(z / 2) * SIDE + Math.floor(x / 2)) * FLOATS_PER_POINT;
  return [ground[at] ?? Number.NaN, ground[at + 1] ?? Number.NaN, ground[at + 2] ?? Number.NaN];
}

describe("the ground of a map", () => {
  test("has the zone's heights where they are, and light from the north-west on the slopes", () => {
    const ground = mapGround(zoneWith(), SIDE);
    expect(ground.length).toBe(SIDE * SIDE * FLOATS_PER_POINT);
    expect(pointAt(ground, 60, 60)).toEqual([FLAT_HEIGHT_METERS, 1, 0]);
    expect(pointAt(ground, 450, 60)[0]).toBe(FLAT_HEIGHT_METERS + CLIFF.heightMeters);
    const { x, z } = HILL;
    expect(pointAt(ground, x, z)[0]).toBeGreaterThan(FLAT_HEIGHT_METERS + HILL.heightMeters - 2);
    expect(pointAt(ground, x - 8, z - 8)[1]).toBeGreaterThan(1.2);
    expect(pointAt(ground, x + 8, z + 8)[1]).toBeLessThan(0.8);
  });

  test("shows what is large and stands out, turned as it is, and no stones, posts and planks in the grass", () => {
    const house = standingBox("House", 100, 100, { width: 20, height: 5, depth: 6, yaw: 8192 });
    const post = standingBox("Post", 200, 100, { width: 0.4, height: 3, depth: 0.4 });
    const floor = standingBox("Floor", 300, 100, { width: 8, height: 0.2, depth: 8 });
    const ground = mapGround(zoneWith(house, post, floor), SIDE);
    const built = (px: number, pz: number) => pointAt(ground, px, pz)[2];
    expect(built(100, 100)).toBe(1);
    // Its long side runs from south-west to north-east.
    expect(built(106, 94)).toBe(1);
    expect(built(106, 106)).toBe(0);
    expect(built(112, 100)).toBe(0);
    expect(built(200, 100)).toBe(0);
    expect(built(300, 100)).toBe(0);
  });
});

describe("borders on the map", () => {
  test("the nearest point of a side is beside the player, and at its end for who is beyond it", () => {
    const nearest = (side: "north" | "east" | "south" | "west", x: number, z: number) => {
      const out = { x: 0, z: 0 };
      nearestOfBorder({ side }, 512, { x, z }, out);
      return [out.x, out.z];
    };
    expect(nearest("east", 300, 100)).toEqual([512, 100]);
    expect(nearest("west", 300, -4)).toEqual([0, 0]);
    expect(nearest("north", 300, 100)).toEqual([300, 0]);
    expect(nearest("south", 700, 100)).toEqual([512, 512]);
  });

  test("only sides with a neighbour are marked", () => {
    const borders = [
      { side: "east", neighbour: "forest", auraMeters: 128 },
      { side: "north", neighbour: "moor", auraMeters: 128 },
    ] as const;
    expect(borderSides({ borders })).toEqual([1, 1, 0, 0]);
    expect(borderSides({ borders: [] })).toEqual([0, 0, 0, 0]);
  });
});
