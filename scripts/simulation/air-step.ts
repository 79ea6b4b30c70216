import {
  CARRYING_SQUARED,
  CONTACT_SLOP_METERS,
  HIGH_CENTER_METERS,
  overlapsBox,
  pushFromBox,
  RADIUS_SQUARED,
} from "./collision/capsule.ts";
import type { CollisionWorld } from "./collision/collision-world.ts";
import { keepInZone, pushDownhill } from "./collision/ground.ts";
import { isWalkable } from "./collision/heightfield.ts";
import { CAPSULE_HEIGHT_METERS, CAPSULE_RADIUS_METERS, TICK_SECONDS } from "./constants.ts";
import { liftOutOfBoxes } from "./ground-step.ts";
import { ceilHeight, floorPosition, roundPosition } from "./lattice.ts";
import { copyMoveState, type MoveState } from "./move-state.ts";

const MAX_PASSES = 6;

/**
 * Moves a character that is in the air by one of `substeps` parts of a tick: along its velocity, around walls, down
 * steep ground, until it lands. The way must be shorter than the capsule's radius.
 */
export function stepInAir(world: CollisionWorld, state: MoveState, substeps: number): void {
  const { before } = world.scratch;
  const seconds = TICK_SECONDS / substeps;
  copyMoveState(state, before);
  state.x += state.vx * seconds;
  state.y += state.vy * seconds;
  state.z += state.vz * seconds;
  if (moveFlying(world, state)) return;

  copyMoveState(before, state);
  state.vx = 0;
  state.vz = 0;
  state.y += state.vy * seconds;
  if (moveFlying(world, state)) return;

  // Wedged between things too steep to stand on: whoever cannot fall any further stands, and can jump out.
  copyMoveState(before, state);
  state.grounded = state.vy <= 0;
  state.vx = 0;
  state.vy = 0;
  state.vz = 0;
  liftOutOfBoxes(world, state);
}

/** From a wished position to one that is free and rounded; false if there is none nearby. */
function moveFlying(world: CollisionWorld, state: MoveState): boolean {
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    keepInZone(world, state);
    state.x = roundPosition(state.x);
    state.y = roundPosition(state.y);
    state.z = roundPosition(state.z);
    const ground = touchGround(world, state);
    const boxes = touchBoxes(world, state);
    if (!ground && !boxes && !overlapsBox(world, state)) return true;
  }
  return false;
}

function land(state: MoveState): void {
  if (state.vy > 0) return;
  state.vy = 0;
  state.grounded = true;
}

/** Lands on ground, or slides down where it is too steep. Returns whether the capsule moved horizontally. */
function touchGround(world: CollisionWorld, state: MoveState): boolean {
  const { ground, footing } = world.scratch;
  world.heightfield.sample(state, ground);
  if (ground.heightMeters <= state.y) return false;
  if (isWalkable(ground)) {
    state.y = ground.heightMeters;
    ceilHeight(state);
    land(state);
    return false;
  }
  footing.fromMeters = state.y;
  pushDownhill(world, state);
  slideDown(world, state);
  return true;
}

/** What falls onto the steep ground of `scratch.ground` turns into sliding down. */
function slideDown(world: CollisionWorld, state: MoveState): void {
  const { gradientX, gradientZ, gradientSquared } = world.scratch.ground;
  // The surface's normal is (-gradientX, 1, -gradientZ), not of unit length.
  const into = state.vy - state.vx * gradientX - state.vz * gradientZ;
  if (into >= 0) return;
  const scale = into / (1 + gradientSquared);
  state.vx += scale * gradientX;
  state.vy -= scale;
  state.vz += scale * gradientZ;
}

/** Lands on boxes, bumps into those above, slides along those beside. Returns whether the capsule moved. */
function touchBoxes(world: CollisionWorld, state: MoveState): boolean {
  const { boxes, grid } = world;
  const cell = grid.cellAt(state);
  const end = grid.start(cell + 1);
  let moved = false;
  for (let entry = grid.start(cell); entry < end; entry++) {
    const box = grid.box(entry);
    if (boxes.top(box) <= state.y || boxes.bottom(box) >= state.y + CAPSULE_HEIGHT_METERS) continue;
    if (touchBox(world, box, state)) moved = true;
  }
  return moved;
}

function touchBox(world: CollisionWorld, box: number, state: MoveState): boolean {
  const { offset } = world.scratch;
  world.boxes.footprintOffset(box, state, offset);
  if (offset.squared >= RADIUS_SQUARED) return false;
  if (offset.squared <= CARRYING_SQUARED) {
    if (world.boxes.top(box) < state.y + CAPSULE_RADIUS_METERS) return standOn(world, box, state);
    if (world.boxes.bottom(box) > state.y + HIGH_CENTER_METERS) return bumpInto(world, box, state);
  }
  return pushFromBox(world, box, state);
}

/** `scratch.offset` is that of the box, here and in `bumpInto`. */
function standOn(world: CollisionWorld, box: number, state: MoveState): boolean {
  const drop = CAPSULE_RADIUS_METERS - Math.sqrt(RADIUS_SQUARED - world.scratch.offset.squared);
  const raise = world.boxes.top(box) - drop - state.y;
  if (raise <= 0) return false;
  state.y += raise;
  ceilHeight(state);
  land(state);
  return raise > CONTACT_SLOP_METERS;
}

function bumpInto(world: CollisionWorld, box: number, state: MoveState): boolean {
  const cap = Math.sqrt(RADIUS_SQUARED - world.scratch.offset.squared);
  const highest = world.boxes.bottom(box) - HIGH_CENTER_METERS - cap;
  if (state.y - highest <= CONTACT_SLOP_METERS) return false;
  state.y = floorPosition(highest);
  state.vy = Math.min(0, state.vy);
  return true;
}
