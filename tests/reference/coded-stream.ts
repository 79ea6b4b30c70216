import { entry, TABLES } from "./codec-tables.ts";

const FIRST_CODED_BYTE = 6;

/** Where a reader gets the bits of a packet from. */
export interface BitSource {
  plain(count: number): number;
  bit(name: string, ...indices: number[]): number;
  number(name: string, ...indices: number[]): number;
  readonly exhausted: boolean;
  readonly finished: boolean;
}

/** The bits of one packet, read as rules S4 to S9 of docs/snapshot-codec.md say. Slow on purpose: bit by bit, without shifts. */
export class CodedStream implements BitSource {
  private range = 2 ** 30;
  private code = 0;
  private nextCodedBit = 0;
  private renormalised = 0;
  private plainBytes = 0;
  private unusedPlainBits: number[] = [];
  private corrupt = false;
  private readonly probabilities = new Map<string, number>();

  /** `note` hears of everything that is read: what it was, what came, and the registers before. */
  constructor(
    private readonly bytes: Uint8Array,
    private readonly note: (what: string, result: number, registers: string) => void = () => {},
  ) {
    for (let count = 0; count < 30; count++) this.code = this.code * 2 + this.codedBit();
  }

  /** [S4] */
  plain(count: number): number {
    const value = this.plainBits(count);
    this.note(`plain(${count})`, value, "");
    return value;
  }

  /** [S6] */
  bit(name: string, ...indices: number[]): number {
    const key = `${name}${indices.map((index) => `[${index}]`).join("")}`;
    const p = this.probabilities.get(key) ?? Number(entry(TABLES.bits, name, indices.length === 0 ? [0] : indices));
    const registers = `code ${this.code}, range ${this.range}, p ${p}`;
    const bound = Math.floor(this.range / 4096) * p;
    const bit = this.code < bound ? 0 : 1;
    if (bit === 0) {
      this.range = bound;
      this.probabilities.set(key, p + Math.floor((4096 - p) / 32));
    } else {
      this.code -= bound;
      this.range -= bound;
      this.probabilities.set(key, p - Math.floor(p / 32));
    }
    this.renormalise();
    this.note(`bit(${key})`, bit, registers);
    return bit;
  }

  /** [S8] */
  number(name: string, ...indices: number[]): number {
    const registers = `code ${this.code}, range ${this.range}`;
    const symbol = this.symbol(entry(TABLES.numbers, name, indices.length === 0 ? [0] : indices) as number[]);
    let number = 0;
    if (symbol > 0) {
      const length = symbol === 15 ? Math.min(27, Math.max(15, this.plainBits(5))) : symbol;
      const rest = this.plainBits(length);
      const magnitude = 2 ** (length - 1) + Math.floor(rest / 2);
      number = rest % 2 === 1 ? -magnitude : magnitude;
    }
    this.note(
      `number(${name}${indices.map((index) => `[${index}]`).join("")})`,
      number,
      `${registers}, symbol ${symbol}`,
    );
    return number;
  }

  /** [S9] */
  get exhausted(): boolean {
    return this.corrupt || this.renormalised + this.plainBytes + 8 > this.bytes.length;
  }

  /** [S9] */
  get finished(): boolean {
    const allRead = this.renormalised + this.plainBytes + 8 === this.bytes.length;
    return !this.corrupt && allRead && this.unusedPlainBits.every((bit) => bit === 0);
  }

  /** [S4] In pieces of 12, the highest first. */
  private plainBits(count: number): number {
    let value = 0;
    for (let left = count; left > 0; left -= 12) {
      const piece = Math.min(12, left);
      value *= 2 ** piece;
      for (let place = 0; place < piece; place++) value += this.plainBit() * 2 ** place;
    }
    return value;
  }

  private plainBit(): number {
    if (this.unusedPlainBits.length === 0) {
      this.plainBytes += 1;
      const byte = this.bytes[this.bytes.length - this.plainBytes] ?? 0;
      for (let place = 0; place < 8; place++) this.unusedPlainBits.push(Math.floor(byte / 2 ** place) % 2);
    }
    return this.unusedPlainBits.shift() ?? 0;
  }

  /** [S5] */
  private codedBit(): number {
    const byte = this.bytes[FIRST_CODED_BYTE + Math.floor(this.nextCodedBit / 8)] ?? 0;
    const bit = Math.floor(byte / 2 ** (7 - (this.nextCodedBit % 8))) % 2;
    this.nextCodedBit += 1;
    return bit;
  }

  /** [S5] */
  private renormalise(): void {
    while (this.range < 2 ** 22) {
      this.range *= 256;
      for (let count = 0; count < 8; count++) this.code = this.code * 2 + this.codedBit();
      this.renormalised += 1;
    }
  }

  /** [S7] */
  private symbol(frequencies: readonly number[]): number {
    const unit = Math.floor(this.range / 4096);
    const t = Math.min(4095, Math.floor(this.code / unit));
    let symbol = 0;
    let below = 0;
    while (below + (frequencies[symbol] ?? 0) <= t) {
      below += frequencies[symbol] ?? 0;
      symbol += 1;
    }
    this.code -= unit * below;
    this.range = unit * (frequencies[symbol] ?? 0);
    if (this.code >= this.range) {
      this.corrupt = true;
      this.code = 0;
    }
    this.renormalise();
    return symbol;
  }
}
