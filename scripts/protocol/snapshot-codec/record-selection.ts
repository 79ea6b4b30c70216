import { Phase, type ReceiverKnowledge } from "./receiver-knowledge.ts";

/** Bytes that a record without a baseline takes, roughly. */
const ABSOLUTE_BYTES = 12;
/** Bytes of a record at first, before any was measured, and how fast the estimate follows what is measured. */
const FIRST_DELTA_BYTES = 3;
const ESTIMATE_GAIN = 0.125;
const THRESHOLD_STEPS = 12;

/**
 * Chooses which entities are told about when not all fit the budget. Each has gathered urgency since it was last sent
 * (the priority accumulator of Glenn Fiedler's "State Synchronization"); the most urgent go first, so that nobody waits for ever.
 */
export class RecordSelection {
  /** 1 for each slot that is to be sent. */
  readonly chosen: Uint8Array;
  private deltaBytes = FIRST_DELTA_BYTES;

  constructor(private readonly knowledge: ReceiverKnowledge) {
    this.chosen = new Uint8Array(knowledge.slots);
  }

  /** Chooses for a snapshot. The sizes are guessed: who encodes must still watch the bytes. */
  choose(budgetBytes: number): void {
    const { phase, end } = this.knowledge;
    let threshold = 0;
    if (this.bytesFrom(0) > budgetBytes) threshold = this.findThreshold(budgetBytes);
    for (let slot = 0; slot < end; slot++) {
      const priority = this.knowledge.priority[slot] ?? 0;
      this.chosen[slot] = phase[slot] === Phase.visible && priority >= threshold ? 1 : 0;
    }
  }

  /** Learns how long records are from what a packet without absolute ones turned out to be. */
  learn(records: number, bytes: number): void {
    if (records > 0) this.deltaBytes += (bytes / records - this.deltaBytes) * ESTIMATE_GAIN;
  }

  private findThreshold(budgetBytes: number): number {
    const { priority, end } = this.knowledge;
    let above = 0;
    for (let slot = 0; slot < end; slot++) above = Math.max(above, priority[slot] ?? 0);
    let below = 0;
    for (let step = 0; step < THRESHOLD_STEPS; step++) {
      const middle = (below + above) / 2;
      if (this.bytesFrom(middle) > budgetBytes) below = middle;
      else above = middle;
    }
    return above;
  }

  private bytesFrom(threshold: number): number {
    const { phase, priority, age, end } = this.knowledge;
    let bytes = 0;
    for (let slot = 0; slot < end; slot++) {
      if (phase[slot] !== Phase.visible || (priority[slot] ?? 0) < threshold) continue;
      bytes += age[slot] === 0 ? ABSOLUTE_BYTES : this.deltaBytes;
    }
    return bytes;
  }
}
