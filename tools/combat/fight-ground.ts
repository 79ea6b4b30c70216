import type { Camp } from "../../scripts/simulation/camp.ts";
import { CollisionWorld } from "../../scripts/simulation/collision/collision-world.ts";
import { Heightfield } from "../../scripts/simulation/collision/heightfield.ts";
import { ZONE_SIZE_METERS } from "../../scripts/simulation/constants.ts";

const HEIGHT_METERS = 8;

/** A flat zone with a few walls in its middle: somewhere to fight. */
export function createFightGround(): CollisionWorld {
  const ground = new Heightfield(2, ZONE_SIZE_METERS, [HEIGHT_METERS, HEIGHT_METERS, HEIGHT_METERS, HEIGHT_METERS]);
  const wall = { y: HEIGHT_METERS + 1, halfX: 3, halfY: 1, halfZ: 0.5 };
  const boxes = [
    { ...wall, x: 240, z: 250, yaw: 0 },
    { ...wall, x: 270, z: 262, yaw: 8_192 },
    { ...wall, x: 252, z: 280, yaw: 30_000 },
  ];
  const spawns = [{ x: 256, y: HEIGHT_METERS, z: 256, yaw: 0 }];
  return new CollisionWorld(ZONE_SIZE_METERS, ground, boxes, spawns);
}

/** Camps of all kinds around the middle, `creatures` in all. */
export function createFightCamps(creatures: number): Camp[] {
  const kinds = ["gale-wolf", "reef-crawler", "drowned-warden", "gale-wolf"];
  return kinds.map((creature, i) => ({
    creature,
    count: Math.floor((creatures + i) / kinds.length),
    x: 256 + (i % 2 === 0 ? 14 : -14),
    y: HEIGHT_METERS,
    z: 256 + (i < 2 ? 14 : -14),
    radiusMeters: 12,
    leashMeters: 45,
    respawnSeconds: 10,
  }));
}
