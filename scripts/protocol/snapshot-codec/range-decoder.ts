import { MAX_CODEC_PACKET_BYTES } from "./codec-limits.ts";
import {
  BIT_CONTEXTS,
  FREQUENCY_BITS,
  INITIAL_PROBABILITIES,
  LENGTH_SYMBOLS,
  LOOKUP_BITS,
  LOOKUP_STRIDE,
  SYMBOL_LOOKUP,
  SYMBOL_SPANS,
} from "./contexts.ts";

// Constants of this module are literals in the machine code; those of another chunk of the bundle are loaded and checked each time.
const FREQUENCY_SHIFT = FREQUENCY_BITS;
const PART_SHIFT = FREQUENCY_BITS - LOOKUP_BITS;
const PARTS = LOOKUP_STRIDE;
const LAST_SYMBOL = LENGTH_SYMBOLS - 1;
const SPANS = SYMBOL_SPANS;
const LOOKUP = SYMBOL_LOOKUP;
const TOP = 2 ** 30;
const BOTTOM = 2 ** 22;
/** Zeros before and behind the packet, as many as are loaded at once. */
const MARGIN_BYTES = 4;
/** The decoder is so many bytes ahead of the encoder's last one when it has read everything: 30 bits less two finishing bytes. */
const LOOKAHEAD_BYTES = 1;
const AHEAD = MARGIN_BYTES + LOOKAHEAD_BYTES;
/** A number of plain bits that no packet has. */
const CORRUPT = 2 ** 28;
/** The longest run of plain bits that is read in one go. */
const MAX_DIRECT_BITS = 12;

/**
 * Reads what `RangeEncoder` wrote, from both ends towards the middle. Takes any bytes; outside of them it reads zeros.
 *
 * It works on a copy with zeros around it, from which it loads four bytes at once, and shifts in as many as are due instead
 * of looping over them: how many that is, nobody can foresee, a processor neither. All values are 32-bit integers.
 * Only a packet longer than a datagram, and longer than all before it, makes it allocate.
 */
export class RangeDecoder {
  private readonly probabilities = new Uint16Array(BIT_CONTEXTS);
  private copy = new Uint8Array(0);
  private view = new DataView(this.copy.buffer);
  private code = 0;
  private range = TOP;
  /** Where in the copy the next byte is of which bits are missing in `code`: 6 of its bits are there already. */
  private next = 0;
  /** Last place of the copy at which four bytes can be loaded going forwards: from there on they are zeros. */
  private end = 0;
  /** Plain bits read so far, and the place of the last four bytes. */
  private plainBits = 0;
  private tail = 0;

  constructor() {
    this.makeRoom(MAX_CODEC_PACKET_BYTES);
  }

  start(bytes: Uint8Array, offset: number): void {
    const { length } = bytes;
    if (length + 2 * MARGIN_BYTES > this.copy.length) this.makeRoom(length);
    this.copy.set(bytes, MARGIN_BYTES);
    this.copy.fill(0, MARGIN_BYTES + length, MARGIN_BYTES + length + MARGIN_BYTES);
    this.probabilities.set(INITIAL_PROBABILITIES);
    this.end = MARGIN_BYTES + length;
    this.tail = length;
    this.plainBits = 0;
    this.next = Math.min(this.end, MARGIN_BYTES + offset);
    this.code = this.view.getInt32(this.next) >>> 2;
    this.next += 3;
    this.range = TOP;
  }

  bit(context: number): 0 | 1 {
    const probability = this.probabilities[context] ?? 0;
    const bound = Math.imul(this.range >>> 12, probability);
    if (this.code < bound) {
      this.probabilities[context] = probability + ((4096 - probability) >> 5);
      this.range = bound;
      if (bound < BOTTOM) this.normalize();
      return 0;
    }
    this.probabilities[context] = probability - (probability >> 5);
    this.code = (this.code - bound) | 0;
    this.range = (this.range - bound) | 0;
    if (this.range < BOTTOM) this.normalize();
    return 1;
  }

  /** Reads a symbol of a number context, 0 to 15. */
  symbol(context: number): number {
    const unit = this.range >>> FREQUENCY_SHIFT;
    // Up to 3 above the highest frequency: what the division leaves over at the top of the range belongs to no symbol, nobody writes it.
    const frequency = (this.code / unit) | 0;
    let symbol = LOOKUP[Math.imul(context, PARTS) + (frequency >> PART_SHIFT)] ?? 0;
    let span = SPANS[(context << 4) + symbol] ?? 0;
    while ((span >> 16) + (span & 0xffff) <= frequency && symbol < LAST_SYMBOL) {
      symbol += 1;
      span = SPANS[(context << 4) + symbol] ?? 0;
    }
    const range = Math.imul(unit, span & 0xffff);
    const code = (this.code - Math.imul(unit, span >> 16)) | 0;
    this.code = code;
    this.range = range;
    if (code >= range) {
      // No symbol: as if all had been read, and more.
      this.plainBits = CORRUPT;
      this.code = 0;
    }
    this.normalize();
    return symbol;
  }

  /** Reads `count` bits, 0 to 24. */
  direct(count: number): number {
    const { plainBits } = this;
    const at = Math.max(0, this.tail - (plainBits >> 3));
    this.plainBits = (plainBits + count) | 0;
    return (this.view.getInt32(at) >>> (plainBits & 7)) & ((1 << count) - 1);
  }

  /** Reads up to 32 bits, as a signed integer. */
  wide(count: number): number {
    let left = count;
    let value = 0;
    while (left > MAX_DIRECT_BITS) {
      left -= MAX_DIRECT_BITS;
      value = (value << MAX_DIRECT_BITS) | this.direct(MAX_DIRECT_BITS);
    }
    return (value << left) | this.direct(left);
  }

  /** Whether the two ends have passed each other: the rest of the packet is missing, or it never was one. */
  get exhausted(): boolean {
    return this.overlap > 0;
  }

  /** Whether exactly all bytes were read, each once. */
  get finished(): boolean {
    const partial = this.plainBits & 7;
    const last = this.copy[this.tail + MARGIN_BYTES - 1 - (this.plainBits >> 3)] ?? 0;
    return this.overlap === 0 && (partial === 0 || last >>> partial === 0);
  }

  /** Bytes that were read from both ends; less than 0: that were read from neither. */
  private get overlap(): number {
    return (this.next + ((this.plainBits + 7) >> 3) - this.tail - AHEAD) | 0;
  }

  private makeRoom(bytes: number): void {
    this.copy = new Uint8Array(bytes + 2 * MARGIN_BYTES);
    this.view = new DataView(this.copy.buffer);
  }

  private normalize(): void {
    // 0, 8, 16 or 24: as many whole bytes as bring the range to 23 bits or more.
    const shift = (Math.clz32(this.range) - 2) & 24;
    const loaded = (this.view.getInt32(Math.min(this.end, this.next)) << 6) >>> 8;
    this.code = (this.code << shift) | (loaded >>> (24 - shift));
    this.range <<= shift;
    this.next = (this.next + (shift >> 3)) | 0;
  }
}
