import { SLOT_WORDS, Slot } from "./receiver-knowledge.ts";
import type { SlotSet } from "./slot-set.ts";

const ROW = SLOT_WORDS;
const PRIORITY = Slot.priority;
const AGES = Slot.ages;

/** Sizes are guessed in sixteenths of a byte: whole numbers are not boxed. */
const PARTS_PER_BYTE = 16;
/** A record without a baseline takes 12 bytes, roughly. */
const ABSOLUTE_PARTS = 12 * PARTS_PER_BYTE;
/** One with a baseline is taken for so much before any was measured; an eighth of each error is learned. */
const FIRST_DELTA_PARTS = 3 * PARTS_PER_BYTE;
const LEARNING_SHIFT = 3;

/**
 * Chooses which entities are told about when not all fit the budget. Each has gathered urgency since it was last sent
 * (the priority accumulator of Glenn Fiedler's "State Synchronization"); the most urgent go first, so that nobody waits for ever.
 */
export class RecordSelection {
  /** Sizes of all that were offered, guessed. */
  private parts = 0;
  private candidate = 0;
  private votes = 0;
  private deltaParts = FIRST_DELTA_PARTS;

  /** `rows`: of the slots, see `Slot`; `due`: the slots that were offered; `chosen` is filled with those that are to be sent. */
  constructor(
    private readonly rows: Int32Array,
    private readonly due: SlotSet,
    private readonly chosen: SlotSet,
  ) {}

  /**
   * The ages that most of those offered have (Boyer and Moore's majority vote), 0 when they have none. A wrong winner costs bytes,
   * nothing else.
   */
  get commonAges(): number {
    return this.candidate;
  }

  /** Begins a snapshot, in which nobody was offered yet. */
  begin(): void {
    this.parts = 0;
    this.candidate = 0;
    this.votes = 0;
  }

  /** Offers a slot by its ages; each slot once. */
  offer(ages: number): void {
    if (ages === 0) {
      this.parts += ABSOLUTE_PARTS;
      return;
    }
    this.parts += this.deltaParts;
    if (this.votes === 0) this.candidate = ages;
    this.votes += ages === this.candidate ? 1 : -1;
  }

  /** Chooses for a snapshot. The sizes are guessed: who encodes must still watch the bytes. */
  choose(budgetBytes: number): void {
    const { due, rows, chosen } = this;
    const budgetParts = budgetBytes * PARTS_PER_BYTE;
    chosen.copy(due);
    if (this.parts <= budgetParts) return;
    const threshold = this.findThreshold(budgetParts);
    for (let slot = due.next(0); slot >= 0; slot = due.next(slot + 1)) {
      if ((rows[slot * ROW + PRIORITY] ?? 0) < threshold) chosen.remove(slot);
    }
  }

  /** Learns how long records are from what a packet without absolute ones turned out to be. */
  learn(records: number, bytes: number): void {
    if (records === 0) return;
    const measured = Math.ceil((bytes * PARTS_PER_BYTE) / records) | 0;
    this.deltaParts += (measured - this.deltaParts) >> LEARNING_SHIFT;
  }

  private findThreshold(budgetParts: number): number {
    const { due, rows } = this;
    let above = 0;
    for (let slot = due.next(0); slot >= 0; slot = due.next(slot + 1)) {
      above = Math.max(above, rows[slot * ROW + PRIORITY] ?? 0);
    }
    let below = 0;
    while (above - below > 1) {
      const middle = (below + above) >> 1;
      if (this.partsFrom(middle) > budgetParts) below = middle;
      else above = middle;
    }
    return above;
  }

  private partsFrom(threshold: number): number {
    const { due, rows, deltaParts } = this;
    let parts = 0;
    for (let slot = due.next(0); slot >= 0; slot = due.next(slot + 1)) {
      if ((rows[slot * ROW + PRIORITY] ?? 0) < threshold) continue;
      parts += (rows[slot * ROW + AGES] ?? 0) === 0 ? ABSOLUTE_PARTS : deltaParts;
    }
    return parts;
  }
}
