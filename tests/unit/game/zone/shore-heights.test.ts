import { describe, expect, test } from "vitest";
import { ShoreHeights, type ShoreShape } from "../../../../scripts/game/zone/shore-heights.ts";
import { buildGrid, sampleHeights } from "../../../../scripts/game/zone/terrain-grid.ts";

const shape: ShoreShape = {
  seed: 7,
  reliefMeters: 22,
  coastMeters: 158,
  wadingDepthMeters: 1.2,
  terraces: [{ x: 300, z: 300, heightMeters: 12, radiusMeters: 10, featherMeters: 8 }],
  trails: [
    {
      points: [
        { x: 320, z: 100 },
        { x: 320, z: 200 },
      ],
      widthMeters: 4,
    },
  ],
};
const heights = new ShoreHeights(shape);

describe("ShoreHeights", () => {
  test("has the sea in the west and hills in the east", () => {
    expect(heights.bed(5, 256)).toBeLessThan(-5);
    expect(heights.inland(5, 256)).toBeLessThan(0);
    expect(heights.ground(450, 100)).toBeGreaterThan(3);
  });

  test("never lets anybody wade deeper than the shape says", () => {
    for (const height of sampleHeights(heights, 64, 8)) expect(height).toBeGreaterThanOrEqual(Math.fround(-1.2));
  });

  test("is flat on a terrace and goes smoothly into the land around it", () => {
    expect(heights.ground(300, 300)).toBe(12);
    expect(heights.ground(306, 294)).toBe(12);
    const bare = new ShoreHeights({ ...shape, terraces: [] });
    expect(heights.ground(300, 319)).toBe(bare.ground(300, 319));
    for (let z = 300; z < 320; z += 0.5) {
      expect(Math.abs(heights.ground(300, z + 0.5) - heights.ground(300, z))).toBeLessThan(0.8);
    }
  });

  test("knows what is trail", () => {
    expect(heights.trail(320, 150)).toBe(1);
    expect(heights.trail(330, 150)).toBe(0);
  });
});

describe("buildGrid", () => {
  const options = { originX: 300, originZ: 290, cellsX: 4, cellsZ: 3, cellMeters: 2 };

  test("draws the ground where it is", () => {
    const { positions, indices } = buildGrid(heights, 7, options);
    expect(positions).toHaveLength(5 * 4 * 3);
    expect(indices).toHaveLength(4 * 3 * 6);
    for (let vertex = 0; vertex < positions.length; vertex += 3) {
      const [x = 0, y = 0, z = 0] = positions.subarray(vertex, vertex + 3);
      expect(y).toBeCloseTo(heights.ground(x, z), 4);
    }
  });

  test("cuts every cell from north-west to south-east, as the simulation does", () => {
    const { indices } = buildGrid(heights, 7, { ...options, cellsX: 1, cellsZ: 1 });
    const [northWest, northEast, southWest, southEast] = [0, 1, 2, 3];
    expect([...indices]).toEqual([northWest, northEast, southEast, northWest, southEast, southWest]);
  });

  test("leaves out cells and lowers ground when told to", () => {
    const { indices, positions } = buildGrid(heights, 7, { ...options, skip: (x) => x > 301, lowerMeters: () => 5 });
    expect(indices).toHaveLength(3 * 6);
    expect(positions[1]).toBeCloseTo(heights.ground(300, 290) - 5, 4);
  });
});
