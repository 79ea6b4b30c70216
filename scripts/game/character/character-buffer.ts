import type { Stride } from "./stride.ts";

/**
 * Floats per character in a MultiMesh buffer: a 3x4 transform, a colour, four of custom data. The colour is always white, its alpha
 * how much of the character is there.
 */
export const FLOATS_PER_CHARACTER = 20;
/**
 * Steps in which a swing and a flash are told to the shader. They go with gait and air in one number each, as custom data is all in use, and
 * half a float: 16 of them leave 1/32 for gait and air.
 */
const POSE_STEPS = 15;
/** Gait is 0 to 2, air -1 to 1: they lie apart by more than that. */
const POSE_SCALE = 4;
/** Cloth colours in the character shader; 0 is the player's own. */
export const TINT_COUNT = 8;

/** Writes one character into a MultiMesh buffer: feet in metres, facing in radians, 0 looks to -z; `alpha` 0 to 1. Allocates nothing. */
export function writeCharacter(
  buffer: Float32Array,
  index: number,
  x: number,
  y: number,
  z: number,
  facing: number,
  stride: Readonly<Stride>,
  tint: number,
  alpha = 1,
): void {
  const cos = Math.cos(facing);
  const sin = Math.sin(facing);
  let at = index * FLOATS_PER_CHARACTER;
  buffer[at++] = cos;
  buffer[at++] = 0;
  buffer[at++] = sin;
  buffer[at++] = x;
  buffer[at++] = 0;
  buffer[at++] = 1;
  buffer[at++] = 0;
  buffer[at++] = y;
  buffer[at++] = -sin;
  buffer[at++] = 0;
  buffer[at++] = cos;
  buffer[at++] = z;
  for (let channel = 0; channel < 3; channel++) buffer[at++] = 1;
  buffer[at++] = alpha;
  buffer[at++] = stride.phase;
  buffer[at++] = stride.gait + POSE_SCALE * Math.ceil(stride.swing * POSE_STEPS);
  buffer[at++] = stride.air + POSE_SCALE * Math.ceil(stride.flash * POSE_STEPS);
  buffer[at] = tint;
}

/** Turns `facing` towards `wish` the short way, radians. */
export function turnTowards(facing: number, wish: number, share: number): number {
  const turn = Math.PI * 2;
  const difference = ((((wish - facing) % turn) + turn * 1.5) % turn) - Math.PI;
  return facing + difference * Math.min(1, share);
}

/** Facing of someone who moves along (dx, dz): 0 is -z, counter-clockwise seen from above. */
export function facingOf(dx: number, dz: number): number {
  return Math.atan2(-dx, -dz);
}
