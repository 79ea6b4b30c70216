/** No word of a code is longer. */
export const MAX_CODE_BITS = 10;

/**
 * A prefix code that is known by the lengths of its words alone: shorter words come first, words of one length in the order of
 * their symbols, each the one before plus 1 (canonical Huffman code, RFC 1951, 3.2.2). It is complete: any bits are words.
 */
export class PrefixCode {
  readonly symbols: number;
  readonly #lengths: Uint8Array;
  readonly #words: Uint16Array;
  /** For all `MAX_CODE_BITS` bits that may come: the symbol, and in the lowest 4 bits the length of its word. */
  readonly #found = new Uint16Array(1 << MAX_CODE_BITS);

  /** `lengths`: one digit of base 16 for each symbol, 1 to a. Throws `RangeError` when no complete code has them. */
  constructor(lengths: string) {
    this.symbols = lengths.length;
    this.#lengths = Uint8Array.from(lengths, (digit) => Number.parseInt(digit, 16));
    this.#words = new Uint16Array(lengths.length);
    let next = 0;
    for (let length = 1; length <= MAX_CODE_BITS; length++) {
      const places = 1 << (MAX_CODE_BITS - length);
      for (let symbol = 0; symbol < this.symbols; symbol++) {
        if (this.#lengths[symbol] !== length) continue;
        this.#words[symbol] = next >> (MAX_CODE_BITS - length);
        this.#found.fill((symbol << 4) | length, next, next + places);
        next += places;
      }
    }
    if (next !== 1 << MAX_CODE_BITS || this.#lengths.some((length) => length < 1 || length > MAX_CODE_BITS)) {
      throw new RangeError(`expected lengths of a complete code of 1 to ${MAX_CODE_BITS} bits, got "${lengths}"`);
    }
  }

  /** Bits of a symbol's word. */
  lengthOf(symbol: number): number {
    return this.#lengths[symbol] ?? 0;
  }

  /** A symbol's word. */
  wordOf(symbol: number): number {
    return this.#words[symbol] ?? 0;
  }

  /** What the next `MAX_CODE_BITS` bits begin with: the symbol, times 16, plus the length of its word. */
  find(bits: number): number {
    return this.#found[bits] ?? 0;
  }
}
