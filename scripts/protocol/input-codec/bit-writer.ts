import type { PrefixCode } from "./prefix-code.ts";

const NO_BYTES = new Uint8Array(0);
const HALF_BITS = 16;

/** Writes bits, the first into the highest bit of a byte. What is written must fit; nothing is allocated. */
export class BitWriter {
  #bytes: Uint8Array = NO_BYTES;
  #at = 0;
  #pending = 0;
  #pendingBits = 0;

  /** Begins at `offset` of `bytes`. */
  start(bytes: Uint8Array, offset: number): void {
    this.#bytes = bytes;
    this.#at = offset;
    this.#pending = 0;
    this.#pendingBits = 0;
  }

  /** Writes the lowest `count` bits of `value`, 0 to 16. */
  bits(value: number, count: number): void {
    let pending = (this.#pending << count) | (value & ((1 << count) - 1));
    let left = this.#pendingBits + count;
    while (left >= 8) {
      left -= 8;
      this.#bytes[this.#at++] = pending >>> left;
      pending &= (1 << left) - 1;
    }
    this.#pending = pending;
    this.#pendingBits = left;
  }

  /** Writes the lowest `count` bits of `value`, 0 to 32. */
  wide(value: number, count: number): void {
    if (count > HALF_BITS) this.bits(value >>> HALF_BITS, count - HALF_BITS);
    this.bits(value, Math.min(count, HALF_BITS));
  }

  /** Writes one symbol of a code. */
  symbol(code: PrefixCode, symbol: number): void {
    this.bits(code.wordOf(symbol), code.lengthOf(symbol));
  }

  /** Fills the last byte with zeros. Returns the position after it. */
  finish(): number {
    if (this.#pendingBits > 0) this.bits(0, 8 - this.#pendingBits);
    return this.#at;
  }
}
