import { legacyType } from "../../protocol/legacy/legacy-names.ts";
import { isReliable } from "../../protocol/message-delivery.ts";
import type { MessageType } from "../../protocol/messages.ts";
import { FROZEN_HEADER_BYTES, knownMessageType } from "../../protocol/packet-header.ts";

/** Letters that packets of `protocol_v2_seq` begin with: "DARK". */
const MAGIC = [0x44, 0x41, 0x52, 0x4b] as const;
const TYPE_AT = 6;
/** A packet of `protocol_v1` is a MessagePack list of four: version, then name, whose head holds its length. */
const LIST_OF_FOUR = 0x94;
const NAME_HEAD_AT = 2;
const SHORT_TEXT = 0xa0;

/**
 * Whether a packet was sent reliably: each message type always is or never is. What is no packet of ours counts as reliable,
 * so that nothing is lost which nobody would send again.
 */
export function isReliablePacket(bytes: Uint8Array): boolean {
  const type = typeOf(bytes);
  return type === 0 || isReliable(type);
}

/** Type of a packet of either codec as its start says, unchecked; 0 when it says none. */
function typeOf(bytes: Uint8Array): MessageType | 0 {
  if (bytes.length < FROZEN_HEADER_BYTES) return 0;
  if (MAGIC.every((letter, index) => bytes[index] === letter)) return knownMessageType(bytes[TYPE_AT] ?? 0);
  const nameHead = bytes[NAME_HEAD_AT] ?? 0;
  if (bytes[0] !== LIST_OF_FOUR || (nameHead & 0xe0) !== SHORT_TEXT) return 0;
  const nameAt = NAME_HEAD_AT + 1;
  return legacyType(String.fromCharCode(...bytes.subarray(nameAt, nameAt + (nameHead & 0x1f))));
}
