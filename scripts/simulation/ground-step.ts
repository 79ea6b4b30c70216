import {
  CONTACT_SLOP_METERS,
  findFooting,
  overlappedBox,
  overlapsBox,
  pushFromBox,
  STEP_LIMIT_METERS,
} from "./collision/capsule.ts";
import type { CollisionWorld } from "./collision/collision-world.ts";
import { keepInZone, pushDownhill, pushToFoot } from "./collision/ground.ts";
import { isWalkable } from "./collision/heightfield.ts";
import { CAPSULE_HEIGHT_METERS, SNAP_DOWN_METERS, STEP_HEIGHT_METERS, TICK_SECONDS } from "./constants.ts";
import { ceilHeight, ceilPosition, roundPosition } from "./lattice.ts";
import { copyMoveState, type MoveState } from "./move-state.ts";

/** Enough for two walls, a cliff and a rise in height; what is not resolved by then is a wedge. */
const MAX_PASSES = 6;

/**
 * Moves a character that stands by one of `substeps` parts of a tick: horizontally, around walls, up steps and down
 * slopes, with the feet on the ground. Leaves it standing, or in the air at the height it left. The way must be shorter
 * than the capsule's radius.
 */
export function stepOnGround(world: CollisionWorld, state: MoveState, substeps: number): void {
  if (state.vx === 0 && state.vz === 0) return;
  const { before, footing } = world.scratch;
  const seconds = TICK_SECONDS / substeps;
  copyMoveState(state, before);
  footing.fromMeters = state.y;
  state.x += state.vx * seconds;
  state.z += state.vz * seconds;
  if (moveStanding(world, state)) return;

  copyMoveState(before, state);
  state.vz = 0;
  state.x += state.vx * seconds;
  if (state.vx !== 0 && moveStanding(world, state)) return;

  copyMoveState(before, state);
  state.vx = 0;
  state.z += state.vz * seconds;
  if (state.vz !== 0 && moveStanding(world, state)) return;

  copyMoveState(before, state);
  state.vx = 0;
  state.vz = 0;
  liftOutOfBoxes(world, state);
}

/** Whoever is inside of a box, which only a changed world can cause, goes up tick by tick until free. */
export function liftOutOfBoxes(world: CollisionWorld, state: MoveState): void {
  const box = overlappedBox(world, state);
  if (box < 0) return;
  state.y = ceilPosition(world.boxes.top(box));
  state.grounded = false;
}

/** From a wished position to one that is free, rounded and settled; false if there is none nearby. */
function moveStanding(world: CollisionWorld, state: MoveState): boolean {
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    keepInZone(world, state);
    state.x = roundPosition(state.x);
    state.z = roundPosition(state.z);
    const walls = pushFromWalls(world, state);
    const cliff = pushFromCliff(world, state);
    if (walls || cliff) continue;
    settle(world, state);
    if (!state.grounded && pushToFootOfCliff(world, state)) continue;
    if (!overlapsBox(world, state)) return true;
  }
  return false;
}

/** Boxes higher than a step, and those at head height, hold the capsule back. Returns whether any did. */
function pushFromWalls(world: CollisionWorld, state: MoveState): boolean {
  const { boxes, grid } = world;
  const lowestWall = world.scratch.footing.fromMeters + STEP_LIMIT_METERS;
  const cell = grid.cellAt(state);
  const end = grid.start(cell + 1);
  let pushed = false;
  for (let entry = grid.start(cell); entry < end; entry++) {
    const box = grid.box(entry);
    if (boxes.top(box) <= lowestWall) continue;
    if (boxes.bottom(box) >= state.y + CAPSULE_HEIGHT_METERS - CONTACT_SLOP_METERS) continue;
    if (pushFromBox(world, box, state)) pushed = true;
  }
  return pushed;
}

function pushFromCliff(world: CollisionWorld, state: MoveState): boolean {
  const { ground, footing } = world.scratch;
  world.heightfield.sample(state, ground);
  if (ground.heightMeters - footing.fromMeters <= CONTACT_SLOP_METERS || isWalkable(ground)) return false;
  pushDownhill(world, state);
  return true;
}

/**
 * Who walks downhill along a cliff and against it would find the feet on its face in every tick, where nothing carries:
 * the foot of the cliff is where they belong. Returns whether there was one.
 */
function pushToFootOfCliff(world: CollisionWorld, state: MoveState): boolean {
  const { ground, footing } = world.scratch;
  if (isWalkable(ground) || ground.heightMeters < footing.fromMeters - SNAP_DOWN_METERS) return false;
  return pushToFoot(world, state);
}

/** Puts the feet on what carries them, up a step or down a slope; without it the character is in the air. */
function settle(world: CollisionWorld, state: MoveState): void {
  findFooting(world, state);
  const { fromMeters, walkableMeters, steepMeters } = world.scratch.footing;
  const floor = Math.max(walkableMeters, steepMeters);
  // A foot on an edge that is too steep to carry it stays there only with ground a step below, as on stairs.
  const carried = walkableMeters >= steepMeters - STEP_HEIGHT_METERS;
  state.y = floor;
  ceilHeight(state);
  state.grounded = carried && floor >= fromMeters - SNAP_DOWN_METERS;
  if (!state.grounded) state.y = Math.max(fromMeters, state.y);
}
