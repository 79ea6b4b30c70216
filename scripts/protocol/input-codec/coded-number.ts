import type { BitReader } from "./bit-reader.ts";
import type { BitWriter } from "./bit-writer.ts";
import type { PrefixCode } from "./prefix-code.ts";

/** The length of -32768, which no other number of 16 bits has. */
const LOWEST_BITS = 16;

/** The number that 16 bits are, as a signed one. */
export function toSigned16(value: number): number {
  return (value << 16) >> 16;
}

/** Writes a natural number below 2^32: its length in bits as a symbol, then its bits below the first. */
export function writeNatural(writer: BitWriter, code: PrefixCode, value: number): void {
  const length = 32 - Math.clz32(value);
  writer.symbol(code, length);
  if (length > 1) writer.wide(value, length - 1);
}

export function readNatural(reader: BitReader, code: PrefixCode): number {
  const length = reader.symbol(code);
  if (length === 0) return 0;
  return ((1 << (length - 1)) | reader.wide(length - 1)) >>> 0;
}

/** Writes a signed number of 16 bits: the length of its magnitude as a symbol, its sign, the bits below the first. Returns the length. */
export function writeSigned(writer: BitWriter, code: PrefixCode, value: number): number {
  const magnitude = Math.abs(value);
  const length = 32 - Math.clz32(magnitude);
  writer.symbol(code, length);
  if (length === 0 || length === LOWEST_BITS) return length;
  writer.bits(value < 0 ? 1 : 0, 1);
  writer.bits(magnitude, length - 1);
  return length;
}

export function readSigned(reader: BitReader, code: PrefixCode): number {
  const length = reader.symbol(code);
  if (length === 0) return 0;
  if (length === LOWEST_BITS) return -32768;
  const negative = reader.bits(1) === 1;
  const magnitude = (1 << (length - 1)) | reader.bits(length - 1);
  return negative ? -magnitude : magnitude;
}
