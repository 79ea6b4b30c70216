import { describe, expect, it } from "vitest";
import { createMoveState } from "../../../../scripts/simulation/move-state.ts";
import { checkSpawn } from "../../../../scripts/simulation/spawn-check.ts";
import { placeAnywhere, placeAtSpawn } from "../../../../server/zone/spawning.ts";
import { loadZone } from "../../../fixtures/play-zone.ts";
import { createSeededRandom } from "../../../fixtures/seeded-random.ts";
import { createTestZone, FLAT_HEIGHT_METERS } from "../../../fixtures/test-zone.ts";

const zone = loadZone(createTestZone());

describe("placeAtSpawn", () => {
  it("puts the next entity on the next spawn, and begins again", () => {
    const places = [4, 5, 6, 7, 8].map((entityId) => {
      const state = createMoveState();
      placeAtSpawn(zone, entityId, state);
      return `${state.x} ${state.z}`;
    });
    expect(new Set(places).size).toBe(4);
    expect(places[4]).toBe(places[0]);
  });

  it("puts nobody who is new on a spawn that is far from the first one", () => {
    const description = createTestZone();
    description.spawns.push({ nodePath: "TestZone/Return", x: 254, y: FLAT_HEIGHT_METERS, z: 300, yaw: 0 });
    const wide = loadZone(description);
    expect(wide.spawns).toHaveLength(5);
    for (let entityId = 1; entityId <= 10; entityId += 1) {
      const state = createMoveState();
      placeAtSpawn(wide, entityId, state);
      expect(state.z).toBeLessThan(270);
    }
  });
});

describe("placeAnywhere", () => {
  it("puts characters all over the zone, where they can stand", () => {
    const random = createSeededRandom(5);
    const quarters = new Set<string>();
    for (let entityId = 1; entityId <= 200; entityId += 1) {
      const state = createMoveState();
      placeAnywhere(zone, random, entityId, state);
      expect(checkSpawn(zone.world, state, String)).toBeUndefined();
      quarters.add(`${Math.floor(state.x / 128)} ${Math.floor(state.z / 128)}`);
    }
    expect(quarters.size).toBe(16);
  });

  it("takes a spawn where there is no other room", () => {
    const state = createMoveState();
    // Always the same place: the foot of the cliff, too steep to stand on.
    const toCliff = (401 - 8) / (512 - 16);
    placeAnywhere(zone, () => toCliff, 4, state);
    const spawned = createMoveState();
    placeAtSpawn(zone, 4, spawned);
    expect(state).toEqual(spawned);
  });
});
