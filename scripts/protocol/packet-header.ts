// The header in front of every body, 20 bytes, little-endian. Drawn and explained in docs/protocol.md.
//
//   0        4     5     6    7     8      10    12       14  16       20
//   | "DARK" |major|minor|type|flags|length|epoch|sequence|ack|ack bits| body ...

import type { DecodeFailure } from "./decode-error.ts";
import { MessageType } from "./messages.ts";
import { PROTOCOL_MAJOR, PROTOCOL_MINOR } from "./protocol-version.ts";
import { MAX_PACKET_BYTES, MAX_UINT16, MAX_UINT32 } from "./wire-limits.ts";
import { assertInteger } from "./wire-value.ts";

export const HEADER_BYTES = 20;
/** Bytes whose meaning no version ever changes: magic, version, type, flags. */
export const FROZEN_HEADER_BYTES = 8;
export const MAX_BODY_BYTES = MAX_PACKET_BYTES - HEADER_BYTES;

const MAGIC = [0x44, 0x41, 0x52, 0x4b] as const;
const MAJOR_AT = 4;
const MINOR_AT = 5;
const TYPE_AT = 6;
const FLAGS_AT = 7;
const BODY_LENGTH_AT = 8;
const EPOCH_AT = 10;
const SEQUENCE_AT = 12;
const ACK_AT = 14;
const ACK_BITS_AT = 16;
/** A reader that does not know one of these refuses the packet; the other four it ignores. */
const CRITICAL_FLAGS = 0xf0;
const LAST_MESSAGE_TYPE = MessageType.combatCommandResult;

/** What a packet says about itself and about the packets that its sender has received. */
export interface PacketHeader {
  /** 0 while nothing was decoded or the type is not known here. */
  type: MessageType | 0;
  /** 0 until the session is open, then 1 to 65535. */
  sessionEpoch: number;
  /** Number of this packet, 0 to 65535, wrapping. */
  sequence: number;
  /** Newest sequence received from the other side; 0 with no ack bits before the first. */
  ack: number;
  /** Bit i is set when the packet `ack` - 1 - i was received too, as an unsigned 32-bit number. */
  ackBits: number;
  /** Version of the sender, 0 to 255 each; 0.0 while nothing was recognised. On write this code's own major takes its place. */
  versionMajor: number;
  /** On write 0 to `PROTOCOL_MINOR`: the session's, see `PacketSequencer`. */
  versionMinor: number;
}

/** A header of zeros, to be filled by `PacketSequencer.next` and reused. */
export function createPacketHeader(): PacketHeader {
  return { type: 0, sessionEpoch: 0, sequence: 0, ack: 0, ackBits: 0, versionMajor: 0, versionMinor: 0 };
}

/** The message type with that number, 0 if there is none. */
export function knownMessageType(type: number): MessageType | 0 {
  return type >= MessageType.hello && type <= LAST_MESSAGE_TYPE ? (type as MessageType) : 0;
}

/** Writes the header at the start of `bytes`. `bodyLength` is in bytes. Throws `RangeError` on a field out of range. */
export function writePacketHeader(
  bytes: Uint8Array,
  type: MessageType,
  header: Readonly<PacketHeader>,
  bodyLength: number,
): void {
  assertInteger(bodyLength, 0, MAX_BODY_BYTES, "body length");
  assertInteger(header.versionMinor, 0, PROTOCOL_MINOR, "header.versionMinor");
  assertInteger(header.sessionEpoch, 0, MAX_UINT16, "header.sessionEpoch");
  assertInteger(header.sequence, 0, MAX_UINT16, "header.sequence");
  assertInteger(header.ack, 0, MAX_UINT16, "header.ack");
  // Handed to a function, a number of 32 bits may go to the heap: only a wrong one is.
  if (header.ackBits >>> 0 !== header.ackBits) assertInteger(header.ackBits, 0, MAX_UINT32, "header.ackBits");
  for (let i = 0; i < MAGIC.length; i++) bytes[i] = MAGIC[i] ?? 0;
  bytes[MAJOR_AT] = PROTOCOL_MAJOR;
  bytes[MINOR_AT] = header.versionMinor;
  bytes[TYPE_AT] = type;
  bytes[FLAGS_AT] = 0;
  writeUint16(bytes, BODY_LENGTH_AT, bodyLength);
  writeUint16(bytes, EPOCH_AT, header.sessionEpoch);
  writeUint16(bytes, SEQUENCE_AT, header.sequence);
  writeUint16(bytes, ACK_AT, header.ack);
  writeUint16(bytes, ACK_BITS_AT, header.ackBits & 0xffff);
  writeUint16(bytes, ACK_BITS_AT + 2, header.ackBits >>> 16);
}

