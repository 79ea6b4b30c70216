/**
 * A recording is a head and then chunks, all numbers little-endian:
 *
 *     head   8 bytes  89 44 41 52 45 43 0d 0a ("\x89DAREC\r\n": a copy made as text is noticed)
 *            u16      major version: another one cannot be read
 *            u16      minor version: what is unknown is skipped
 *            u32      0
 *     chunk  u32      "CHNK"
 *            u32      bytes of the payload, 1 to 1 MiB
 *            u32      number of the chunk's first event, counted from 0
 *            u32      CRC-32 of the payload
 *            payload  whole events
 *     event  u8       kind, see `EventKind`
 *            varint   bytes of the body, up to 520 KiB
 *            body
 *
 * A varint is 7 bits per byte, the lowest first, the top bit set on all but the last; at most 2^53 - 1. A text is a varint with its
 * bytes and UTF-8. The first event is `start`. A file that ends anywhere is readable up to its last whole chunk.
 */
export const MAGIC = Uint8Array.of(0x89, 0x44, 0x41, 0x52, 0x45, 0x43, 0x0d, 0x0a);
export const FORMAT_MAJOR = 1;
export const FORMAT_MINOR = 1;
export const HEAD_BYTES = 16;
export const CHUNK_MARK = 0x4b4e_4843;
export const CHUNK_HEAD_BYTES = 16;
export const MAX_CHUNK_BYTES = 1024 * 1024;
/** A message of the transport, up to 512 KiB, and what stands around it. */
export const MAX_EVENT_BYTES = 520 * 1024;
/** Longest text in a body, bytes; longer ones are cut when they are recorded. */
export const MAX_TEXT_BYTES = 65_535;
/** A recording ends there, and a longer file is not read. */
export const MAX_RECORDING_BYTES = 2 ** 30;
/** Longest zone file that is kept in a recording, bytes, and the part of it that one event holds. */
export const MAX_ZONE_BYTES = 16 * 1024 * 1024;
export const ZONE_PART_BYTES = 256 * 1024;
/** Different zone files in one recording. */
export const MAX_ZONES = 4;

/** What an event is. Numbers are never given to anything else. */
export const EventKind = {
  /** How the client was made, JSON. */
  start: 1,
  /** What the owner of the client called. */
  connect: 2,
  disconnect: 3,
  dispose: 4,
  frame: 5,
  /** What the transport told. */
  opened: 6,
  received: 7,
  closed: 8,
  /** What the client did with the transport, and what that returned. */
  dialled: 9,
  sent: 10,
  hungUp: 11,
  statistics: 12,
  /** A random number that was drawn. */
  random: 13,
  /** A zone file that was asked for, its coming later, and its bytes. */
  zoneAsked: 14,
  zoneCame: 15,
  zonePart: 16,
  /** What the client had come to, once a second. */
  stateHash: 17,
  end: 18,
  /** What the player wants of a fight, JSON. Since 1.1. */
  intent: 19,
} as const;
export type EventKind = (typeof EventKind)[keyof typeof EventKind];
