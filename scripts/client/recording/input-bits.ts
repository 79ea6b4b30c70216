import type { InputSample } from "../input-sample.ts";

/** What the byte of a frame says: which numbers follow because they changed, in this order, and which buttons are held. */
export const InputBit = {
  moveX: 1,
  moveZ: 2,
  yawRadians: 4,
  pitchRadians: 8,
  jump: 16,
  sprint: 32,
  strike: 64,
} as const satisfies Readonly<Record<keyof InputSample, number>>;
