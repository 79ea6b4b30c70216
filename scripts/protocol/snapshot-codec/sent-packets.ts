/** Packets of which a sender remembers what was in them. More than the 33 that one ack speaks of; a power of two. */
const REMEMBERED = 128;
const NONE = -1;

/** What was in the packets that are on their way, by their sequence in the packet header: a bit per slot. */
export class SentPackets {
  private readonly wordsPerPacket: number;
  private readonly sequences = new Int32Array(REMEMBERED).fill(NONE);
  private readonly numbers = new Int32Array(REMEMBERED);
  private readonly withCensus = new Uint8Array(REMEMBERED);
  private readonly slotBits: Int32Array;
  private current = 0;

  constructor(slots: number) {
    this.wordsPerPacket = Math.ceil(slots / 32);
    this.slotBits = new Int32Array(REMEMBERED * this.wordsPerPacket);
  }

  /** Begins the record of a packet of snapshot `number`; the one 128 sequences before it is forgotten. */
  begin(sequence: number, number: number, census: boolean): void {
    const entry = sequence % REMEMBERED;
    this.current = entry * this.wordsPerPacket;
    this.sequences[entry] = sequence;
    this.numbers[entry] = number;
    this.withCensus[entry] = census ? 1 : 0;
    this.slotBits.fill(0, this.current, this.current + this.wordsPerPacket);
  }

  /** Notes that the packet speaks of a slot. */
  add(slot: number): void {
    const word = this.current + (slot >> 5);
    this.slotBits[word] = (this.slotBits[word] ?? 0) | (1 << (slot & 31));
  }

  /** Entry of a packet that was not acked before, or -1. */
  take(sequence: number): number {
    const entry = sequence % REMEMBERED;
    if (this.sequences[entry] !== sequence) return NONE;
    this.sequences[entry] = NONE;
    return entry;
  }

  number(entry: number): number {
    return this.numbers[entry] ?? 0;
  }

  hasCensus(entry: number): boolean {
    return this.withCensus[entry] === 1;
  }

  /** The smallest slot not below `from` that the packet speaks of, or -1. */
  nextSlot(entry: number, from: number): number {
    let word = from >> 5;
    if (word >= this.wordsPerPacket) return NONE;
    let bits = (this.slotBits[entry * this.wordsPerPacket + word] ?? 0) & (-1 << (from & 31));
    while (bits === 0) {
      word += 1;
      if (word >= this.wordsPerPacket) return NONE;
      bits = this.slotBits[entry * this.wordsPerPacket + word] ?? 0;
    }
    return word * 32 + (31 - Math.clz32(bits & -bits));
  }
}
