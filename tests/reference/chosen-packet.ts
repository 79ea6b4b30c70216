import type { BitSource } from "./coded-stream.ts";
import { CodedWriter } from "./coded-writer.ts";

/** How large a number mostly is: residuals small, ids close to each other so that some are there twice. */
const LENGTHS: Readonly<Record<string, number>> = { leave: 3, gap: 2, absoluteId: 3, absoluteX: 20, absoluteZ: 20 };

/**
 * A packet that is sound in its bits and says anything: whatever a reader asks for is chosen at random and written down. Reaches
 * what damaged packets hardly do: records of every kind, entities in two slots, slots that are left and told about at once.
 */
export class ChosenPacket implements BitSource {
  readonly exhausted = false;
  readonly finished = true;
  private readonly writer = new CodedWriter();

  constructor(
    private readonly random: () => number,
    private readonly slots: number,
  ) {}

  plain(count: number): number {
    let value = this.whole(2 ** count);
    if (count === 11) value = this.random() < 0.95 ? this.whole(this.slots + 1) : value;
    if (count === 5 && this.random() < 0.97) value = this.whole(5);
    this.writer.plain(value, count);
    return value;
  }

  bit(name: string, ...indices: number[]): number {
    const bit = this.random() < (name === "census" ? 0.1 : name === "occupied" ? 0.9 : 0.5) ? 1 : 0;
    this.writer.bit(bit, name, ...indices);
    return bit;
  }

  number(name: string, ...indices: number[]): number {
    const value = this.choose(name);
    this.writer.number(value, name, ...indices);
    return value;
  }

  finish(header: Uint8Array): Uint8Array {
    return this.writer.finish(header);
  }

  private choose(name: string): number {
    if (name === "leave" && this.random() < 0.7) return 0;
    const longest = this.random() < 0.002 ? 27 : (LENGTHS[name] ?? 8);
    const magnitude = this.whole(2 ** (1 + this.whole(longest)));
    const onlyUp = name === "leave" || name === "gap";
    return this.random() < (onlyUp ? 0.01 : 0.5) ? -magnitude : magnitude;
  }

  private whole(below: number): number {
    return Math.floor(this.random() * below);
  }
}
