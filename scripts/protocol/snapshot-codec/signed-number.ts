import type { RangeDecoder } from "./range-decoder.ts";
import type { RangeEncoder } from "./range-encoder.ts";

/** Longer than any difference of two positions of the wire (2^25). */
export const MAX_NUMBER_BITS = 27;
/** What the tree of lengths says when 5 more bits say the length. */
const LONG = 15;

/** Bits of the magnitude, 0 for 0. */
export function bitLength(value: number): number {
  return 32 - Math.clz32(value < 0 ? -value : value);
}

/**
 * A signed number, mostly small: is it 0; its length by an adaptive tree of 4 bits (1 to 14, or 15 and five more); then its
 * bits below the first, and its sign, as they are. An adaptive Elias gamma code, so to speak. Takes `NUMBER_CONTEXTS`
 * contexts from `context` on. Returns the length in bits. |value| < 2^27.
 */
export function writeNumber(encoder: RangeEncoder, context: number, value: number): number {
  if (encoder.bit(context, value === 0 ? 0 : 1) === 0) return 0;
  const magnitude = value < 0 ? -value : value;
  const length = 32 - Math.clz32(magnitude);
  const group = Math.min(length, LONG);
  const a = 2 | encoder.bit(context + 1, (group >> 3) & 1);
  const b = (a << 1) | encoder.bit(context + a, (group >> 2) & 1);
  const c = (b << 1) | encoder.bit(context + b, (group >> 1) & 1);
  encoder.bit(context + c, group & 1);
  if (group === LONG) encoder.direct(length - LONG, 5);
  const rest = ((magnitude << 1) | (value < 0 ? 1 : 0)) & ((1 << length) - 1);
  if (length <= 12) encoder.direct(rest, length);
  else encoder.wide(rest, length);
  return length;
}

/** Reads what `writeNumber` wrote. Any bits give a number of at most `MAX_NUMBER_BITS` bits. */
export function readNumber(decoder: RangeDecoder, context: number): number {
  if (decoder.bit(context) === 0) return 0;
  const a = 2 | decoder.bit(context + 1);
  const b = (a << 1) | decoder.bit(context + a);
  const c = (b << 1) | decoder.bit(context + b);
  let length = ((c << 1) | decoder.bit(context + c)) & 15;
  if (length === LONG) length = Math.min(MAX_NUMBER_BITS, LONG + decoder.direct(5));
  if (length === 0) return 0;
  const rest = length <= 12 ? decoder.direct(length) : decoder.wide(length);
  const magnitude = (1 << (length - 1)) | (rest >> 1);
  return (rest & 1) === 0 ? magnitude : -magnitude;
}
