const encoder = new TextEncoder();

/** Writes numbers and texts one after the other into memory of fixed size. Who uses it sees to it that there is room. */
export class ByteWriter {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  length = 0;

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  get capacity(): number {
    return this.#bytes.length;
  }

  /** A view of the memory, valid until the next write. */
  written(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }

  uint8(value: number): void {
    this.#view.setUint8(this.length, value);
    this.length += 1;
  }

  uint16(value: number): void {
    this.#view.setUint16(this.length, value, true);
    this.length += 2;
  }

  uint32(value: number): void {
    this.#view.setUint32(this.length, value, true);
    this.length += 4;
  }

  setUint32(at: number, value: number): void {
    this.#view.setUint32(at, value, true);
  }

  float64(value: number): void {
    this.#view.setFloat64(this.length, value, true);
    this.length += 8;
  }

  /** A whole number, 0 to 2^53 - 1; what is no such number is written as 0. */
  varint(value: number): void {
    let rest = Number.isSafeInteger(value) && value > 0 ? value : 0;
    while (rest >= 0x80) {
      this.uint8((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.uint8(rest);
  }

  bytes(bytes: Uint8Array): void {
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** A text of at most `maxBytes` bytes; a longer one is cut. */
  text(text: string, maxBytes: number): void {
    let bytes = encoder.encode(text);
    if (bytes.length > maxBytes) {
      let end = maxBytes;
      // Not in the middle of a character.
      while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
      bytes = bytes.subarray(0, end);
    }
    this.varint(bytes.length);
    this.bytes(bytes);
  }
}
