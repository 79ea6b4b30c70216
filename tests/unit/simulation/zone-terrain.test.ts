import { describe, expect, it } from "vitest";
import { terrainOf, ZoneTerrain } from "../../../scripts/simulation/zone-terrain.ts";
import { loadZone } from "../../fixtures/play-zone.ts";
import { createSeededRandom } from "../../fixtures/seeded-random.ts";
import { createTestZone } from "../../fixtures/test-zone.ts";

const { world } = loadZone(createTestZone());
const terrain = new ZoneTerrain(world.heightfield);

describe("ZoneTerrain", () => {
  it("is the ground that the simulation walks on, in steps rounded up", () => {
    const random = createSeededRandom(5);
    for (let i = 0; i < 5_000; i += 1) {
      const x = Math.floor(random() * 512 * 1024);
      const z = Math.floor(random() * 512 * 1024);
      const ground = world.groundHeight(x / 1024, z / 1024) * 1024;
      const height = terrain.heightSteps(x, z);
      expect(height).toBeGreaterThanOrEqual(ground - 0.01);
      expect(height).toBeLessThan(ground + 1.01);
    }
  });

  it("is one for all who ask about the same ground", () => {
    expect(terrainOf(world.heightfield)).toBe(terrainOf(world.heightfield));
    expect(terrainOf(world.heightfield)).toEqual(terrain);
    expect(terrainOf(loadZone(createTestZone()).world.heightfield)).not.toBe(terrainOf(world.heightfield));
  });

  it("gives an integer for any place, inside or not", () => {
    for (const far of [-(2 ** 24), -1, 0, 512 * 1024, 2 ** 24]) {
      expect(Number.isInteger(terrain.heightSteps(far, 0))).toBe(true);
      expect(Number.isInteger(terrain.heightSteps(0, far))).toBe(true);
    }
  });
});
