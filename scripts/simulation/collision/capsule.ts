import { CAPSULE_HEIGHT_METERS, CAPSULE_RADIUS_METERS, STEP_HEIGHT_METERS } from "../constants.ts";
import { POSITION_STEP_METERS } from "../lattice.ts";
import type { MoveState } from "../move-state.ts";
import type { CollisionWorld } from "./collision-world.ts";
import { type HorizontalPoint, isWalkable } from "./heightfield.ts";

/** Rounding to the lattice may bring a capsule this deep into what it touches: no contact yet, or rest would jitter. */
export const CONTACT_SLOP_METERS = POSITION_STEP_METERS;
/** Deeper than this is inside. Above the slop, so that a resolved contact is never an overlap. */
const OVERLAP_METERS = 2 * POSITION_STEP_METERS;

/** From the feet to the middle of the upper cap. */
export const HIGH_CENTER_METERS = CAPSULE_HEIGHT_METERS - CAPSULE_RADIUS_METERS;
export const RADIUS_SQUARED = CAPSULE_RADIUS_METERS * CAPSULE_RADIUS_METERS;
/** An edge under the foot carries up to this distance from the axis: there the capsule's surface is 45 degrees steep. */
export const CARRYING_SQUARED = RADIUS_SQUARED / 2;
const TOUCHING_SQUARED = (CAPSULE_RADIUS_METERS - CONTACT_SLOP_METERS) * (CAPSULE_RADIUS_METERS - CONTACT_SLOP_METERS);
/** Highest top of a box onto which feet at height 0 step. */
export const STEP_LIMIT_METERS = STEP_HEIGHT_METERS + POSITION_STEP_METERS;

/** A capsule's lowest point, in metres. */
export interface Feet {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/**
 * How deep an upright capsule reaches into a box, horizontally, in metres; negative or 0 for not at all. The capsule's
 * reach is its radius beside the box and less over and under it. Leaves it, and the offset from the box, in the scratch: a
 * fraction that is handed back would be put on the heap.
 */
function measureDepth(world: CollisionWorld, box: number, feet: Feet): void {
  const { offset } = world.scratch;
  world.boxes.footprintOffset(box, feet, offset);
  const below = feet.y + CAPSULE_RADIUS_METERS - world.boxes.top(box);
  const above = world.boxes.bottom(box) - feet.y - HIGH_CENTER_METERS;
  const gap = Math.max(0, below, above);
  if (gap >= CAPSULE_RADIUS_METERS) offset.depth = 0;
  else offset.depth = Math.sqrt(RADIUS_SQUARED - gap * gap) - Math.sqrt(offset.squared);
}

/** Moves a capsule out of a box, horizontally, and takes away its velocity into it. Returns whether it touched. */
export function pushFromBox(world: CollisionWorld, box: number, state: MoveState): boolean {
  measureDepth(world, box, state);
  const { offset } = world.scratch;
  const { depth } = offset;
  if (depth <= CONTACT_SLOP_METERS || offset.squared === 0) return false;
  const distance = Math.sqrt(offset.squared);
  offset.x /= distance;
  offset.z /= distance;
  state.x += offset.x * depth;
  state.z += offset.z * depth;
  slideAlong(state, offset);
  return true;
}

/** Takes away the part of the horizontal velocity that goes against a horizontal unit normal. */
export function slideAlong(state: MoveState, normal: HorizontalPoint): void {
  const into = state.vx * normal.x + state.vz * normal.z;
  if (into >= 0) return;
  state.vx -= into * normal.x;
  state.vz -= into * normal.z;
}

/** Whether a capsule with its feet at a point is inside of a box by more than rounding explains. Metres. */
export function overlapsBox(world: CollisionWorld, feet: Feet): boolean {
  return overlappedBox(world, feet) >= 0;
}

/** Of the boxes that a capsule with its feet at a point is inside of, the index of the one with the highest top, or -1. */
export function overlappedBox(world: CollisionWorld, feet: Feet): number {
  const { boxes, grid } = world;
  const cell = grid.cellAt(feet);
  const end = grid.start(cell + 1);
  let found = -1;
  for (let entry = grid.start(cell); entry < end; entry++) {
    const box = grid.box(entry);
    if (boxes.top(box) <= feet.y + OVERLAP_METERS) continue;
    if (boxes.bottom(box) >= feet.y + CAPSULE_HEIGHT_METERS - OVERLAP_METERS) continue;
    if (found >= 0 && boxes.top(box) <= boxes.top(found)) continue;
    measureDepth(world, box, feet);
    if (world.scratch.offset.depth > OVERLAP_METERS) found = box;
  }
  return found;
}

/**
 * What carries feet at a point that come from `scratch.footing.fromMeters`: ground, and boxes no higher than a step.
 * Into `scratch.footing`, apart for what is flat enough to stand on and what is not.
 */
export function findFooting(world: CollisionWorld, at: HorizontalPoint): void {
  const { boxes, grid } = world;
  const { offset, ground, footing } = world.scratch;
  world.heightfield.sample(at, ground);
  let walkable = Number.NEGATIVE_INFINITY;
  let steep = Number.NEGATIVE_INFINITY;
  if (isWalkable(ground)) walkable = ground.heightMeters;
  else steep = ground.heightMeters;
  const cell = grid.cellAt(at);
  const end = grid.start(cell + 1);
  for (let entry = grid.start(cell); entry < end; entry++) {
    const box = grid.box(entry);
    const top = boxes.top(box);
    if (top > footing.fromMeters + STEP_LIMIT_METERS || (top <= walkable && top <= steep)) continue;
    boxes.footprintOffset(box, at, offset);
    if (offset.squared >= TOUCHING_SQUARED) continue;
    const carried = top - CAPSULE_RADIUS_METERS + Math.sqrt(RADIUS_SQUARED - offset.squared);
    if (offset.squared <= CARRYING_SQUARED) walkable = Math.max(walkable, carried);
    else steep = Math.max(steep, carried);
  }
  footing.walkableMeters = walkable;
  footing.steepMeters = steep;
}
