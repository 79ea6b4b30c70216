import { BIT_CONTEXTS, FREQUENCY_BITS, INITIAL_PROBABILITIES, LENGTH_SYMBOLS, SYMBOL_SPANS } from "./contexts.ts";

// Copies of what another module exports: constants of this module are literals in the machine code, others are loaded and checked.
const FREQUENCY_SHIFT = FREQUENCY_BITS;
const SYMBOL_SHIFT = Math.log2(LENGTH_SYMBOLS);
const SPANS = SYMBOL_SPANS;
const TOP = 2 ** 30;
const BOTTOM = 2 ** 22;
const NO_BYTES = new Uint8Array(0);

/**
 * Adaptive binary range coder: G. N. N. Martin, "Range encoding" (1979), with the adaptive bits of LZMA. Registers have 30
 * bits, so that every value is a small integer of the engine and nothing is boxed; a carry runs into the bytes that are
 * written already. Bits that nothing is known of
 * bypass it, they come from the end of the packet. Probabilities start over from trained ones with each packet, so that each can be read alone.
 */
export class RangeEncoder {
  private readonly probabilities = new Uint16Array(BIT_CONTEXTS);
  private bytes: Uint8Array = NO_BYTES;
  private low = 0;
  private range = TOP;
  private position = 0;
  private limit = 0;
  private tail = 0;
  private pending = 0;
  private pendingBits = 0;

  /** Begins a stream at `offset` of `bytes`; up to `limit` they may be written. All that follows must fit. */
  start(bytes: Uint8Array, offset: number, limit: number): void {
    this.probabilities.set(INITIAL_PROBABILITIES);
    this.bytes = bytes;
    this.low = 0;
    this.range = TOP;
    this.position = offset;
    this.limit = limit;
    this.tail = limit;
    this.pending = 0;
    this.pendingBits = 0;
  }

  /** Where the stream would end by now, but for the up to 3 bytes that `finish` adds. */
  get end(): number {
    return this.position + this.limit - this.tail;
  }

  /** Writes a bit that its context foretells: the more surely, the shorter. Returns the bit. */
  bit(context: number, bit: number): number {
    const probability = this.probabilities[context] ?? 0;
    const bound = Math.imul(this.range >>> 12, probability);
    if (bit === 0) {
      this.probabilities[context] = probability + ((4096 - probability) >> 5);
      this.range = bound;
    } else {
      this.probabilities[context] = probability - (probability >> 5);
      this.range = (this.range - bound) | 0;
      this.low = (this.low + bound) | 0;
      if (this.low >= TOP) this.carry();
    }
    if (this.range < BOTTOM) this.normalize();
    return bit;
  }

  /** Writes a symbol, 0 to 15, of a number context: the more frequent, the shorter. */
  symbol(context: number, symbol: number): void {
    const span = SPANS[(context << SYMBOL_SHIFT) + symbol] ?? 0;
    const unit = this.range >>> FREQUENCY_SHIFT;
    this.range = Math.imul(unit, span & 0xffff);
    this.low = (this.low + Math.imul(unit, span >> 16)) | 0;
    if (this.low >= TOP) this.carry();
    if (this.range < BOTTOM) this.normalize();
  }

  /** Writes `count` bits, 0 to 12, that nothing is known of. They go to the stream's end, backwards, as they are. */
  direct(value: number, count: number): void {
    let pending = this.pending | (value << this.pendingBits);
    let pendingBits = (this.pendingBits + count) | 0;
    while (pendingBits >= 8) {
      this.tail = (this.tail - 1) | 0;
      this.bytes[this.tail] = pending;
      pending >>>= 8;
      pendingBits = (pendingBits - 8) | 0;
    }
    this.pending = pending;
    this.pendingBits = pendingBits;
  }

  /** Writes up to 32 bits that nothing is known of. */
  wide(value: number, count: number): void {
    let left = count;
    while (left > 12) {
      left -= 12;
      this.direct((value >>> left) & 0xfff, 12);
    }
    this.direct(value & ((1 << left) - 1), left);
  }

  /** Ends the stream. Returns the position after its last byte. */
  finish(): number {
    if (this.pendingBits > 0) this.bytes[--this.tail] = this.pending;
    // Any number in [low, low + range) says the same; this one does whatever comes after its first two bytes.
    this.low += 2 ** 14 - 1;
    if (this.low >= TOP) this.carry();
    this.bytes[this.position++] = this.low >>> 22;
    this.bytes[this.position++] = this.low >>> 14;
    this.bytes.copyWithin(this.position, this.tail, this.limit);
    return this.end;
  }

  /** Takes the bit that `low` has too many into the bytes that are written already. */
  private carry(): void {
    this.low -= TOP;
    let at = this.position - 1;
    while (this.bytes[at] === 0xff) this.bytes[at--] = 0;
    this.bytes[at] = (this.bytes[at] ?? 0) + 1;
  }

  private normalize(): void {
    let { low, range, position } = this;
    const { bytes } = this;
    do {
      bytes[position] = low >>> 22;
      position = (position + 1) | 0;
      low = (low & (BOTTOM - 1)) << 8;
      range <<= 8;
    } while (range < BOTTOM);
    this.low = low;
    this.range = range;
    this.position = position;
  }
}
