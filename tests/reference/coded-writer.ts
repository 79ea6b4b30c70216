import { entry, TABLES } from "./codec-tables.ts";

/** Writes the bits of one packet as rules S4 and S35 of docs/snapshot-codec.md say: the other side of `CodedStream`. */
export class CodedWriter {
  private low = 0;
  private range = 2 ** 30;
  /** The number that all coded bytes make, and how many they are. */
  private coded = 0n;
  private codedBytes = 0;
  private readonly plainBits: number[] = [];
  private readonly probabilities = new Map<string, number>();

  plain(value: number, count: number): void {
    let below = count;
    for (let left = count; left > 0; left -= 12) {
      const piece = Math.min(12, left);
      below -= piece;
      const part = Math.floor(value / 2 ** below);
      for (let place = 0; place < piece; place++) this.plainBits.push(Math.floor(part / 2 ** place) % 2);
    }
  }

  bit(value: number, name: string, ...indices: number[]): void {
    const key = `${name} ${indices}`;
    const p = this.probabilities.get(key) ?? Number(entry(TABLES.bits, name, indices.length === 0 ? [0] : indices));
    const bound = Math.floor(this.range / 4096) * p;
    if (value === 0) {
      this.range = bound;
      this.probabilities.set(key, p + Math.floor((4096 - p) / 32));
    } else {
      this.range -= bound;
      this.add(bound);
      this.probabilities.set(key, p - Math.floor(p / 32));
    }
    this.renormalise();
  }

  number(value: number, name: string, ...indices: number[]): void {
    const magnitude = Math.abs(value);
    const length = magnitude.toString(2).length;
    const symbol = value === 0 ? 0 : Math.min(15, length);
    this.symbol(symbol, entry(TABLES.numbers, name, indices.length === 0 ? [0] : indices) as number[]);
    if (symbol === 0) return;
    if (symbol === 15) this.plain(length, 5);
    this.plain((magnitude - 2 ** (length - 1)) * 2 + (value < 0 ? 1 : 0), length);
  }

  /** The packet: its first six bytes, which are given, and everything that was written. */
  finish(header: Uint8Array): Uint8Array {
    this.add(2 ** 14 - 1);
    this.coded = this.coded * 65536n + BigInt(Math.floor(this.low / 2 ** 14));
    this.codedBytes += 2;
    const coded = Array.from({ length: this.codedBytes }, (_, place) => {
      return Number((this.coded >> BigInt(8 * (this.codedBytes - 1 - place))) % 256n);
    });
    const plain: number[] = [];
    for (let at = 0; at < this.plainBits.length; at += 8) {
      plain.unshift(this.plainBits.slice(at, at + 8).reduce((byte, bit, place) => byte + bit * 2 ** place, 0));
    }
    return Uint8Array.from([...header.subarray(0, 6), ...coded, ...plain]);
  }

  private symbol(symbol: number, frequencies: readonly number[]): void {
    const unit = Math.floor(this.range / 4096);
    const below = frequencies.slice(0, symbol).reduce((sum, frequency) => sum + frequency, 0);
    this.range = unit * (frequencies[symbol] ?? 0);
    this.add(unit * below);
    this.renormalise();
  }

  private add(amount: number): void {
    this.low += amount;
    if (this.low < 2 ** 30) return;
    this.low -= 2 ** 30;
    this.coded += 1n;
  }

  private renormalise(): void {
    while (this.range < 2 ** 22) {
      this.coded = this.coded * 256n + BigInt(Math.floor(this.low / 2 ** 22));
      this.codedBytes += 1;
      this.low = (this.low % 2 ** 22) * 256;
      this.range *= 256;
    }
  }
}
