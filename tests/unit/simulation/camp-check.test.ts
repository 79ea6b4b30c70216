import { describe, expect, it } from "vitest";
import { CombatWorld } from "../../../scripts/simulation/combat/combat-world.ts";
import { Creatures } from "../../../scripts/simulation/combat/creatures.ts";
import { checkZone } from "../../../scripts/simulation/zone-check.ts";
import type { CampDescription, ZoneDescription } from "../../../scripts/simulation/zone-description.ts";
import { loadCombatData } from "../../../server/zone/combat/load-combat-data.ts";
import { loadZone } from "../../fixtures/play-zone.ts";
import { CLIFF, createTestZone, FLAT_HEIGHT_METERS, standingBox } from "../../fixtures/test-zone.ts";

const data = loadCombatData();
const GOOD: CampDescription = {
  nodePath: "TestZone/Camp",
  creature: "gale-wolf",
  count: 3,
  x: 100,
  y: FLAT_HEIGHT_METERS,
  z: 100,
  radiusMeters: 6,
  leashMeters: 40,
  respawnSeconds: 30,
};

function problemsOf(change: Partial<CampDescription>, zone: ZoneDescription = createTestZone()): string[] {
  zone.camps.push({ ...GOOD, ...change });
  return checkZone(zone, data.creatures).map(({ nodePath, reason }) => `${nodePath}: ${reason}`);
}

describe("a creature camp", () => {
  it("that can work is taken, also one of a single creature that does not spread", () => {
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({ count: 1, radiusMeters: 0 })).toEqual([]);
  });

  it.each([
    [{ creature: "wolf" }, /one of drowned-warden, gale-wolf, reef-crawler; got "wolf". Choose/],
    [{ creature: "" }, /got ""/],
    [{ count: 0 }, /a count of 1 to 12; got 0/],
    [{ count: 13 }, /got 13/],
    [{ count: 1.5 }, /got 1.5/],
    [{ radiusMeters: -1 }, /"radius_meters" of 0 to 30 m; got -1/],
    [{ radiusMeters: Number.NaN }, /got NaN/],
    [{ leashMeters: 5 }, /"leash_meters" of 10 to 80 m; got 5/],
    [{ respawnSeconds: 4 }, /"respawn_seconds" of 5 to 3600 s; got 4/],
    [{ x: 600 }, /whole circle in the zone, x and z 6 to 506 m; got x 600.0, z 100.0. Move it in/],
    [{ z: 3 }, /got x 100.0, z 3.0/],
    [{ x: Number.NaN }, /got x NaN/],
    [{ y: FLAT_HEIGHT_METERS + 5 }, /on the ground, y 10.00 m; it is at 15.00 m/],
    [{ x: CLIFF.x + 1, y: 14 }, /its middle is steeper than 45 degrees. Move it/],
    [{ x: 280, z: 230 }, /its middle is inside of TestZone\/WallNorth/],
  ])("with %j is refused by its node, with one reason", (change, reason) => {
    expect(problemsOf(change)).toEqual([expect.stringMatching(reason)]);
    expect(problemsOf(change)[0]).toMatch(/^TestZone\/Camp: expected /);
  });

  it("in water is refused, and so is one of which most is", () => {
    const sunk = (isSea: (x: number, z: number) => boolean) => {
      const zone = createTestZone();
      const { heights, samplesPerSide } = zone.heightfield;
      for (const at of heights.keys()) {
        if (isSea((at % samplesPerSide) * 2, Math.floor(at / samplesPerSide) * 2)) heights[at] = -0.5;
      }
      zone.spawns = [{ nodePath: "TestZone/Spawn", x: 20, y: FLAT_HEIGHT_METERS, z: 20, yaw: 0 }];
      zone.boxes = [];
      return zone;
    };
    expect(
      problemsOf(
        { y: -0.5 },
        sunk((x) => x > 60),
      ),
    ).toEqual([expect.stringMatching(/its middle is under water, the ground at -0.50 m/)]);
    const corner = (x: number, z: number) => x > 104 || z > 104;
    expect(problemsOf({ radiusMeters: 20 }, sunk(corner))).toEqual([
      expect.stringMatching(/at least half of the circle .*; [56]\d % is not, such as (under water|steeper)/),
    ]);
    expect(problemsOf({ radiusMeters: 20, x: 80, z: 80 }, sunk(corner))).toEqual([]);
  });

  it("is refused where its creatures could notice somebody who arrives", () => {
    // 6 m for posts, 14 for wandering, 18 for noticing.
    expect(problemsOf({ x: 254 - 37, z: 256 })).toEqual([
      expect.stringMatching(/more than 38 m to the spawn TestZone\/SpawnA, .* it is 37.0 m away. Move one/),
    ]);
    expect(problemsOf({ x: 254 - 39, z: 256 })).toEqual([]);
  });

  it("is one too many when there are more than 200 creatures in all", () => {
    const zone = createTestZone();
    for (let i = 0; i < 16; i++) zone.camps.push({ ...GOOD, count: 12 });
    expect(problemsOf({ count: 8 }, zone)).toEqual([]);
    expect(problemsOf({ count: 1 }, zone)).toEqual([
      expect.stringMatching(/^TestZone: expected at most 200 creatures in all camps; got 201/),
    ]);
  });
});

it("creatures have their posts where one can stand, whatever the seed", () => {
  const description = createTestZone();
  // Crates leave about half of the circle.
  for (let x = 90; x < 112; x += 4)
    for (let z = 90; z < 112; z += 4) {
      if (Math.hypot(x - 100, z - 100) > 2)
        description.boxes.push(standingBox(`Crate${x}-${z}`, x, z, { width: 2, height: 2, depth: 2 }));
    }
  description.camps.push({ ...GOOD, count: 12, radiusMeters: 10 });
  expect(checkZone(description, data.creatures)).toEqual([]);
  const zone = loadZone(description);
  for (let seed = 1; seed <= 40; seed++) {
    const combat = new CombatWorld(data, 16, seed);
    const { all } = new Creatures(combat, zone.world, zone.camps, { take: () => undefined, giveBack: () => {} });
    expect(all).toHaveLength(12);
    for (const { postX, postZ } of all) {
      expect(Math.hypot(postX - 100, postZ - 100)).toBeLessThanOrEqual(10.01);
      for (const box of description.boxes) {
        expect(Math.abs(postX - box.x) < box.halfX && Math.abs(postZ - box.z) < box.halfZ).toBe(false);
      }
    }
  }
});
