import { Builder, ByteBuffer, type Offset } from "flatbuffers";
import { HEADER_BYTES } from "./packet-header.ts";

/**
 * A packet whose body was built once, with every field present, and whose values are overwritten in place from then on:
 * the FlatBuffers builder allocates per message, this allocates nothing. A vector that is built first lies at the very
 * end of the body, so that a shorter one is the same bytes with another count, cut off earlier.
 */
export class BodyTemplate {
  /** The whole packet: header, then body. */
  readonly packet: Uint8Array;
  /** The body alone, for generated readers and mutators. */
  readonly body: ByteBuffer;
  readonly #views: Uint8Array[] = [];

  /** `build` writes the root table and returns its offset, everything at its longest. */
  constructor(build: (builder: Builder) => Offset) {
    const builder = new Builder(1_024);
    builder.forceDefaults(true);
    builder.finish(build(builder));
    const built = builder.asUint8Array();
    this.packet = new Uint8Array(HEADER_BYTES + built.length);
    this.packet.set(built, HEADER_BYTES);
    this.body = new ByteBuffer(this.packet.subarray(HEADER_BYTES));
  }

  /** Bytes of the body at its longest. */
  get bodyLength(): number {
    return this.packet.length - HEADER_BYTES;
  }

  /** The packet without the last `cutBytes` bytes. One view per `key`, made once; a key always goes with one length. */
  view(key: number, cutBytes: number): Uint8Array {
    let view = this.#views[key];
    if (view === undefined) {
      view = this.packet.subarray(0, this.packet.length - cutBytes);
      this.#views[key] = view;
    }
    return view;
  }
}
