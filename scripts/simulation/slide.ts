import type { CollisionWorld } from "./collision/collision-world.ts";
import { isWalkable } from "./collision/heightfield.ts";
import { BORDER_MARGIN_METERS } from "./constants.ts";
import { POSITION_STEP_METERS } from "./lattice.ts";
import type { MoveState } from "./move-state.ts";

/** Takes away the part of the horizontal velocity that goes against a horizontal unit normal. */
export function slideAlong(state: MoveState, normalX: number, normalZ: number): void {
  const into = state.vx * normalX + state.vz * normalZ;
  if (into >= 0) return;
  state.vx -= into * normalX;
  state.vz -= into * normalZ;
}

/** The zone's edge is a wall. */
export function keepInZone(world: CollisionWorld, state: MoveState): void {
  const max = world.sizeMeters - BORDER_MARGIN_METERS;
  if (state.x < BORDER_MARGIN_METERS) {
    state.x = BORDER_MARGIN_METERS;
    state.vx = Math.max(0, state.vx);
  } else if (state.x > max) {
    state.x = max;
    state.vx = Math.min(0, state.vx);
  }
  if (state.z < BORDER_MARGIN_METERS) {
    state.z = BORDER_MARGIN_METERS;
    state.vz = Math.max(0, state.vz);
  } else if (state.z > max) {
    state.z = max;
    state.vz = Math.min(0, state.vz);
  }
}

/**
 * Ground that is too steep is a wall: if it is higher than the feet, moves them downhill, horizontally alone, so that
 * no one climbs it by pushing. Returns whether it was in the way.
 */
export function pushFromSteepGround(
  world: CollisionWorld,
  state: MoveState,
  feetMeters: number,
  slopMeters: number,
): boolean {
  const { ground } = world;
  world.heightfield.sample(state.x, state.z, ground);
  const depth = ground.heightMeters - feetMeters;
  if (depth <= slopMeters || isWalkable(ground)) return false;
  const gradient = Math.sqrt(ground.gradientSquared);
  const normalX = -ground.gradientX / gradient;
  const normalZ = -ground.gradientZ / gradient;
  // One step more than needed: rounding to the lattice must not bring it back in.
  const push = depth / gradient + POSITION_STEP_METERS;
  state.x += normalX * push;
  state.z += normalZ * push;
  return true;
}
