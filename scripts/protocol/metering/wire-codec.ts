import { Capability } from "../capability.ts";

/** The two ways in which messages are written, as numbers, so that they can be counted in arrays. */
export const WireCodec = { v1: 0, v2: 1 } as const;
export type WireCodec = (typeof WireCodec)[keyof typeof WireCodec];

/** By number. */
export const WIRE_CODEC_NAMES = [Capability.legacy, Capability.sequenced] as const;

/** How a packet is written, by its first byte: a MessagePack array or map is v1, everything else, also what is neither, v2. */
export function codecOf(packet: Uint8Array): WireCodec {
  const first = packet[0] ?? 0;
  // fixmap, fixarray; array 16, array 32, map 16, map 32.
  return (first >= 0x80 && first <= 0x9f) || (first >= 0xdc && first <= 0xdf) ? WireCodec.v1 : WireCodec.v2;
}
