import type { Input, InputCommand } from "../messages.ts";
import { MAX_MOVE } from "../wire-limits.ts";
import type { BitWriter } from "./bit-writer.ts";
import { toSigned16, writeNatural, writeSigned } from "./coded-number.ts";
import { ANY_BUTTONS_SYMBOL, Change, CODES, KEYFRAME_NEEDED_SYMBOL, MoveSymbol, turnCode } from "./input-codes.ts";
import type { PrefixCode } from "./prefix-code.ts";

type Angle = "yaw" | "pitch";

/** Writes what the body of an `InputDelta` says, newest command first. `input` is known to be valid. */
export function writeInputBody(writer: BitWriter, input: Readonly<Input>): void {
  const count = input.commandCount;
  if (input.keyframeNeeded) writer.symbol(CODES.count, KEYFRAME_NEEDED_SYMBOL);
  writer.symbol(CODES.count, count);
  const newest = count === 0 ? undefined : input.commands[count - 1];
  if (newest === undefined) {
    writer.wide(input.ackServerTick, 32);
    return;
  }
  writeNatural(writer, CODES.tick, newest.tick);
  writeNatural(writer, CODES.ack, (newest.tick - input.ackServerTick) >>> 0);
  writer.bits(newest.yaw, 16);
  writeSigned(writer, CODES.pitch, newest.pitch);
  writeControls(writer, newest);
  if (count === 1) return;
  const changes = findChanges(input);
  writer.symbol(CODES.changes, changes);
  if ((changes & Change.controls) !== 0) writeOlderControls(writer, input);
  if ((changes & Change.yaw) !== 0) writeOlderAngles(writer, input, "yaw");
  if ((changes & Change.pitch) !== 0) writeOlderAngles(writer, input, "pitch");
}

function findChanges(input: Readonly<Input>): number {
  let changes = 0;
  for (let i = 1; i < input.commandCount; i++) {
    const older = input.commands[i - 1];
    const newer = input.commands[i];
    if (older === undefined || newer === undefined) break;
    if (!haveSameControls(older, newer)) changes |= Change.controls;
    if (older.yaw !== newer.yaw) changes |= Change.yaw;
    if (older.pitch !== newer.pitch) changes |= Change.pitch;
  }
  return changes;
}

function haveSameControls(a: Readonly<InputCommand>, b: Readonly<InputCommand>): boolean {
  return a.moveX === b.moveX && a.moveZ === b.moveZ && a.buttons === b.buttons;
}

function writeOlderControls(writer: BitWriter, input: Readonly<Input>): void {
  for (let i = input.commandCount - 1; i > 0; i--) {
    const older = input.commands[i - 1];
    const newer = input.commands[i];
    if (older === undefined || newer === undefined) return;
    const differs = !haveSameControls(older, newer);
    writer.bits(differs ? 1 : 0, 1);
    if (differs) writeControls(writer, older);
  }
}

/** The guess is that the angle goes on turning; what is off is written. */
function writeOlderAngles(writer: BitWriter, input: Readonly<Input>, angle: Angle): void {
  const last = input.commandCount - 1;
  let turn = 0;
  let lengthBefore = 0;
  let length = 0;
  for (let step = 1; step <= last; step++) {
    const older = input.commands[last - step];
    const newer = input.commands[last - step + 1];
    if (older === undefined || newer === undefined) return;
    // By name, not by key: where the engine keeps an angle as a double, a load by key puts it on the heap.
    const nextTurn = toSigned16(angle === "yaw" ? older.yaw - newer.yaw : older.pitch - newer.pitch);
    const code = turnCode(step, length, lengthBefore);
    lengthBefore = length;
    length = writeSigned(writer, code, toSigned16(nextTurn - turn));
    // The first says how fast the turn is, not how far off a guess was.
    if (step === 1) length = 0;
    turn = nextTurn;
  }
}

function writeControls(writer: BitWriter, command: Readonly<InputCommand>): void {
  writeMove(writer, CODES.moveX, command.moveX);
  writeMove(writer, CODES.moveZ, command.moveZ);
  if (command.buttons < ANY_BUTTONS_SYMBOL) writer.symbol(CODES.buttons, command.buttons);
  else {
    // Buttons that came after the code was fixed.
    writer.symbol(CODES.buttons, ANY_BUTTONS_SYMBOL);
    writer.bits(command.buttons, 8);
  }
}

function writeMove(writer: BitWriter, code: PrefixCode, move: number): void {
  if (move === 0) writer.symbol(code, MoveSymbol.none);
  else if (move === -MAX_MOVE) writer.symbol(code, MoveSymbol.least);
  else if (move === MAX_MOVE) writer.symbol(code, MoveSymbol.most);
  else {
    writer.symbol(code, MoveSymbol.any);
    writer.bits(move, 8);
  }
}
