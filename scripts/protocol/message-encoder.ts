import { Capability } from "./capability.ts";
import { LegacyEncoder } from "./legacy/legacy-encoder.ts";
import type { MessageWriter } from "./message-writer.ts";
import type { Codec } from "./negotiation.ts";
import { PacketEncoder } from "./packet-encoder.ts";

/** The writers of both codecs. One serves any number of peers: `encoder.for(peer.codec).encodePong(header, pong)`. */
export class MessageEncoder {
  /** `protocol_v2_seq`. Only it has the differences: `encodeSnapshotDelta` and its like. */
  readonly sequenced = new PacketEncoder();
  /** `protocol_v1`. */
  readonly legacy = new LegacyEncoder();

  for(codec: Codec): MessageWriter {
    return codec === Capability.legacy ? this.legacy : this.sequenced;
  }
}
