// `protocol_v1`: one MessagePack value a packet, readable by any tool. Rules P90 to P99 of docs/protocol.md.
//
//   [ 1, "ping", 4711, { sent_at_ms: 123456 } ]
//     |    |      |      the fields of the message's schema, by name
//     |    |      session epoch, 0 before the session is open
//     |    name of the message
//     major version

import { Decoder } from "@msgpack/msgpack";
import { type DecodeError, DecodeFailure } from "../decode-error.ts";
import type { DecodedMessages } from "../decoded-messages.ts";
import type { MessageType } from "../messages.ts";
import type { PacketHeader } from "../packet-header.ts";
import { PROTOCOL_MAJOR } from "../protocol-version.ts";
import { MAX_PACKET_BYTES, MAX_UINT16 } from "../wire-limits.ts";
import { LegacyBodyDecoder } from "./legacy-body-decoder.ts";
import { legacyType, MAX_NAME_BYTES } from "./legacy-names.ts";
import { MAX_VALUES, MessagePackGuard } from "./message-pack-guard.ts";

const PACKET_ELEMENTS = 4;

/** Whether a packet begins as a MessagePack list or map does. A packet of the other codec begins with "D", which stands for 68. */
export function isLegacyPacket(bytes: Uint8Array): boolean {
  const head = bytes[0] ?? 0;
  return (head >= 0x80 && head <= 0x9f) || (head >= 0xdc && head <= 0xdf);
}

/**
 * Turns packets of `protocol_v1` into the messages that it was given, in place. Takes any bytes and never throws; what it
 * allocates is bounded by the packet. After an error the messages' contents mean nothing.
 */
export class LegacyDecoder {
  readonly #header: PacketHeader;
  readonly #failure = new DecodeFailure();
  readonly #guard = new MessagePackGuard(this.#failure);
  readonly #bodies: LegacyBodyDecoder;
  readonly #text = new TextDecoder();
  // Texts come as bytes: the library takes malformed ones, and drops a byte order mark. Without its cache of keys nothing
  // of a packet is kept. Its limits are those that the guard has checked.
  readonly #library = new Decoder({
    rawStrings: true,
    keyDecoder: null,
    maxStrLength: MAX_PACKET_BYTES,
    maxBinLength: MAX_PACKET_BYTES,
    maxArrayLength: MAX_VALUES,
    maxMapLength: MAX_VALUES,
    maxExtLength: 0,
  });

  /** `header` gets type, epoch and major version, and zeros for all that `protocol_v1` does not have. */
  constructor(messages: DecodedMessages, header: PacketHeader) {
    this.#header = header;
    this.#bodies = new LegacyBodyDecoder(messages, this.#failure);
  }

  /** What was wrong with the last packet; "" when nothing was. */
  get error(): DecodeError | "" {
    return this.#failure.error;
  }

  /** What was expected and what came, in English; "" when nothing was wrong. */
  get detail(): string {
    return this.#failure.detail;
  }

  /** Type of the message that was filled, or 0. After "bad_version" the header's major version and type are valid nevertheless. */
  decode(bytes: Uint8Array): MessageType | 0 {
    this.#failure.clear();
    clearHeader(this.#header);
    if (bytes.length > MAX_PACKET_BYTES) {
      this.#failure.set("too_long", "packet", `at most ${MAX_PACKET_BYTES} bytes`, bytes.length);
      return 0;
    }
    if (!this.#readStart(bytes) || !this.#guard.check(bytes)) return 0;
    const packet = this.#unpack(bytes);
    if (packet === undefined) return 0;
    const [major, name, epoch, body] = packet;
    if (!this.#readVersion(major, name)) return 0;
    const type = name instanceof Uint8Array && name.length <= MAX_NAME_BYTES ? legacyType(this.#text.decode(name)) : 0;
    if (type === 0) {
      this.#failure.set("bad_type", "name of the message", "one of a message that protocol_v1 has", this.#quote(name));
      return 0;
    }
    this.#header.type = type;
    if (typeof epoch !== "number" || epoch < 0 || epoch > MAX_UINT16) {
      const error = typeof epoch === "number" ? "out_of_range" : "bad_structure";
      this.#failure.set(error, "session epoch", `an integer from 0 to ${MAX_UINT16}`, this.#quote(epoch));
      return 0;
    }
    this.#header.sessionEpoch = epoch;
    return this.#bodies.decode(type, body) ? type : 0;
  }

  /**
   * Another major version may look different from here on, so it is recognised before the rest is looked at, in the bytes that
   * are frozen: head of a list, version, name with one byte of head.
   */
  #readStart(bytes: Uint8Array): boolean {
    const [list = 0, major = 0, name = 0] = bytes;
    if (list < 0x92 || list > 0x9f || major > 0x7f || name < 0xa0 || name > 0xbf) return true;
    return this.#readVersion(major, bytes.subarray(3, 3 + (name & 0x1f)));
  }

  #readVersion(major: unknown, name: unknown): boolean {
    if (major === PROTOCOL_MAJOR) {
      this.#header.versionMajor = major;
      return true;
    }
    if (typeof major !== "number") {
      return this.#failure.set("bad_structure", "protocol version", "an integer", this.#quote(major));
    }
    this.#header.versionMajor = major;
    if (name instanceof Uint8Array) this.#header.type = legacyType(this.#text.decode(name.subarray(0, MAX_NAME_BYTES)));
    return this.#failure.set("bad_version", "protocol version", String(PROTOCOL_MAJOR), major);
  }

  #unpack(bytes: Uint8Array): readonly unknown[] | undefined {
    let value: unknown;
    try {
      value = this.#library.decode(bytes);
    } catch (cause) {
      // Not known to happen behind the guard; an error of the library must not end the server.
      this.#failure.set("bad_structure", "packet", "a MessagePack value", String(cause));
      return undefined;
    }
    if (Array.isArray(value) && value.length === PACKET_ELEMENTS) return value;
    const got = Array.isArray(value) ? `a list of ${value.length}` : this.#quote(value);
    this.#failure.set("bad_structure", "packet", "a list of version, name, epoch and body", got);
    return undefined;
  }

  #quote(value: unknown): string {
    if (value instanceof Uint8Array) return JSON.stringify(this.#text.decode(value.subarray(0, MAX_NAME_BYTES)));
    return typeof value === "object" && value !== null ? "a list or a map" : String(value);
  }
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
