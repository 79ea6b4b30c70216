import type { DecodeFailure } from "./decode-error.ts";
import { BitReader } from "./input-codec/bit-reader.ts";
import { readInputBody } from "./input-codec/input-body-reader.ts";
import type { Input } from "./messages.ts";
import { HEADER_BYTES } from "./packet-header.ts";

/** Fills an `Input` from an `InputDelta` packet in `memory`. Takes any bytes, allocates nothing. */
export class InputDeltaDecoder {
  readonly #memory: Uint8Array;
  readonly #failure: DecodeFailure;
  readonly #reader = new BitReader();

  constructor(memory: Uint8Array, failure: DecodeFailure) {
    this.#memory = memory;
    this.#failure = failure;
  }

  /** `length`: of the packet, header included, which has been checked. */
  decode(length: number, out: Input): boolean {
    this.#reader.start(this.#memory, HEADER_BYTES, length);
    return readInputBody(this.#reader, out, this.#failure);
  }
}
