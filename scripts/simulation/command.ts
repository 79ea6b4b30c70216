import { Button, type InputCommand } from "../protocol/messages.ts";
import { MOVE_AXIS_MAX, PITCH_MAX, YAW_STEPS_PER_TURN } from "./constants.ts";

const TICK_MAX = 0xffffffff;
const BUTTON_MASK = Button.jump | Button.sprint | Button.dash;

function isWhole(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

function clampWhole(value: number, min: number, max: number): number {
  if (Number.isNaN(value)) return 0;
  return Math.min(max, Math.max(min, Math.trunc(value))) + 0;
}

/** A command that wants nothing: standing, looking to -z. */
export function createCommand(): InputCommand {
  return { tick: 0, moveX: 0, moveZ: 0, yaw: 0, pitch: 0, buttons: 0 };
}

/** Whether every field is a whole number in its range and only known buttons are pressed. */
export function isValidCommand(command: Readonly<InputCommand>): boolean {
  return (
    isWhole(command.tick, 0, TICK_MAX) &&
    isWhole(command.moveX, -MOVE_AXIS_MAX, MOVE_AXIS_MAX) &&
    isWhole(command.moveZ, -MOVE_AXIS_MAX, MOVE_AXIS_MAX) &&
    isWhole(command.yaw, 0, YAW_STEPS_PER_TURN - 1) &&
    isWhole(command.pitch, -PITCH_MAX, PITCH_MAX) &&
    isWhole(command.buttons, 0, BUTTON_MASK)
  );
}

/**
 * Makes any command valid, in place: what is out of range goes to the nearest end of it, what is not a number to 0,
 * yaw is taken modulo a turn, unknown buttons are released. A valid command stays as it is.
 * A diagonal is no faster than a straight line without this: `stepMovement` normalizes the wish itself.
 */
export function sanitizeCommand(command: InputCommand): void {
  command.tick = clampWhole(command.tick, 0, TICK_MAX);
  command.moveX = clampWhole(command.moveX, -MOVE_AXIS_MAX, MOVE_AXIS_MAX);
  command.moveZ = clampWhole(command.moveZ, -MOVE_AXIS_MAX, MOVE_AXIS_MAX);
  command.yaw = command.yaw & (YAW_STEPS_PER_TURN - 1);
  command.pitch = clampWhole(command.pitch, -PITCH_MAX, PITCH_MAX);
  command.buttons = command.buttons & BUTTON_MASK;
}
