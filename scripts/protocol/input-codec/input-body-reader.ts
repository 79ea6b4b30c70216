import type { DecodeFailure } from "../decode-error.ts";
import { checkCommand, checkFirstTick } from "../input-rules.ts";
import { type Input, type InputCommand, MAX_COMMANDS_PER_INPUT } from "../messages.ts";
import { MAX_MOVE } from "../wire-limits.ts";
import type { BitReader } from "./bit-reader.ts";
import { readNatural, readSigned, toSigned16 } from "./coded-number.ts";
import { ANY_BUTTONS_SYMBOL, Change, CODES, KEYFRAME_NEEDED_SYMBOL, MoveSymbol, turnCode } from "./input-codes.ts";
import type { PrefixCode } from "./prefix-code.ts";

type Angle = "yaw" | "pitch";

/** Fills `out` with what a body says. `out.commands` has all its slots. Whatever is wrong is left in `failure`. */
export function readInputBody(reader: BitReader, out: Input, failure: DecodeFailure): boolean {
  out.commandCount = 0;
  let count = reader.symbol(CODES.count);
  out.keyframeNeeded = count === KEYFRAME_NEEDED_SYMBOL;
  if (out.keyframeNeeded) count = reader.symbol(CODES.count);
  if (count > MAX_COMMANDS_PER_INPUT) {
    return failure.set("out_of_range", "InputDelta", "that it says once that a keyframe is needed", "twice");
  }
  const newestTick = readCommands(reader, out, count);
  if (reader.exhausted) return failure.set("bad_structure", "InputDelta", "more bits", "the end of the body");
  if (!reader.finished) {
    return failure.set("bad_structure", "InputDelta", "up to 7 zero bits after what it says", "others or more");
  }
  return count === 0 || checkCommands(out, count, newestTick - (count - 1), failure);
}

/** Returns the tick of the newest command, 0 where there is none. Does bounded work for any bits. */
function readCommands(reader: BitReader, out: Input, count: number): number {
  const newest = count === 0 ? undefined : out.commands[count - 1];
  if (newest === undefined) {
    out.ackServerTick = reader.wide(32);
    return 0;
  }
  const newestTick = readNatural(reader, CODES.tick);
  out.ackServerTick = (newestTick - readNatural(reader, CODES.ack)) >>> 0;
  newest.yaw = reader.bits(16);
  newest.pitch = readSigned(reader, CODES.pitch);
  readControls(reader, newest);
  const changes = count > 1 ? reader.symbol(CODES.changes) : 0;
  readOlderControls(reader, out, count, (changes & Change.controls) !== 0);
  readOlderAngles(reader, out, count, "yaw", (changes & Change.yaw) !== 0);
  readOlderAngles(reader, out, count, "pitch", (changes & Change.pitch) !== 0);
  return newestTick;
}

function checkCommands(out: Input, count: number, firstTick: number, failure: DecodeFailure): boolean {
  if (!checkFirstTick(firstTick, count, failure)) return false;
  for (let i = 0; i < count; i++) {
    const command = out.commands[i];
    if (command === undefined || !checkCommand(command, failure)) return false;
    command.tick = firstTick + i;
  }
  out.commandCount = count;
  return true;
}

function readOlderControls(reader: BitReader, out: Input, count: number, change: boolean): void {
  for (let i = count - 1; i > 0; i--) {
    const older = out.commands[i - 1];
    const newer = out.commands[i];
    if (older === undefined || newer === undefined) return;
    if (change && reader.bits(1) === 1) readControls(reader, older);
    else {
      older.moveX = newer.moveX;
      older.moveZ = newer.moveZ;
      older.buttons = newer.buttons;
    }
  }
}

function readOlderAngles(reader: BitReader, out: Input, count: number, angle: Angle, changes: boolean): void {
  let turn = 0;
  let lengthBefore = 0;
  let length = 0;
  for (let step = 1; step < count; step++) {
    const older = out.commands[count - 1 - step];
    const newer = out.commands[count - step];
    if (older === undefined || newer === undefined) return;
    if (changes) {
      const off = readSigned(reader, turnCode(step, length, lengthBefore));
      turn = toSigned16(turn + off);
      lengthBefore = length;
      length = step === 1 ? 0 : 32 - Math.clz32(Math.abs(off));
    }
    if (angle === "yaw") older.yaw = (newer.yaw + turn) & 0xffff;
    else older.pitch = toSigned16(newer.pitch + turn);
  }
}

function readControls(reader: BitReader, command: InputCommand): void {
  command.moveX = readMove(reader, CODES.moveX);
  command.moveZ = readMove(reader, CODES.moveZ);
  const buttons = reader.symbol(CODES.buttons);
  command.buttons = buttons === ANY_BUTTONS_SYMBOL ? reader.bits(8) : buttons;
}

function readMove(reader: BitReader, code: PrefixCode): number {
  switch (reader.symbol(code)) {
    case MoveSymbol.none:
      return 0;
    case MoveSymbol.least:
      return -MAX_MOVE;
    case MoveSymbol.most:
      return MAX_MOVE;
    default:
      return (reader.bits(8) << 24) >> 24;
  }
}
