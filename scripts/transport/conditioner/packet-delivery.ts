import { isReliable } from "../../protocol/message-delivery.ts";
import { FROZEN_HEADER_BYTES, knownMessageType } from "../../protocol/packet-header.ts";

/** Letters that our packets begin with: "DARK". */
const MAGIC = [0x44, 0x41, 0x52, 0x4b] as const;
const TYPE_AT = 6;

/**
 * Whether a packet was sent reliably: each message type always is or never is. What is no packet of ours counts as reliable,
 * so that nothing is lost which nobody would send again.
 */
export function isReliablePacket(bytes: Uint8Array): boolean {
  if (bytes.length < FROZEN_HEADER_BYTES || MAGIC.some((letter, index) => bytes[index] !== letter)) return true;
  const type = knownMessageType(bytes[TYPE_AT] ?? 0);
  return type === 0 || isReliable(type);
}
