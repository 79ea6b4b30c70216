import { PrefixCode } from "./prefix-code.ts";
import { TRAINED_LENGTHS } from "./trained-lengths.ts";

// The codes of an InputDelta: rules P101 and P104 to P108 of docs/protocol.md. They are part of the wire format.

/** Symbol of `CODES.count`, after the numbers of commands: a keyframe is needed, and the number follows. */
export const KEYFRAME_NEEDED_SYMBOL = 17;
/** Symbols of `CODES.moveX` and `CODES.moveZ`: full wish one way, the other way, none; or any, of which 8 bits follow. */
export const MoveSymbol = { none: 0, least: 1, most: 2, any: 3 } as const;
/** Symbol of `CODES.buttons`, after the four masks of known buttons: any mask, of which 8 bits follow. */
export const ANY_BUTTONS_SYMBOL = 4;
/** Bits of a symbol of `CODES.changes`: what is not the same in all commands of the packet. */
export const Change = { controls: 1, yaw: 2, pitch: 4 } as const;

export const CODES = {
  count: new PrefixCode(TRAINED_LENGTHS.count),
  /** Lengths of natural numbers, 0 to 32 bits. */
  tick: new PrefixCode(TRAINED_LENGTHS.tick),
  ack: new PrefixCode(TRAINED_LENGTHS.ack),
  moveX: new PrefixCode(TRAINED_LENGTHS.moveX),
  moveZ: new PrefixCode(TRAINED_LENGTHS.moveZ),
  buttons: new PrefixCode(TRAINED_LENGTHS.buttons),
  changes: new PrefixCode(TRAINED_LENGTHS.changes),
  /** Lengths of signed numbers, 0 to 16 bits. */
  pitch: new PrefixCode(TRAINED_LENGTHS.pitch),
} as const;

/** Lengths of changes of turn, 0 to 16 bits, by what came before: see `turnCode`. */
export const TURN_CODES = TRAINED_LENGTHS.turns.map((lengths) => new PrefixCode(lengths));

/**
 * The code of the length of a change of turn. `step`: 1 for the newest but one command, and so on. `length`, `lengthBefore`: bits of the
 * two changes before, 0 for those of step 1 and earlier. How a hand has been turning says how far off the guess will be.
 */
export function turnCode(step: number, length: number, lengthBefore: number): PrefixCode {
  const code = TURN_CODES[step < 3 ? step - 1 : 2 + lengthGroup(Math.max(length, lengthBefore))];
  if (code === undefined) throw new RangeError(`expected a code for each kind of turn, got ${TURN_CODES.length} codes`);
  return code;
}

function lengthGroup(bits: number): number {
  return bits === 0 ? 0 : bits <= 2 ? 1 : bits <= 5 ? 2 : bits <= 8 ? 3 : 4;
}
