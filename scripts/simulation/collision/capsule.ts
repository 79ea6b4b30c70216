import { CAPSULE_HEIGHT_METERS, CAPSULE_RADIUS_METERS, STEP_HEIGHT_METERS } from "../constants.ts";
import { POSITION_STEP_METERS } from "../lattice.ts";
import type { CollisionWorld } from "./collision-world.ts";
import { isWalkable } from "./heightfield.ts";

/** Rounding to the lattice may bring a capsule this deep into what it touches: no contact yet, or rest would jitter. */
export const CONTACT_SLOP_METERS = POSITION_STEP_METERS;
/** Deeper than this is inside. Above the slop, so that a resolved contact is never an overlap. */
const OVERLAP_METERS = 2 * POSITION_STEP_METERS;

export const RADIUS_SQUARED = CAPSULE_RADIUS_METERS * CAPSULE_RADIUS_METERS;
/** An edge under the foot carries up to this distance from the axis: there the capsule's surface is 45 degrees steep. */
export const CARRYING_SQUARED = RADIUS_SQUARED / 2;
/** Highest top of a box onto which feet at height 0 step. */
export const STEP_LIMIT_METERS = STEP_HEIGHT_METERS + POSITION_STEP_METERS;

/**
 * Square of the distance at which an upright capsule with its feet at `feetMeters` touches something that reaches
 * from `bottomMeters` to `topMeters`: the radius beside it, less over and under it, 0 or less where they never touch.
 */
export function reachSquared(topMeters: number, bottomMeters: number, feetMeters: number): number {
  const lowCenter = feetMeters + CAPSULE_RADIUS_METERS;
  const highCenter = feetMeters + (CAPSULE_HEIGHT_METERS - CAPSULE_RADIUS_METERS);
  const gap = Math.max(0, lowCenter - topMeters, bottomMeters - highCenter);
  return gap < CAPSULE_RADIUS_METERS ? RADIUS_SQUARED - gap * gap : 0;
}

/** Whether a capsule with its feet at a point is inside of a box by more than rounding explains. Metres. */
export function overlapsBox(world: CollisionWorld, x: number, y: number, z: number): boolean {
  return highestOverlap(world, x, y, z) > Number.NEGATIVE_INFINITY;
}

/** Highest top of the boxes that a capsule with its feet at a point is inside of; minus infinity for none. Metres. */
export function highestOverlap(world: CollisionWorld, x: number, y: number, z: number): number {
  const { boxes, grid, offset } = world;
  const cell = grid.cellAt(x, z);
  const end = grid.start(cell + 1);
  let highest = Number.NEGATIVE_INFINITY;
  for (let entry = grid.start(cell); entry < end; entry++) {
    const box = grid.box(entry);
    const top = boxes.top(box);
    const bottom = boxes.bottom(box);
    if (top <= y + OVERLAP_METERS || bottom >= y + CAPSULE_HEIGHT_METERS - OVERLAP_METERS || top <= highest) continue;
    boxes.footprintOffset(box, x, z, offset);
    if (Math.sqrt(offset.squared) < Math.sqrt(reachSquared(top, bottom, y)) - OVERLAP_METERS) highest = top;
  }
  return highest;
}

/**
 * What carries feet at (x, z) that come from height `fromMeters`: ground, and boxes no higher than a step. Into
 * `world.footing`, apart for what is flat enough to stand on and what is not; minus infinity where there is none.
 */
export function findFooting(world: CollisionWorld, x: number, z: number, fromMeters: number): void {
  const { boxes, grid, offset, ground } = world;
  world.heightfield.sample(x, z, ground);
  let walkable = Number.NEGATIVE_INFINITY;
  let steep = Number.NEGATIVE_INFINITY;
  if (isWalkable(ground)) walkable = ground.heightMeters;
  else steep = ground.heightMeters;
  const cell = grid.cellAt(x, z);
  const end = grid.start(cell + 1);
  for (let entry = grid.start(cell); entry < end; entry++) {
    const box = grid.box(entry);
    const top = boxes.top(box);
    if (top > fromMeters + STEP_LIMIT_METERS || (top <= walkable && top <= steep)) continue;
    boxes.footprintOffset(box, x, z, offset);
    if (offset.squared >= (CAPSULE_RADIUS_METERS - CONTACT_SLOP_METERS) ** 2) continue;
    const carried = top - CAPSULE_RADIUS_METERS + Math.sqrt(RADIUS_SQUARED - offset.squared);
    if (offset.squared <= CARRYING_SQUARED) walkable = Math.max(walkable, carried);
    else steep = Math.max(steep, carried);
  }
  world.footing.walkableMeters = walkable;
  world.footing.steepMeters = steep;
}
