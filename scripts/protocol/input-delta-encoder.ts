import { BitWriter } from "./input-codec/bit-writer.ts";
import { writeInputBody } from "./input-codec/input-body-writer.ts";
import { assertInput } from "./input-rules.ts";
import { type Input, MessageType } from "./messages.ts";
import { HEADER_BYTES, type PacketHeader, writePacketHeader } from "./packet-header.ts";

/** Longer than any body: 16 commands that have nothing in common take less than 200 bytes. */
const MAX_INPUT_BODY_BYTES = 256;

/** Writes `InputDelta` packets into memory that is reused. Allocates nothing once a length has been seen. */
export class InputDeltaEncoder {
  readonly #packet = new Uint8Array(HEADER_BYTES + MAX_INPUT_BODY_BYTES);
  readonly #views: (Uint8Array | undefined)[] = new Array(HEADER_BYTES + MAX_INPUT_BODY_BYTES).fill(undefined);
  readonly #writer: BitWriter;

  /** `writer`: writes in the place of the encoder's own, such as one that counts. */
  constructor(writer = new BitWriter()) {
    this.#writer = writer;
  }

  /** Throws `RangeError` on a value that the wire cannot carry, and on ticks that are not consecutive. */
  encode(header: Readonly<PacketHeader>, message: Readonly<Input>): Uint8Array {
    assertInput(message);
    this.#writer.start(this.#packet, HEADER_BYTES);
    writeInputBody(this.#writer, message);
    const end = this.#writer.finish();
    writePacketHeader(this.#packet, MessageType.inputDelta, header, end - HEADER_BYTES);
    return this.#view(end);
  }

  #view(length: number): Uint8Array {
    const kept = this.#views[length];
    if (kept !== undefined) return kept;
    const view = this.#packet.subarray(0, length);
    this.#views[length] = view;
    return view;
  }
}
