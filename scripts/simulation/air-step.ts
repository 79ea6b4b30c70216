import {
  CARRYING_SQUARED,
  CONTACT_SLOP_METERS,
  overlapsBox,
  RADIUS_SQUARED,
  reachSquared,
} from "./collision/capsule.ts";
import type { CollisionWorld } from "./collision/collision-world.ts";
import { isWalkable } from "./collision/heightfield.ts";
import { CAPSULE_HEIGHT_METERS, CAPSULE_RADIUS_METERS, POSITION_STEPS_PER_METER } from "./constants.ts";
import { liftOutOfBoxes } from "./ground-step.ts";
import { ceilPosition, POSITION_STEP_METERS, roundPosition } from "./lattice.ts";
import type { MoveState } from "./move-state.ts";
import { keepInZone, pushFromSteepGround, slideAlong } from "./slide.ts";

const MAX_PASSES = 6;
const HIGH_CENTER_METERS = CAPSULE_HEIGHT_METERS - CAPSULE_RADIUS_METERS;

/**
 * Moves a character that is in the air: along its velocity, around walls, down steep ground, until it lands. The way
 * must be shorter than the capsule's radius.
 */
export function stepInAir(world: CollisionWorld, state: MoveState, seconds: number): void {
  const { x, y, z, vx, vy, vz } = state;
  state.x = x + vx * seconds;
  state.y = y + vy * seconds;
  state.z = z + vz * seconds;
  if (moveFlying(world, state)) return;

  restore(state, x, z, vy);
  state.y = y + vy * seconds;
  if (moveFlying(world, state)) return;

  // Wedged between things too steep to stand on: whoever cannot fall any further stands, and can jump out.
  restore(state, x, z, 0);
  state.y = y;
  state.grounded = vy <= 0;
  liftOutOfBoxes(world, state);
}

function restore(state: MoveState, x: number, z: number, vy: number): void {
  state.x = x;
  state.z = z;
  state.vx = 0;
  state.vy = vy;
  state.vz = 0;
  state.grounded = false;
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
    if (!ground && !boxes && !overlapsBox(world, state.x, state.y, state.z)) return true;
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
  const { ground } = world;
  world.heightfield.sample(state.x, state.z, ground);
  if (ground.heightMeters <= state.y) return false;
  if (isWalkable(ground)) {
    state.y = ceilPosition(ground.heightMeters);
    land(state);
    return false;
  }
  if (!pushFromSteepGround(world, state, state.y, 0)) return false;
  slideDown(world, state);
  return true;
}

/**
 * Takes away the velocity into the steep ground of `world.ground`. What goes against it horizontally is lost, or one
 * could run up a cliff; what falls onto it turns into sliding down.
 */
function slideDown(world: CollisionWorld, state: MoveState): void {
  const { gradientX, gradientZ, gradientSquared } = world.ground;
  const gradient = Math.sqrt(gradientSquared);
  slideAlong(state, -gradientX / gradient, -gradientZ / gradient);
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
  const { boxes, grid, offset } = world;
  const cell = grid.cellAt(state.x, state.z);
  const end = grid.start(cell + 1);
  let moved = false;
  for (let entry = grid.start(cell); entry < end; entry++) {
    const box = grid.box(entry);
    const top = boxes.top(box);
    const bottom = boxes.bottom(box);
    if (top <= state.y || bottom >= state.y + CAPSULE_HEIGHT_METERS) continue;
    boxes.footprintOffset(box, state.x, state.z, offset);
    const near = offset.squared <= CARRYING_SQUARED;
    if (near && top < state.y + CAPSULE_RADIUS_METERS) {
      if (standOn(state, top, offset.squared)) moved = true;
    } else if (near && bottom > state.y + HIGH_CENTER_METERS) {
      if (bumpInto(state, bottom, offset.squared)) moved = true;
    } else if (pushAside(world, state, top, bottom)) moved = true;
  }
  return moved;
}

function standOn(state: MoveState, top: number, distanceSquared: number): boolean {
  const carried = top - CAPSULE_RADIUS_METERS + Math.sqrt(RADIUS_SQUARED - distanceSquared);
  const raise = carried - state.y;
  if (raise <= 0) return false;
  state.y = ceilPosition(carried);
  land(state);
  return raise > CONTACT_SLOP_METERS;
}

function bumpInto(state: MoveState, bottom: number, distanceSquared: number): boolean {
  const highest = bottom - HIGH_CENTER_METERS - Math.sqrt(RADIUS_SQUARED - distanceSquared);
  if (state.y - highest <= CONTACT_SLOP_METERS) return false;
  state.y = Math.floor(highest * POSITION_STEPS_PER_METER) * POSITION_STEP_METERS;
  state.vy = Math.min(0, state.vy);
  return true;
}

/** `world.offset` is that of the box. */
function pushAside(world: CollisionWorld, state: MoveState, top: number, bottom: number): boolean {
  const { offset } = world;
  const reach = Math.sqrt(reachSquared(top, bottom, state.y));
  const distance = Math.sqrt(offset.squared);
  if (distance >= reach - CONTACT_SLOP_METERS || distance === 0) return false;
  const normalX = offset.x / distance;
  const normalZ = offset.z / distance;
  state.x += normalX * (reach - distance);
  state.z += normalZ * (reach - distance);
  slideAlong(state, normalX, normalZ);
  return true;
}
