import { TICK_RATE_HZ } from "../constants.ts";
import { cosOfYaw, sinOfYaw } from "../trigonometry.ts";

/** From feet to feet, in space: an arm, a blade and a step. */
export const STRIKE_RANGE_METERS = 2.5;
/** Cosine of 60 degrees, to either side of the view's direction seen from above. */
export const STRIKE_HALF_ANGLE_COSINE = 0.5;
/** From one strike that is done to the next: 0.8 s. */
export const STRIKE_COOLDOWN_TICKS = Math.round(0.8 * TICK_RATE_HZ);
/** Who stands nearer than this to somebody, seen from above, is in front whatever the view: there is no direction to speak of. */
const WITHIN_METERS = 0.05;

/** Feet, metres. */
export interface Feet {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export type StrikeVerdict = "hit" | "out_of_range" | "out_of_arc";

/**
 * Whether a strike from `attacker` along `yaw`, 16 bits, reaches `target`. Range is looked at before the arc. The same bits in every engine.
 */
export function judgeStrike(attacker: Feet, yaw: number, target: Feet): StrikeVerdict {
  if (strikeDistance(attacker, target) > STRIKE_RANGE_METERS) return "out_of_range";
  const dx = target.x - attacker.x;
  const dz = target.z - attacker.z;
  const meters = Math.sqrt(dx * dx + dz * dz);
  if (meters < WITHIN_METERS) return "hit";
  // A yaw of 0 looks to -z, and turns counter-clockwise seen from above.
  const ahead = -sinOfYaw(yaw) * dx - cosOfYaw(yaw) * dz;
  return ahead >= STRIKE_HALF_ANGLE_COSINE * meters ? "hit" : "out_of_arc";
}

/** What the range is held against, metres. */
export function strikeDistance(attacker: Feet, target: Feet): number {
  const dx = target.x - attacker.x;
  const dy = target.y - attacker.y;
  const dz = target.z - attacker.z;
  return Math.sqrt(dx * dx + dy * dy + dz * dz);
}
