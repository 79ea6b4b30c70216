import { Button, type InputCommand } from "../protocol/messages.ts";
import { createInputSample, type InputSample } from "./input-sample.ts";

const YAW_STEPS = 65536;
const PITCH_STEPS = 16384;
const MOVE_STEPS = 127;

/** Wish to move -1 to 1 as -127 to 127; what is no number wishes for nothing. */
export function quantizeMove(value: number): number {
  if (Number.isNaN(value)) return 0;
  // `+ 0` turns -0 into 0, so that both ends compare equal.
  return Math.round(Math.min(Math.max(value, -1), 1) * MOVE_STEPS) + 0;
}

/** Any angle in radians as 0 to 65535 for a full turn. */
export function quantizeYaw(radians: number): number {
  if (!Number.isFinite(radians)) return 0;
  const turns = radians / (2 * Math.PI);
  return Math.round((turns - Math.floor(turns)) * YAW_STEPS) % YAW_STEPS;
}

/** Radians from straight down to straight up as -16384 to 16384. */
export function quantizePitch(radians: number): number {
  if (Number.isNaN(radians)) return 0;
  return Math.round(Math.min(Math.max(radians / (Math.PI / 2), -1), 1) * PITCH_STEPS) + 0;
}

/** Turns what frames saw into one command per tick, however many ticks a frame has. A press of jump waits for the next tick. */
export class InputSampler {
  readonly #sample: InputSample = createInputSample();
  #jumpWaits = false;

  /** Takes in this frame's input. */
  look(sample: InputSample): void {
    const own = this.#sample;
    own.moveX = sample.moveX;
    own.moveZ = sample.moveZ;
    own.yawRadians = sample.yawRadians;
    own.pitchRadians = sample.pitchRadians;
    own.jump = sample.jump;
    own.sprint = sample.sprint;
    if (sample.jump) this.#jumpWaits = true;
  }

  /** Fills the command of a tick without using up a waiting press. */
  peek(tick: number, out: InputCommand): void {
    const sample = this.#sample;
    out.tick = tick;
    out.moveX = quantizeMove(sample.moveX);
    out.moveZ = quantizeMove(sample.moveZ);
    out.yaw = quantizeYaw(sample.yawRadians);
    out.pitch = quantizePitch(sample.pitchRadians);
    out.buttons = (sample.jump || this.#jumpWaits ? Button.jump : 0) | (sample.sprint ? Button.sprint : 0);
  }

  /** Fills the command of a tick; a press that waited is in it and waits no more. */
  take(tick: number, out: InputCommand): void {
    this.peek(tick, out);
    this.#jumpWaits = false;
  }
}
