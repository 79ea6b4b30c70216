/** Auras that one character can have. */
export const MAX_AURAS_EACH = 16;

/** Every character's auras by place, in the order in which they were applied; structure of arrays, nothing allocated after construction. */
export class AuraSlots {
  /** How many each place has. */
  readonly count: Uint8Array;
  /** Rises whenever a place's auras change. */
  readonly revision: Uint32Array;
  /** From here on by place and number, at `at(place, number)`. Index of the aura's rule. */
  readonly rule: Uint8Array;
  readonly source: Uint32Array;
  /** Server ticks. */
  readonly startTick: Float64Array;
  readonly endTick: Float64Array;
  readonly nextTick: Float64Array;
  readonly stacks: Uint8Array;
  /** Points that it can still absorb. */
  readonly absorb: Int32Array;
  /** Power of the source when it was applied. */
  readonly power: Int16Array;

  constructor(capacity: number) {
    const size = capacity * MAX_AURAS_EACH;
    this.count = new Uint8Array(capacity);
    this.revision = new Uint32Array(capacity);
    this.rule = new Uint8Array(size);
    this.source = new Uint32Array(size);
    this.startTick = new Float64Array(size);
    this.endTick = new Float64Array(size);
    this.nextTick = new Float64Array(size);
    this.stacks = new Uint8Array(size);
    this.absorb = new Int32Array(size);
    this.power = new Int16Array(size);
  }

  at(place: number, number: number): number {
    return place * MAX_AURAS_EACH + number;
  }

  /** Number of the aura of a rule from a source, or -1. */
  find(place: number, rule: number, source: number): number {
    const count = this.count[place] ?? 0;
    for (let number = 0; number < count; number += 1) {
      const at = this.at(place, number);
      if (this.rule[at] === rule && this.source[at] === source) return number;
    }
    return -1;
  }

  /** Number of the one that ends first. */
  soonest(place: number): number {
    let soonest = 0;
    const count = this.count[place] ?? 0;
    for (let number = 1; number < count; number += 1) {
      if ((this.endTick[this.at(place, number)] ?? 0) < (this.endTick[this.at(place, soonest)] ?? 0)) soonest = number;
    }
    return soonest;
  }

  /** A free number at the end. There must be one. */
  push(place: number): number {
    const number = this.count[place] ?? 0;
    this.count[place] = number + 1;
    this.touch(place);
    return number;
  }

  /** Those behind it move up. */
  remove(place: number, number: number): void {
    const count = this.count[place] ?? 0;
    const from = this.at(place, number);
    const end = this.at(place, count);
    this.rule.copyWithin(from, from + 1, end);
    this.source.copyWithin(from, from + 1, end);
    this.startTick.copyWithin(from, from + 1, end);
    this.endTick.copyWithin(from, from + 1, end);
    this.nextTick.copyWithin(from, from + 1, end);
    this.stacks.copyWithin(from, from + 1, end);
    this.absorb.copyWithin(from, from + 1, end);
    this.power.copyWithin(from, from + 1, end);
    this.count[place] = count - 1;
    this.touch(place);
  }

  clear(place: number): void {
    if (this.count[place] !== 0) this.touch(place);
    this.count[place] = 0;
  }

  touch(place: number): void {
    this.revision[place] = ((this.revision[place] ?? 0) + 1) >>> 0;
  }
}
