import {
  CONTACT_SLOP_METERS,
  findFooting,
  highestOverlap,
  overlapsBox,
  reachSquared,
  STEP_LIMIT_METERS,
} from "./collision/capsule.ts";
import type { CollisionWorld } from "./collision/collision-world.ts";
import { CAPSULE_HEIGHT_METERS, SNAP_DOWN_METERS, STEP_HEIGHT_METERS } from "./constants.ts";
import { ceilPosition, roundPosition } from "./lattice.ts";
import type { MoveState } from "./move-state.ts";
import { keepInZone, pushFromSteepGround, slideAlong } from "./slide.ts";

/** Enough for two walls, a cliff and a rise in height; what is not resolved by then is a wedge. */
const MAX_PASSES = 6;

/**
 * Moves a character that stands: horizontally, around walls, up steps and down slopes, with the feet on the ground.
 * Leaves it standing, or in the air at the height it left. The way must be shorter than the capsule's radius.
 */
export function stepOnGround(world: CollisionWorld, state: MoveState, seconds: number): void {
  const { x, y, z, vx, vz } = state;
  if (vx === 0 && vz === 0) return;
  state.x = x + vx * seconds;
  state.z = z + vz * seconds;
  if (moveStanding(world, state, y)) return;

  restore(state, x, y, z, vx, 0);
  state.x = x + vx * seconds;
  if (vx !== 0 && moveStanding(world, state, y)) return;

  restore(state, x, y, z, 0, vz);
  state.z = z + vz * seconds;
  if (vz !== 0 && moveStanding(world, state, y)) return;

  restore(state, x, y, z, 0, 0);
  liftOutOfBoxes(world, state);
}

/** Whoever is inside of a box, which only a changed world can cause, goes up tick by tick until free. */
export function liftOutOfBoxes(world: CollisionWorld, state: MoveState): void {
  const top = highestOverlap(world, state.x, state.y, state.z);
  if (top === Number.NEGATIVE_INFINITY) return;
  state.y = ceilPosition(top);
  state.grounded = false;
}

function restore(state: MoveState, x: number, y: number, z: number, vx: number, vz: number): void {
  state.x = x;
  state.y = y;
  state.z = z;
  state.vx = vx;
  state.vy = 0;
  state.vz = vz;
  state.grounded = true;
}

/** From a wished position to one that is free, rounded and settled; false if there is none nearby. */
function moveStanding(world: CollisionWorld, state: MoveState, fromMeters: number): boolean {
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    keepInZone(world, state);
    state.x = roundPosition(state.x);
    state.z = roundPosition(state.z);
    const walls = pushFromWalls(world, state, fromMeters);
    const cliff = pushFromCliff(world, state, fromMeters);
    if (walls || cliff) continue;
    settle(world, state, fromMeters);
    if (!overlapsBox(world, state.x, state.y, state.z)) return true;
  }
  return false;
}

/** Boxes higher than a step, and those at head height, hold the capsule back. Returns whether any did. */
function pushFromWalls(world: CollisionWorld, state: MoveState, fromMeters: number): boolean {
  const { boxes, grid, offset } = world;
  const cell = grid.cellAt(state.x, state.z);
  const end = grid.start(cell + 1);
  let pushed = false;
  for (let entry = grid.start(cell); entry < end; entry++) {
    const box = grid.box(entry);
    const top = boxes.top(box);
    const bottom = boxes.bottom(box);
    if (top <= fromMeters + STEP_LIMIT_METERS) continue;
    if (bottom >= state.y + CAPSULE_HEIGHT_METERS - CONTACT_SLOP_METERS) continue;
    boxes.footprintOffset(box, state.x, state.z, offset);
    const reach = Math.sqrt(reachSquared(top, bottom, state.y));
    const distance = Math.sqrt(offset.squared);
    if (distance >= reach - CONTACT_SLOP_METERS || distance === 0) continue;
    const normalX = offset.x / distance;
    const normalZ = offset.z / distance;
    state.x += normalX * (reach - distance);
    state.z += normalZ * (reach - distance);
    slideAlong(state, normalX, normalZ);
    pushed = true;
  }
  return pushed;
}

function pushFromCliff(world: CollisionWorld, state: MoveState, fromMeters: number): boolean {
  if (!pushFromSteepGround(world, state, fromMeters, CONTACT_SLOP_METERS)) return false;
  const { ground } = world;
  const gradient = Math.sqrt(ground.gradientSquared);
  slideAlong(state, -ground.gradientX / gradient, -ground.gradientZ / gradient);
  return true;
}

/** Puts the feet on what carries them, up a step or down a slope; without it the character is in the air. */
function settle(world: CollisionWorld, state: MoveState, fromMeters: number): void {
  findFooting(world, state.x, state.z, fromMeters);
  const { walkableMeters, steepMeters } = world.footing;
  const floor = Math.max(walkableMeters, steepMeters);
  // A foot on an edge that is too steep to carry it stays there only with ground a step below, as on stairs.
  const carried = walkableMeters >= steepMeters - STEP_HEIGHT_METERS;
  if (carried && floor >= fromMeters - SNAP_DOWN_METERS) {
    state.y = ceilPosition(floor);
    state.grounded = true;
    return;
  }
  state.y = Math.max(fromMeters, ceilPosition(floor));
  state.grounded = false;
}
