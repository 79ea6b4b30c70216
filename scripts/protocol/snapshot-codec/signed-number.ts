import type { RangeDecoder } from "./range-decoder.ts";
import type { RangeEncoder } from "./range-encoder.ts";

/** Longer than any difference of two positions of the wire (2^25). */
export const MAX_NUMBER_BITS = 27;
/** The symbol of all lengths that 5 more bits must tell. */
const LONG = 15;

/**
 * A signed number, mostly small: its length in bits as a symbol of its context (0 to 14, or 15 and the length in 5 bits), then
 * its bits below the first, and its sign, as they are: an Elias gamma code whose prefix is range coded. |value| < 2^27.
 */
export function writeNumber(encoder: RangeEncoder, context: number, value: number): void {
  const magnitude = Math.abs(value);
  const length = 32 - Math.clz32(magnitude);
  const rest = ((magnitude << 1) | (value >>> 31)) & ((1 << length) - 1);
  if (length <= 12) {
    encoder.symbol(context, length);
    encoder.direct(rest, length);
    return;
  }
  encoder.symbol(context, Math.min(length, LONG));
  if (length >= LONG) encoder.direct(length, 5);
  encoder.wide(rest, length);
}

/** Reads what `writeNumber` wrote. Any bits give a number of at most `MAX_NUMBER_BITS` bits. */
export function readNumber(decoder: RangeDecoder, context: number): number {
  const length = decoder.symbol(context);
  if (length > 12) return readLong(decoder, length);
  const rest = decoder.direct(length);
  // Without a branch: the sign is the one bit of it all that is a coin toss.
  const sign = (0 - (rest & 1)) | 0;
  return (((((1 << length) >> 1) | (rest >> 1)) ^ sign) - sign) | 0;
}

function readLong(decoder: RangeDecoder, symbol: number): number {
  const length = symbol === LONG ? Math.min(MAX_NUMBER_BITS, Math.max(LONG, decoder.direct(5))) : symbol;
  const rest = decoder.wide(length);
  const magnitude = (1 << (length - 1)) | (rest >> 1);
  return (rest & 1) === 0 ? magnitude : -magnitude;
}
