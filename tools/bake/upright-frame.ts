import type { Transform3D } from "godot";
import { YAW_STEPS_PER_TURN } from "../../scripts/simulation/constants.ts";

/** A frame that stands upright: where it is, how it is turned about the vertical, and how it stretches. */
export interface UprightFrame {
  x: number;
  y: number;
  z: number;
  /** 0 to 65535. */
  yaw: number;
  scaleX: number;
  scaleY: number;
  scaleZ: number;
}

/** Sine of the largest tilt that counts as none: 0.06 degrees, what an editor's gizmo leaves behind. */
const LARGEST_TILT = 0.001;

/** The frame of a node, or why the simulation cannot use it. */
export function uprightFrame(transform: Transform3D): UprightFrame | { problem: string } {
  const { x: across, y: up, z: back } = transform.basis;
  const [scaleX, scaleY, scaleZ] = [across.length(), up.length(), back.length()];
  if (!(scaleX > 0 && scaleY > 0 && scaleZ > 0)) {
    return {
      problem:
        "expected a size in every direction; its scale is 0 in one. Set the scale of it and of its parents to 1.",
    };
  }
  const tilt = Math.max(Math.abs(across.y) / scaleX, Math.abs(back.y) / scaleZ, Math.hypot(up.x, up.z) / scaleY);
  if (tilt > LARGEST_TILT || up.y < 0) {
    const degrees = ((Math.asin(Math.min(1, tilt)) * 180) / Math.PI).toFixed(1);
    return {
      problem: `expected it upright, turned about the vertical axis only; it is tilted by ${degrees} degrees. Set the x and z rotation of it and of its parents to 0, or build the slope from steps.`,
    };
  }
  const skew = Math.abs(across.x * back.x + across.z * back.z) / (scaleX * scaleZ);
  if (skew > LARGEST_TILT) {
    return {
      problem: "expected right angles; it is skewed by a parent with uneven scale. Set that parent's scale to 1.",
    };
  }
  const { x, y, z } = transform.origin;
  return { x, y, z, yaw: yawSteps(Math.atan2(-across.z, across.x)), scaleX, scaleY, scaleZ };
}

function yawSteps(radians: number): number {
  const turns = radians / (2 * Math.PI);
  return Math.round((turns - Math.floor(turns)) * YAW_STEPS_PER_TURN) % YAW_STEPS_PER_TURN;
}
