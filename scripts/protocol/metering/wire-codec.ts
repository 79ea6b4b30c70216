/** The two ways in which messages are written, by number so that they can be counted in arrays. */
export const WireCodec = {
  /** MessagePack, one value per packet, without sequences. */
  v1: 0,
  /** Packets with the "DARK" header. */
  v2: 1,
} as const;
export type WireCodec = (typeof WireCodec)[keyof typeof WireCodec];

/** Names as in `capability.ts`, by number. */
export const WIRE_CODEC_NAMES = ["protocol_v1", "protocol_v2_seq"] as const;

/** "D", as no MessagePack array or map begins. */
const FIRST_BYTE_OF_V2 = 0x44;

/** How a packet is written, by its first byte; an empty one counts as v2. */
export function codecOf(packet: Uint8Array): WireCodec {
  return packet.length === 0 || packet[0] === FIRST_BYTE_OF_V2 ? WireCodec.v2 : WireCodec.v1;
}
