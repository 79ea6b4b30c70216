import { Capability } from "./capability.ts";
import type { DecodeError } from "./decode-error.ts";
import { isLegacyPacket, LegacyDecoder } from "./legacy/legacy-decoder.ts";
import type { MessageType } from "./messages.ts";
import type { Codec } from "./negotiation.ts";
import { PacketDecoder } from "./packet-decoder.ts";

/**
 * Reads both codecs, told apart by the first byte (rule P91 of docs/protocol.md): a `PacketDecoder` that takes `protocol_v1` too,
 * and fills the same messages from it. Adds no allocation to `protocol_v2_seq`. One decoder serves any number of peers, and
 * any mixture of the codecs: what a peer writes may change from packet to packet.
 *
 * Packets of `protocol_v1` carry no sequence and no ack: the header has their type and epoch, and 0 everywhere else but in
 * `versionMajor`. They are not for a `PacketSequencer` to judge.
 */
export class MessageDecoder extends PacketDecoder {
  readonly #legacy = new LegacyDecoder(this, this.header);
  #codec: Codec = Capability.sequenced;

  /** What the last packet was written in, also if it was refused. Bytes that begin like neither count as `protocol_v2_seq`. */
  get codec(): Codec {
    return this.#codec;
  }

  override get error(): DecodeError | "" {
    return this.#codec === Capability.legacy ? this.#legacy.error : super.error;
  }

  override get detail(): string {
    return this.#codec === Capability.legacy ? this.#legacy.detail : super.detail;
  }

  override decode(bytes: Uint8Array): MessageType | 0 {
    if (isLegacyPacket(bytes)) {
      this.#codec = Capability.legacy;
      return this.#legacy.decode(bytes);
    }
    this.#codec = Capability.sequenced;
    return super.decode(bytes);
  }
}
