// The part of a SnapshotDelta's body before the codec's packet: what it says about the receiver itself. Rule P80 of docs/protocol.md.

/** Bits of the first byte. Whatever is said to follow, follows in this order. */
export const DeltaBit = { grounded: 1, velocity: 2, airTicks: 4, jumpCooldown: 8 } as const;

/** At its longest: bits, buffer, yaw, and seven numbers of at most 5 bytes, two counters. */
export const MAX_OWN_REPORT_BYTES = 1 + 1 + 2 + 7 * 5 + 2;
/** Bytes of the codec's packet that are read here: snapshot number (2) and tick (4). */
export const CODEC_TICK_AT = 2;

/** Small numbers of either sign as small ones without: 0, -1, 1, -2, ... */
export function toUnsigned(value: number): number {
  return ((value << 1) ^ (value >> 31)) >>> 0;
}

export function toSigned(value: number): number {
  return (value >>> 1) ^ -(value & 1);
}
