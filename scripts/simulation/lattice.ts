import { POSITION_STEPS_PER_METER, VELOCITY_STEPS_PER_METER } from "./constants.ts";

// Divisions by powers of two are exact: a value of the lattice and its integer on the wire are the same number.
// The added 0 turns -0 into 0, which the wire cannot tell apart.

/** One step of the position lattice, in metres. */
export const POSITION_STEP_METERS = 1 / POSITION_STEPS_PER_METER;

/** Metres to the nearest position on the wire lattice, in metres. */
export function roundPosition(meters: number): number {
  return Math.round(meters * POSITION_STEPS_PER_METER) / POSITION_STEPS_PER_METER + 0;
}

/** Metres to the next position on the wire lattice that is not lower, in metres. */
export function ceilPosition(meters: number): number {
  return Math.ceil(meters * POSITION_STEPS_PER_METER) / POSITION_STEPS_PER_METER + 0;
}

/** Lifts a point to the wire lattice: `ceilPosition` of y, in place, which keeps the number off the heap. */
export function ceilHeight(point: { y: number }): void {
  point.y = Math.ceil(point.y * POSITION_STEPS_PER_METER) / POSITION_STEPS_PER_METER + 0;
}

/** Metres to the next position on the wire lattice that is not higher, in metres. */
export function floorPosition(meters: number): number {
  return Math.floor(meters * POSITION_STEPS_PER_METER) / POSITION_STEPS_PER_METER + 0;
}

/** Metres per second to the nearest velocity on the wire lattice, in metres per second. */
export function roundVelocity(metersPerSecond: number): number {
  return Math.round(metersPerSecond * VELOCITY_STEPS_PER_METER) / VELOCITY_STEPS_PER_METER + 0;
}

/** Metres to the integer on the wire. */
export function positionToWire(meters: number): number {
  return Math.round(meters * POSITION_STEPS_PER_METER) + 0;
}

/** Integer on the wire to metres. */
export function positionFromWire(steps: number): number {
  return steps / POSITION_STEPS_PER_METER;
}

/** Metres per second to the integer on the wire. */
export function velocityToWire(metersPerSecond: number): number {
  return Math.round(metersPerSecond * VELOCITY_STEPS_PER_METER) + 0;
}

/** Integer on the wire to metres per second. */
export function velocityFromWire(steps: number): number {
  return steps / VELOCITY_STEPS_PER_METER;
}
