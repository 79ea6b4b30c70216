import {
  BIT_CONTEXTS,
  CUMULATIVE_FREQUENCIES,
  CUMULATIVE_STRIDE,
  FREQUENCY_BITS,
  INITIAL_PROBABILITIES,
} from "./contexts.ts";

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
    const bound = (this.range >>> 12) * probability;
    if (bit === 0) {
      this.range = bound;
      this.probabilities[context] = probability + ((4096 - probability) >> 5);
    } else {
      this.range -= bound;
      this.probabilities[context] = probability - (probability >> 5);
      this.add(bound);
    }
    if (this.range < BOTTOM) this.normalize();
    return bit;
  }

  /** Writes a symbol, 0 to 15, of a number context: the more frequent, the shorter. */
  symbol(context: number, symbol: number): void {
    const at = context * CUMULATIVE_STRIDE + symbol;
    const below = CUMULATIVE_FREQUENCIES[at] ?? 0;
    const unit = this.range >>> FREQUENCY_BITS;
    this.range = unit * ((CUMULATIVE_FREQUENCIES[at + 1] ?? 0) - below);
    this.add(unit * below);
    if (this.range < BOTTOM) this.normalize();
  }

  /** Writes `count` bits, 0 to 12, that nothing is known of. They go to the stream's end, backwards, as they are. */
  direct(value: number, count: number): void {
    this.pending |= value << this.pendingBits;
    this.pendingBits += count;
    while (this.pendingBits >= 8) {
      this.bytes[--this.tail] = this.pending;
      this.pending >>>= 8;
      this.pendingBits -= 8;
    }
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
    this.add(2 ** 14 - 1);
    this.bytes[this.position++] = this.low >>> 22;
    this.bytes[this.position++] = this.low >>> 14;
    this.bytes.copyWithin(this.position, this.tail, this.limit);
    return this.end;
  }

  private add(amount: number): void {
    let low = this.low + amount;
    if (low >= TOP) {
      low -= TOP;
      let at = this.position - 1;
      while (this.bytes[at] === 0xff) this.bytes[at--] = 0;
      this.bytes[at] = (this.bytes[at] ?? 0) + 1;
    }
    this.low = low;
  }

  private normalize(): void {
    do {
      this.bytes[this.position++] = this.low >>> 22;
      this.low = (this.low & (BOTTOM - 1)) << 8;
      this.range <<= 8;
    } while (this.range < BOTTOM);
  }
}
