import { positionFromWire, positionToWire } from "./lattice.ts";

/** Takes only what `text` writes: else a text that was read could be too long, or another one, when it is written again. */
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Little-endian writer of a zone file's fields; grows as needed. */
export class ZoneWriter {
  #bytes = new Uint8Array(4096);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  uint8(value: number): void {
    const at = this.#reserve(1);
    this.#view.setUint8(at, value);
  }

  uint16(value: number): void {
    const at = this.#reserve(2);
    this.#view.setUint16(at, value, true);
  }

  uint32(value: number): void {
    const at = this.#reserve(4);
    this.#view.setUint32(at, value, true);
  }

  /** Metres, kept as 1/1024 m. */
  meters(value: number): void {
    const at = this.#reserve(4);
    this.#view.setInt32(at, positionToWire(value), true);
  }

  /** Up to 255 bytes of UTF-8. */
  text(value: string): void {
    const encoded = new TextEncoder().encode(value);
    if (encoded.length > 255) throw new RangeError(`expected a text of at most 255 bytes, got ${encoded.length}`);
    this.uint8(encoded.length);
    this.raw(encoded);
  }

  raw(bytes: Uint8Array): void {
    const at = this.#reserve(bytes.length);
    this.#bytes.set(bytes, at);
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(size: number): number {
    const at = this.#length;
    this.#length += size;
    if (this.#length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, at));
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    return at;
  }
}

/**
 * Reader of the same fields from untrusted bytes. Never throws: past the end it returns zeros and `failed` is set, so
 * that a caller checks once, and counts with `canHold` before it makes room for that many entries.
 */
export class ZoneReader {
  failed = false;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  uint8(): number {
    const at = this.#take(1);
    return at < 0 ? 0 : this.#view.getUint8(at);
  }

  uint16(): number {
    const at = this.#take(2);
    return at < 0 ? 0 : this.#view.getUint16(at, true);
  }

  uint32(): number {
    const at = this.#take(4);
    return at < 0 ? 0 : this.#view.getUint32(at, true);
  }

  meters(): number {
    const at = this.#take(4);
    return at < 0 ? 0 : positionFromWire(this.#view.getInt32(at, true));
  }

  text(): string {
    const length = this.uint8();
    const at = this.#take(length);
    if (at < 0) return "";
    try {
      return UTF8.decode(this.#bytes.subarray(at, at + length));
    } catch {
      this.failed = true;
      return "";
    }
  }

  /** Whether `count` entries of at least `entryBytes` can follow; sets `failed` if not. */
  canHold(count: number, entryBytes: number): boolean {
    if (count * entryBytes > this.remaining) this.failed = true;
    return !this.failed;
  }

  #take(size: number): number {
    if (this.failed || size > this.remaining) {
      this.failed = true;
      return -1;
    }
    const at = this.#at;
    this.#at += size;
    return at;
  }
}
