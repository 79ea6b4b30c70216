import type { RangeDecoder } from "./range-decoder.ts";
import type { RangeEncoder } from "./range-encoder.ts";

/** Longer than any difference of two positions of the wire (2^25). */
export const MAX_NUMBER_BITS = 27;
/** The symbol of all lengths that 5 more bits must tell. */
const LONG = 15;

/** Bits of the magnitude, 0 for 0. */
export function bitLength(value: number): number {
  return 32 - Math.clz32(value < 0 ? -value : value);
}

/**
 * A signed number, mostly small: its length in bits as a symbol of its context (0 to 14, or 15 and the length in 5 bits), then
 * its bits below the first, and its sign, as they are: an Elias gamma code whose prefix is range coded. Returns the length.
 * |value| < 2^27.
 */
export function writeNumber(encoder: RangeEncoder, context: number, value: number): number {
  if (value === 0) {
    encoder.symbol(context, 0);
    return 0;
  }
  const magnitude = value < 0 ? -value : value;
  const length = 32 - Math.clz32(magnitude);
  const rest = ((magnitude << 1) | (value >>> 31)) & ((1 << length) - 1);
  if (length <= 12) {
    encoder.symbol(context, length);
    encoder.direct(rest, length);
    return length;
  }
  encoder.symbol(context, Math.min(length, LONG));
  if (length >= LONG) encoder.direct(length, 5);
  encoder.wide(rest, length);
  return length;
}

/** Reads what `writeNumber` wrote. Any bits give a number of at most `MAX_NUMBER_BITS` bits. */
export function readNumber(decoder: RangeDecoder, context: number): number {
  let length = decoder.symbol(context);
  if (length === 0) return 0;
  if (length === LONG) length = Math.min(MAX_NUMBER_BITS, Math.max(LONG, decoder.direct(5)));
  const rest = length <= 12 ? decoder.direct(length) : decoder.wide(length);
  const magnitude = (1 << (length - 1)) | (rest >> 1);
  return (rest & 1) === 0 ? magnitude : -magnitude;
}
