import type { Input, InputCommand } from "../../../scripts/protocol/messages.ts";

/** What every player wanted in every tick: value of player p in tick t at index p * ticks + t. */
export interface CommandTrace {
  players: number;
  ticks: number;
  moveX: Int8Array;
  moveZ: Int8Array;
  yaw: Uint16Array;
  pitch: Int16Array;
  buttons: Uint8Array;
}

/** A trace in which nobody wants anything. */
export function createCommandTrace(players: number, ticks: number): CommandTrace {
  const length = players * ticks;
  return {
    players,
    ticks,
    moveX: new Int8Array(length),
    moveZ: new Int8Array(length),
    yaw: new Uint16Array(length),
    pitch: new Int16Array(length),
    buttons: new Uint8Array(length),
  };
}

/** Writes down one command. */
export function noteCommand(trace: CommandTrace, player: number, tick: number, command: Readonly<InputCommand>): void {
  const at = player * trace.ticks + tick;
  trace.moveX[at] = command.moveX;
  trace.moveZ[at] = command.moveZ;
  trace.yaw[at] = command.yaw;
  trace.pitch[at] = command.pitch;
  trace.buttons[at] = command.buttons;
}

/** Fills an `Input` with `count` commands of a player, the newest of them that of `tick`. `firstTick`: of the trace, as the wire says it. */
export function fillInput(
  input: Input,
  trace: CommandTrace,
  player: number,
  tick: number,
  count: number,
  firstTick: number,
): void {
  input.commandCount = count;
  for (let i = 0; i < count; i++) {
    const command = input.commands[i];
    if (command === undefined) throw new RangeError(`expected up to ${input.commands.length} commands, got ${count}`);
    const from = tick - count + 1 + i;
    const at = player * trace.ticks + from;
    command.tick = firstTick + from;
    command.moveX = trace.moveX[at] ?? 0;
    command.moveZ = trace.moveZ[at] ?? 0;
    command.yaw = trace.yaw[at] ?? 0;
    command.pitch = trace.pitch[at] ?? 0;
    command.buttons = trace.buttons[at] ?? 0;
  }
}
