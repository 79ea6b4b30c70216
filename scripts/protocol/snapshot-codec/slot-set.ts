/** A set of slots: a bit for each. Allocates nothing after construction. */
export class SlotSet {
  readonly words: Int32Array;

  constructor(slots: number) {
    this.words = new Int32Array((slots + 31) >> 5);
  }

  has(slot: number): boolean {
    return (((this.words[slot >> 5] ?? 0) >> (slot & 31)) & 1) === 1;
  }

  /** Whether it was no member before. */
  add(slot: number): boolean {
    const word = this.words[slot >> 5] ?? 0;
    const bit = 1 << (slot & 31);
    this.words[slot >> 5] = word | bit;
    return (word & bit) === 0;
  }

  remove(slot: number): void {
    this.words[slot >> 5] = (this.words[slot >> 5] ?? 0) & ~(1 << (slot & 31));
  }

  clear(): void {
    this.words.fill(0);
  }

  /** Becomes equal to another set of as many slots. */
  copy(other: SlotSet): void {
    const { words } = this;
    for (let word = 0; word < words.length; word++) words[word] = other.words[word] ?? 0;
  }

  /** The smallest member not below `from`, or -1. */
  next(from: number): number {
    const { words } = this;
    let word = from >> 5;
    if (word >= words.length) return -1;
    let bits = (words[word] ?? 0) & (-1 << (from & 31));
    while (bits === 0) {
      word += 1;
      if (word === words.length) return -1;
      bits = words[word] ?? 0;
    }
    return word * 32 + (31 - Math.clz32(bits & -bits));
  }
}
