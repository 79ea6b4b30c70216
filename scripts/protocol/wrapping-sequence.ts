// Arithmetic of 16-bit sequence numbers that wrap from 65535 to 0 (RFC 1982, serial number arithmetic, SERIAL_BITS = 16).

export const SEQUENCE_COUNT = 65_536;

/** The number after `sequence`. */
export function nextSequence(sequence: number): number {
  return (sequence + 1) & 0xffff;
}

/**
 * How far `a` is ahead of `b`: -32768 to 32767, negative when `a` is older. Right as long as the two are less than half
 * the circle apart; at exactly half, `a` counts as older.
 */
export function sequenceDifference(a: number, b: number): number {
  return ((a - b) << 16) >> 16;
}
