import { BORDER_MARGIN_METERS } from "../constants.ts";
import { POSITION_STEP_METERS } from "../lattice.ts";
import type { MoveState } from "../move-state.ts";
import { slideAlong } from "./capsule.ts";
import type { CollisionWorld } from "./collision-world.ts";
import { isWalkable } from "./heightfield.ts";

/** The foot of a cliff is looked for so far downhill: more than one tick of sprinting. */
const FOOT_PROBE_METERS = 0.15;

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
 * Moves a character downhill, out of the steep ground of `scratch.ground` that is higher than `scratch.footing.fromMeters`,
 * and takes away its velocity into it. Horizontally alone: no one climbs a cliff by pushing against it.
 */
export function pushDownhill(world: CollisionWorld, state: MoveState): void {
  const { ground, footing, offset } = world.scratch;
  const gradient = Math.sqrt(ground.gradientSquared);
  offset.x = -ground.gradientX / gradient;
  offset.z = -ground.gradientZ / gradient;
  // One step more than needed: rounding to the lattice must not bring it back in.
  const push = (ground.heightMeters - footing.fromMeters) / gradient + POSITION_STEP_METERS;
  state.x += offset.x * push;
  state.z += offset.z * push;
  slideAlong(state, offset);
}

/**
 * Moves a character from the steep ground of `scratch.ground` downhill to where walkable ground begins, if that is near,
 * and takes away its velocity uphill. Returns whether it is near.
 */
export function pushToFoot(world: CollisionWorld, state: MoveState): boolean {
  const { ground, foot, offset, probe } = world.scratch;
  const gradient = Math.sqrt(ground.gradientSquared);
  offset.x = -ground.gradientX / gradient;
  offset.z = -ground.gradientZ / gradient;
  probe.x = state.x + offset.x * FOOT_PROBE_METERS;
  probe.z = state.z + offset.z * FOOT_PROBE_METERS;
  world.heightfield.sample(probe, foot);
  if (!isWalkable(foot)) return false;
  // Both planes along the way downhill: the cliff falls by `gradient`, the ground before it rises by `rise`; they meet
  // at the foot.
  const rise = foot.gradientX * offset.x + foot.gradientZ * offset.z;
  const apart = ground.heightMeters - (foot.heightMeters - rise * FOOT_PROBE_METERS);
  const way = Math.min(FOOT_PROBE_METERS, Math.max(0, apart / (gradient + rise))) + POSITION_STEP_METERS;
  state.x += offset.x * way;
  state.z += offset.z * way;
  slideAlong(state, offset);
  return true;
}