/**
 * Checks everything about a packet that can be checked without its body, and fills `header`.
 * For a packet of another major version the result is `false` with "bad_version", and type and version are filled
 * nevertheless: that much stays readable for ever.
 */
export function readPacketHeader(bytes: Uint8Array, header: PacketHeader, failure: DecodeFailure): boolean {
  clearHeader(header);
  const length = bytes.length;
  if (length > MAX_PACKET_BYTES) return failure.set("too_long", "packet", `at most ${MAX_PACKET_BYTES} bytes`, length);
  if (length < FROZEN_HEADER_BYTES) {
    return failure.set("too_short", "packet", `at least ${HEADER_BYTES} bytes of header`, length);
  }
  for (let i = 0; i < MAGIC.length; i++) {
    if (bytes[i] !== MAGIC[i]) return failure.set("bad_magic", `byte ${i}`, `${MAGIC[i]} of "DARK"`, byteAt(bytes, i));
  }
  header.versionMajor = byteAt(bytes, MAJOR_AT);
  header.versionMinor = byteAt(bytes, MINOR_AT);
  const type = byteAt(bytes, TYPE_AT);
  header.type = knownMessageType(type);
  if (header.versionMajor !== PROTOCOL_MAJOR) {
    const came = `${header.versionMajor}.${header.versionMinor}`;
    return failure.set("bad_version", "protocol version", `${PROTOCOL_MAJOR}.x`, came);
  }
  if (length < HEADER_BYTES)
    return failure.set("too_short", "packet", `at least ${HEADER_BYTES} bytes of header`, length);
  if (header.type === 0) return failure.set("bad_type", "message type", `1 to ${LAST_MESSAGE_TYPE}`, type);
  const critical = byteAt(bytes, FLAGS_AT) & CRITICAL_FLAGS;
  if (critical !== 0) return failure.set("bad_flags", "flags 4 to 7", "none that version 1.3 knows", critical);
  const bodyLength = readUint16(bytes, BODY_LENGTH_AT);
  if (bodyLength !== length - HEADER_BYTES) {
    return failure.set("bad_length", "body length", `${length - HEADER_BYTES}, the bytes that came`, bodyLength);
  }
  header.sessionEpoch = readUint16(bytes, EPOCH_AT);
  header.sequence = readUint16(bytes, SEQUENCE_AT);
  header.ack = readUint16(bytes, ACK_AT);
  header.ackBits = (readUint16(bytes, ACK_BITS_AT) | (readUint16(bytes, ACK_BITS_AT + 2) << 16)) >>> 0;
  return true;
}

function clearHeader(header: PacketHeader): void {
  header.type = 0;
  header.sessionEpoch = 0;
  header.sequence = 0;
  header.ack = 0;
  header.ackBits = 0;
  header.versionMajor = 0;
  header.versionMinor = 0;
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

function readUint16(bytes: Uint8Array, at: number): number {
  return byteAt(bytes, at) | (byteAt(bytes, at + 1) << 8);
}

function writeUint16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value & 0xff;
  bytes[at + 1] = value >>> 8;
}
