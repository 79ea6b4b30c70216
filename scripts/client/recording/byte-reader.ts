const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** What is wrong with bytes that are read; caught within this folder. */
export class BytesProblem extends Error {
  override readonly name = "BytesProblem";
}

/** Reads numbers and texts one after the other. Throws `BytesProblem` on what does not fit. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#bytes.length - this.at;
  }

  uint8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  float64(): number {
    return this.#view.getFloat64(this.#take(8), true);
  }

  varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.uint8();
      value += (byte & 0x7f) * scale;
      if (value > Number.MAX_SAFE_INTEGER) throw new BytesProblem("expected a number up to 2^53 - 1, got a larger one");
      if (byte < 0x80) return value;
      if (scale >= 0x80 ** 7) throw new BytesProblem("expected a number of at most 8 bytes, got a longer one");
    }
  }

  /** A view, not a copy. */
  bytes(length: number): Uint8Array {
    const from = this.#take(length);
    return this.#bytes.subarray(from, from + length);
  }

  text(maxBytes: number): string {
    const length = this.varint();
    if (length > maxBytes) throw new BytesProblem(`expected a text of at most ${maxBytes} bytes, got ${length}`);
    const bytes = this.bytes(length);
    try {
      return decoder.decode(bytes);
    } catch {
      throw new BytesProblem(`expected ${length} bytes of UTF-8, got something else`);
    }
  }

  #take(length: number): number {
    const from = this.at;
    if (length > this.left) throw new BytesProblem(`expected ${length} bytes more, got ${this.left}`);
    this.at += length;
    return from;
  }
}
