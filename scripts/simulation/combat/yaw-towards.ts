import { YAW_STEPS_PER_TURN } from "../constants.ts";
import { cosOfYaw, sinOfYaw } from "../trigonometry.ts";

const QUARTER = YAW_STEPS_PER_TURN / 4;

/**
 * The yaw of 16 bits that looks along (dx, dz), rounded down; 0 for no direction. Found in the table of sines by halving, not by `Math.atan2`,
 * whose last bits differ between engines.
 */
export function yawTowards(dx: number, dz: number): number {
  return yawAlong({ x: dx, z: dz });
}

/** The same along a way that somebody keeps: two fractions that are handed over would be put on the heap. */
export function yawAlong(way: { readonly x: number; readonly z: number }): number {
  // A yaw of 0 looks to -z, and turns counter-clockwise seen from above.
  const sine = -way.x;
  const cosine = -way.z;
  if (sine === 0 && cosine === 0) return 0;
  let yaw = 0;
  if (sine > 0 && cosine <= 0) yaw = QUARTER;
  else if (sine <= 0 && cosine < 0) yaw = 2 * QUARTER;
  else if (sine < 0) yaw = 3 * QUARTER;
  for (let step = QUARTER >> 1; step >= 1; step >>= 1) {
    if (sine * cosOfYaw(yaw + step) - cosine * sinOfYaw(yaw + step) >= 0) yaw += step;
  }
  return yaw;
}
