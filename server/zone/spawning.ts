import { type MoveState, placeMoveState } from "../../scripts/simulation/move-state.ts";
import type { Zone } from "../../scripts/simulation/zone-file.ts";

/** Puts a new character on one of the zone's spawns, each entity on the next one, so that arrivals spread out. */
export function placeAtSpawn(zone: Zone, entityId: number, state: MoveState): void {
  const spawn = zone.spawns[entityId % zone.spawns.length];
  if (spawn === undefined) throw new Error(`zone "${zone.name}" has no spawn: a baked zone always has one`);
  placeMoveState(state, spawn);
}
