import { MAX_BASELINE_AGE } from "./codec-limits.ts";
import type { EntityHistory } from "./entity-history.ts";
import type { SentPackets } from "./sent-packets.ts";

export const Phase = { free: 0, visible: 1, leaving: 2 } as const;
const NO_SLOT = -1;
const NEVER = -1;

/**
 * What a sender knows of one receiver: which entity has which slot, and for each slot the two newest snapshots whose state
 * of it has been acked. A slot is a small number that stands for an entity on the wire; it is given out again only when the
 * receiver has acked that the entity left, so that a slot and a snapshot number always mean one state.
 */
export class ReceiverKnowledge {
  readonly phase: Uint8Array;
  readonly index: Int32Array;
  /** 1 for each slot that is visible and was seen in the current snapshot; see `assess`. */
  readonly due: Uint8Array;
  /** Urgency gathered since the entity was last sent; whole numbers, which the engine does not box. */
  readonly priority: Int32Array;
  /** Age of the baseline in snapshots, 0 without; and how much older the second one is, 0 without. See `assess`. */
  readonly age: Uint8Array;
  readonly gap: Uint8Array;
  /** One more than the highest slot that was ever used. */
  end = 0;
  private readonly id: Int32Array;
  private readonly seenAt: Int32Array;
  /** Acks of packets of earlier snapshots say nothing about the slot as it is now. */
  private readonly validFrom: Int32Array;
  private readonly newestAcked: Int32Array;
  private readonly olderAcked: Int32Array;
  private readonly slotOfIndex: Int16Array;
  private firstFree = 0;

  constructor(
    private readonly history: EntityHistory,
    readonly slots: number,
  ) {
    this.phase = new Uint8Array(slots);
    this.index = new Int32Array(slots);
    this.due = new Uint8Array(slots);
    this.priority = new Int32Array(slots);
    this.age = new Uint8Array(slots);
    this.gap = new Uint8Array(slots);
    this.id = new Int32Array(slots);
    this.seenAt = new Int32Array(slots);
    this.validFrom = new Int32Array(slots);
    this.newestAcked = new Int32Array(slots);
    this.olderAcked = new Int32Array(slots);
    this.slotOfIndex = new Int16Array(history.capacity).fill(NO_SLOT);
  }

  /** Marks an entity as visible in the current snapshot. Returns its slot, or -1 when all are taken. */
  see(index: number, id: number): number {
    let slot = this.slotOfIndex[index] ?? NO_SLOT;
    if (slot !== NO_SLOT && this.id[slot] !== (id | 0)) {
      this.leave(slot);
      slot = NO_SLOT;
    }
    if (slot === NO_SLOT) slot = this.enter(index, id);
    if (slot !== NO_SLOT) this.seenAt[slot] = this.history.number;
    return slot;
  }

  /** Ends the visibility of an entity. Does nothing if it is not visible. */
  leaveIndex(index: number): void {
    const slot = this.slotOfIndex[index] ?? NO_SLOT;
    if (slot === NO_SLOT) return;
    this.leave(slot);
    // The receiver may be told of it in this very snapshot, or has been: that ack says nothing of the leave.
    this.validFrom[slot] = this.history.number + 1;
  }

  /**
   * Everyone who was not seen in the current snapshot leaves, unless they are to be kept; of those who were it is settled what they can be
   * told against.
   */
  assess(keepsUnseen: boolean): void {
    const { number } = this.history;
    for (let slot = 0; slot < this.end; slot++) {
      this.due[slot] = 0;
      if (this.phase[slot] !== Phase.visible) continue;
      if (this.seenAt[slot] === number) {
        this.due[slot] = 1;
        this.chooseBaselines(slot, number);
      } else if (!keepsUnseen) {
        this.leave(slot);
      }
    }
  }

  /** Takes an acked packet into account. */
  acknowledge(sent: SentPackets, entry: number): void {
    const number = sent.number(entry);
    for (let slot = sent.nextSlot(entry, 0); slot >= 0; slot = sent.nextSlot(entry, slot + 1)) {
      if (number < (this.validFrom[slot] ?? 0)) continue;
      if (this.phase[slot] === Phase.leaving) this.release(slot);
      else this.has(slot, number);
    }
  }

  /** Forgets everything that was acked: from the next snapshot on all is told anew. */
  forgetAcks(): void {
    const from = this.history.number + 1;
    this.newestAcked.fill(NEVER);
    this.olderAcked.fill(NEVER);
    this.validFrom.fill(from);
  }

  private has(slot: number, number: number): void {
    const newest = this.newestAcked[slot] ?? NEVER;
    if (number > newest) {
      this.olderAcked[slot] = newest;
      this.newestAcked[slot] = number;
    } else if (number < newest && number > (this.olderAcked[slot] ?? NEVER)) {
      this.olderAcked[slot] = number;
    }
  }

  private chooseBaselines(slot: number, number: number): void {
    const newest = this.newestAcked[slot] ?? NEVER;
    const older = this.olderAcked[slot] ?? NEVER;
    this.age[slot] = this.isUsable(slot, newest, number) ? number - newest : 0;
    this.gap[slot] = this.age[slot] !== 0 && this.isUsable(slot, older, number) ? newest - older : 0;
  }

  private isUsable(slot: number, acked: number, number: number): boolean {
    if (acked === NEVER || number - acked > MAX_BASELINE_AGE || acked >= number) return false;
    return this.history.planes.holds(acked, this.index[slot] ?? 0, this.id[slot] ?? 0);
  }

  private enter(index: number, id: number): number {
    let slot = this.firstFree;
    while (slot < this.slots && this.phase[slot] !== Phase.free) slot++;
    this.firstFree = slot;
    if (slot === this.slots) return NO_SLOT;
    this.firstFree = slot + 1;
    this.end = Math.max(this.end, slot + 1);
    this.phase[slot] = Phase.visible;
    this.index[slot] = index;
    this.id[slot] = id;
    this.priority[slot] = 0;
    this.validFrom[slot] = this.history.number;
    this.newestAcked[slot] = NEVER;
    this.olderAcked[slot] = NEVER;
    this.slotOfIndex[index] = slot;
    return slot;
  }

  private leave(slot: number): void {
    const index = this.index[slot] ?? 0;
    if (this.slotOfIndex[index] === slot) this.slotOfIndex[index] = NO_SLOT;
    this.phase[slot] = Phase.leaving;
    this.validFrom[slot] = this.history.number;
  }

  private release(slot: number): void {
    this.phase[slot] = Phase.free;
    this.firstFree = Math.min(this.firstFree, slot);
  }
}
