import { YAW_STEPS_PER_TURN, ZONE_SIZE_METERS } from "../../scripts/simulation/constants.ts";
import { type MoveState, placeMoveState } from "../../scripts/simulation/move-state.ts";
import { checkSpawn } from "../../scripts/simulation/spawn-check.ts";
import type { Zone } from "../../scripts/simulation/zone-file.ts";

/** Who is new comes to the first spawn or one so near to it; the others are for those who return after a death. Metres. */
const ARRIVAL_METERS = 32;

/** Puts a new character on one of the zone's spawns around the first one, each entity on the next one, so that arrivals spread out. */
export function placeAtSpawn(zone: Zone, entityId: number, state: MoveState): void {
  const first = zone.spawns[0];
  const arrivals = zone.spawns.filter(
    ({ x, z }) => first !== undefined && Math.hypot(x - first.x, z - first.z) <= ARRIVAL_METERS,
  );
  const spawn = arrivals[entityId % arrivals.length];
  if (spawn === undefined) throw new Error(`zone "${zone.name}" has no spawn: a baked zone always has one`);
  placeMoveState(state, spawn);
}

/** Places that are tried before a zone is taken for one without room. */
const MAX_TRIES = 256;
/** So far from the border, metres. */
const MARGIN_METERS = 8;

/** Puts a new character anywhere on the zone's ground where a spawn could be, for tests under load. `random`: uniform in [0, 1). */
export function placeAnywhere(zone: Zone, random: () => number, entityId: number, state: MoveState): void {
  const { world } = zone;
  const span = ZONE_SIZE_METERS - 2 * MARGIN_METERS;
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const x = MARGIN_METERS + random() * span;
    const z = MARGIN_METERS + random() * span;
    const place = { x, y: world.groundHeight(x, z), z, yaw: Math.floor(random() * YAW_STEPS_PER_TURN) };
    if (checkSpawn(world, place, String) !== undefined) continue;
    placeMoveState(state, place);
    return;
  }
  placeAtSpawn(zone, entityId, state);
}
