// What an input may say, whatever its bytes look like: one set of rules for every codec that writes or reads one.

import type { DecodeFailure } from "./decode-error.ts";
import { type Input, type InputCommand, MAX_COMMANDS_PER_INPUT } from "./messages.ts";
import { KNOWN_BUTTONS, MAX_MOVE, MAX_PITCH, MAX_UINT16, MAX_UINT32 } from "./wire-limits.ts";
import { assertInteger } from "./wire-value.ts";

/** Holds the writer to the rules. Throws `RangeError` on a value that the wire cannot carry, and on ticks that are not consecutive. */
export function assertInput(message: Readonly<Input>): void {
  const count = message.commandCount;
  assertInteger(count, 0, MAX_COMMANDS_PER_INPUT, "input.commandCount");
  assertInteger(message.ackServerTick, 0, MAX_UINT32, "input.ackServerTick");
  if (count === 0) return;
  const firstTick = message.commands[0]?.tick ?? Number.NaN;
  assertInteger(firstTick, 1, MAX_UINT32 - (count - 1), "input.commands[0].tick");
  for (let i = 0; i < count; i++) assertCommand(message, i, firstTick + i);
}

function assertCommand(message: Readonly<Input>, i: number, tick: number): void {
  const command = message.commands[i];
  if (command === undefined) throw new RangeError(`input.commands: expected ${message.commandCount} of them, got ${i}`);
  if (command.tick !== tick) {
    throw new RangeError(`input.commands[${i}].tick: expected ${tick}, one more than before, got ${command.tick}`);
  }
  assertInteger(command.moveX, -MAX_MOVE, MAX_MOVE, "input.commands[].moveX", i);
  assertInteger(command.moveZ, -MAX_MOVE, MAX_MOVE, "input.commands[].moveZ", i);
  assertInteger(command.yaw, 0, MAX_UINT16, "input.commands[].yaw", i);
  assertInteger(command.pitch, -MAX_PITCH, MAX_PITCH, "input.commands[].pitch", i);
  assertInteger(command.buttons, 0, KNOWN_BUTTONS, "input.commands[].buttons", i);
}

/** Whether `count` commands, at least one, may begin at this tick. */
export function checkFirstTick(firstTick: number, count: number, failure: DecodeFailure): boolean {
  if (firstTick >= 1 && firstTick <= MAX_UINT32 - (count - 1)) return true;
  return failure.set("out_of_range", "Input.first_tick", `1 to ${MAX_UINT32 - (count - 1)}`, firstTick);
}

/** Whether a command that was read is one; clears the buttons that nobody knows. Yaw is any of 16 bits. */
export function checkCommand(command: InputCommand, failure: DecodeFailure): boolean {
  command.buttons &= KNOWN_BUTTONS;
  if (Math.abs(command.pitch) > MAX_PITCH) {
    return failure.set("out_of_range", "Command.pitch", `-${MAX_PITCH} to ${MAX_PITCH}`, command.pitch);
  }
  // Only -128 is outside.
  if (Math.abs(command.moveX) > MAX_MOVE) return badMove("Command.move_x", command.moveX, failure);
  if (Math.abs(command.moveZ) > MAX_MOVE) return badMove("Command.move_z", command.moveZ, failure);
  return true;
}

function badMove(subject: string, value: number, failure: DecodeFailure): false {
  return failure.set("out_of_range", subject, `-${MAX_MOVE} to ${MAX_MOVE}`, value);
}
