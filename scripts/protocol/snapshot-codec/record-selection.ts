import type { ReceiverKnowledge } from "./receiver-knowledge.ts";

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
  /** 1 for each slot that is to be sent. */
  readonly chosen: Uint8Array;
  private deltaParts = FIRST_DELTA_PARTS;

  constructor(private readonly knowledge: ReceiverKnowledge) {
    this.chosen = new Uint8Array(knowledge.slots);
  }

  /** Chooses for a snapshot. The sizes are guessed: who encodes must still watch the bytes. */
  choose(budgetBytes: number): void {
    const { due, end } = this.knowledge;
    const budgetParts = budgetBytes * PARTS_PER_BYTE;
    let threshold = 0;
    if (this.partsFrom(0) > budgetParts) threshold = this.findThreshold(budgetParts);
    for (let slot = 0; slot < end; slot++) {
      const priority = this.knowledge.priority[slot] ?? 0;
      this.chosen[slot] = due[slot] === 1 && priority >= threshold ? 1 : 0;
    }
  }

  /** Learns how long records are from what a packet without absolute ones turned out to be. */
  learn(records: number, bytes: number): void {
    if (records === 0) return;
    const measured = Math.ceil((bytes * PARTS_PER_BYTE) / records) | 0;
    this.deltaParts += (measured - this.deltaParts) >> LEARNING_SHIFT;
  }

  private findThreshold(budgetParts: number): number {
    const { due, priority, end } = this.knowledge;
    let above = 0;
    for (let slot = 0; slot < end; slot++) if (due[slot] === 1) above = Math.max(above, priority[slot] ?? 0);
    let below = 0;
    while (above - below > 1) {
      const middle = (below + above) >> 1;
      if (this.partsFrom(middle) > budgetParts) below = middle;
      else above = middle;
    }
    return above;
  }

  private partsFrom(threshold: number): number {
    const { due, priority, age, end } = this.knowledge;
    let parts = 0;
    for (let slot = 0; slot < end; slot++) {
      if (due[slot] === 0 || (priority[slot] ?? 0) < threshold) continue;
      parts += age[slot] === 0 ? ABSOLUTE_PARTS : this.deltaParts;
    }
    return parts;
  }
}
