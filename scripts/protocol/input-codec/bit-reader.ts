import { MAX_CODE_BITS, type PrefixCode } from "./prefix-code.ts";

const NO_BYTES = new Uint8Array(0);
const HALF_BITS = 16;

/** Reads what `BitWriter` wrote. Takes any bytes; past their end it reads zeros, which `exhausted` tells. */
export class BitReader {
  #bytes: Uint8Array = NO_BYTES;
  #at = 0;
  #end = 0;
  #pending = 0;
  #pendingBits = 0;

  /** Begins at `offset` of `bytes`; the byte at `end` is the first that is not read. */
  start(bytes: Uint8Array, offset: number, end: number): void {
    this.#bytes = bytes;
    this.#at = offset;
    this.#end = end;
    this.#pending = 0;
    this.#pendingBits = 0;
  }

  /** The next `count` bits, 0 to 16. */
  bits(count: number): number {
    this.#need(count);
    this.#pendingBits -= count;
    const value = this.#pending >>> this.#pendingBits;
    this.#pending &= (1 << this.#pendingBits) - 1;
    return value;
  }

  /** The next `count` bits, 0 to 32, as an unsigned number. */
  wide(count: number): number {
    if (count <= HALF_BITS) return this.bits(count);
    const high = this.bits(count - HALF_BITS);
    return ((high << HALF_BITS) | this.bits(HALF_BITS)) >>> 0;
  }

  /** The next symbol of a code. */
  symbol(code: PrefixCode): number {
    this.#need(MAX_CODE_BITS);
    const entry = code.find(this.#pending >>> (this.#pendingBits - MAX_CODE_BITS));
    this.bits(entry & 0xf);
    return entry >>> 4;
  }

  /** Whether more was read than there is. */
  get exhausted(): boolean {
    return 8 * this.#at - this.#pendingBits > 8 * this.#end;
  }

  /** Whether all bytes were read, and nothing is left but the zeros that fill the last one. */
  get finished(): boolean {
    const leftBits = 8 * (this.#end - this.#at) + this.#pendingBits;
    return leftBits >= 0 && leftBits < 8 && this.#pending === 0;
  }

  /** At most 7 + 16 bits wait, so that they are always a small integer of the engine. */
  #need(count: number): void {
    while (this.#pendingBits < count) {
      const byte = this.#at < this.#end ? (this.#bytes[this.#at] ?? 0) : 0;
      this.#at += 1;
      this.#pending = (this.#pending << 8) | byte;
      this.#pendingBits += 8;
    }
  }
}
