import {
  BIT_CONTEXTS,
  CUMULATIVE_FREQUENCIES,
  CUMULATIVE_STRIDE,
  FREQUENCY_BITS,
  INITIAL_PROBABILITIES,
  LOOKUP_BITS,
  SYMBOL_LOOKUP,
} from "./contexts.ts";

const TOP = 2 ** 30;
const BOTTOM = 2 ** 22;
const NO_BYTES = new Uint8Array(0);
/** The decoder is so many bytes ahead of the encoder's last one when it has read everything: 30 bits less two finishing bytes. */
const LOOKAHEAD_BYTES = 2;

/** Reads what `RangeEncoder` wrote, from both ends towards the middle. Takes any bytes; outside of them it reads zeros. */
export class RangeDecoder {
  private readonly probabilities = new Uint16Array(BIT_CONTEXTS);
  private bytes: Uint8Array = NO_BYTES;
  private position = 0;
  private last = 0;
  private code = 0;
  private range = TOP;
  private corrupt = false;
  private tail = 0;
  private pending = 0;
  private pendingBits = 0;

  start(bytes: Uint8Array, offset: number): void {
    this.probabilities.set(INITIAL_PROBABILITIES);
    this.bytes = bytes;
    this.position = offset;
    this.range = TOP;
    this.corrupt = false;
    this.tail = bytes.length;
    this.pending = 0;
    this.pendingBits = 0;
    const first = (this.next() << 22) | (this.next() << 14) | (this.next() << 6);
    this.last = this.next();
    this.code = first | (this.last >>> 2);
  }

  bit(context: number): 0 | 1 {
    const probability = this.probabilities[context] ?? 0;
    const bound = (this.range >>> 12) * probability;
    if (this.code < bound) {
      this.range = bound;
      this.probabilities[context] = probability + ((4096 - probability) >> 5);
      if (bound < BOTTOM) this.normalize();
      return 0;
    }
    this.code -= bound;
    this.range -= bound;
    this.probabilities[context] = probability - (probability >> 5);
    if (this.range < BOTTOM) this.normalize();
    return 1;
  }

  /** Reads a symbol of a number context, 0 to 15. */
  symbol(context: number): number {
    const unit = this.range >>> FREQUENCY_BITS;
    // What the division leaves over at the top of the range belongs to no symbol: nobody writes it.
    const frequency = Math.min((this.code / unit) | 0, (1 << FREQUENCY_BITS) - 1);
    let symbol = SYMBOL_LOOKUP[(context << LOOKUP_BITS) + (frequency >> (FREQUENCY_BITS - LOOKUP_BITS))] ?? 0;
    let at = context * CUMULATIVE_STRIDE + symbol;
    let above = CUMULATIVE_FREQUENCIES[at + 1] ?? 0;
    while (above <= frequency) {
      symbol += 1;
      at += 1;
      above = CUMULATIVE_FREQUENCIES[at + 1] ?? 0;
    }
    const below = CUMULATIVE_FREQUENCIES[at] ?? 0;
    this.code -= unit * below;
    this.range = unit * (above - below);
    if (this.code >= this.range) {
      this.corrupt = true;
      this.code = 0;
    }
    if (this.range < BOTTOM) this.normalize();
    return symbol;
  }

  /** Reads `count` bits, 0 to 12. */
  direct(count: number): number {
    while (this.pendingBits < count) {
      const at = --this.tail;
      this.pending |= (at >= 0 ? (this.bytes[at] ?? 0) : 0) << this.pendingBits;
      this.pendingBits += 8;
    }
    const value = this.pending & ((1 << count) - 1);
    this.pending >>>= count;
    this.pendingBits -= count;
    return value;
  }

  /** Reads up to 32 bits, as a signed integer. */
  wide(count: number): number {
    let left = count;
    let value = 0;
    while (left > 12) {
      left -= 12;
      value = (value << 12) | this.direct(12);
    }
    return (value << left) | this.direct(left);
  }

  /** Whether the two ends have passed each other: the rest of the packet is missing, or it never was one. */
  get exhausted(): boolean {
    return this.corrupt || this.position > this.tail + LOOKAHEAD_BYTES;
  }

  /** Whether exactly all bytes were read, each once. */
  get finished(): boolean {
    return !this.corrupt && this.pending === 0 && this.position === this.tail + LOOKAHEAD_BYTES;
  }

  private next(): number {
    const at = this.position++;
    return at < this.bytes.length ? (this.bytes[at] ?? 0) : 0;
  }

  private normalize(): void {
    do {
      // The register's 30 bits end inside of a byte: 6 bits of the next one join 2 of the last.
      const next = this.next();
      this.code = (this.code << 8) | ((this.last << 6) & 0xff) | (next >>> 2);
      this.last = next;
      this.range <<= 8;
    } while (this.range < BOTTOM);
  }
}
