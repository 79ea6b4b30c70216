import { MAX_BASELINE_AGE } from "./codec-limits.ts";
import type { EntityHistory } from "./entity-history.ts";
import type { SentPackets } from "./sent-packets.ts";
import { SlotSet } from "./slot-set.ts";

const NO_SLOT = -1;
const NEVER = -1;

/** Words of a slot's row. What a sender knows of one slot lies together: of a thousand receivers little is in the processor's cache. */
export const Slot = {
  /** Index of the entity in the history. */
  index: 0,
  id: 1,
  /** Urgency gathered since the entity was last sent. */
  priority: 2,
  /** As of the last `see`: age of the baseline in snapshots, 0 without, times 32; and how much older the second one is, 0 without. */
  ages: 3,
  /** The two newest snapshots whose state of it has been acked. */
  newestAcked: 4,
  olderAcked: 5,
  /** Acks of packets of earlier snapshots say nothing about the slot as it is now. */
  validFrom: 6,
  /** 1: it is to be told in full, whatever has been acked. */
  absoluteDue: 7,
} as const;
export const SLOT_WORDS = 8;
const INDEX = Slot.index;
const ID = Slot.id;
const PRIORITY = Slot.priority;
const AGES = Slot.ages;
const NEWEST = Slot.newestAcked;
const OLDER = Slot.olderAcked;
const VALID_FROM = Slot.validFrom;
const ABSOLUTE_DUE = Slot.absoluteDue;
const ROW = SLOT_WORDS;

/**
 * What a sender knows of one receiver: which entity has which slot, and for each slot the two newest snapshots whose state
 * of it has been acked. A slot is a small number that stands for an entity on the wire; it is given out again only when the
 * receiver has acked that the entity left, so that a slot and a snapshot number always mean one state.
 */
export class ReceiverKnowledge {
  /** A row of `SLOT_WORDS` for each slot; whole numbers, which the engine does not box. */
  readonly rows: Int32Array;
  readonly visible: SlotSet;
  /** Slots whose entity is not visible any more, which the receiver has not acked yet. */
  readonly leaving: SlotSet;
  leavingCount = 0;
  /** One more than the highest slot that was ever used. */
  end = 0;
  private readonly slotOfIndex: Int16Array;
  private firstFree = 0;

  /** `due`: of the visible ones, those that were seen in the current snapshot; whoever begins a snapshot clears it. */
  constructor(
    private readonly history: EntityHistory,
    readonly slots: number,
    private readonly due: SlotSet,
  ) {
    this.rows = new Int32Array(slots * ROW);
    this.visible = new SlotSet(slots);
    this.leaving = new SlotSet(slots);
    this.slotOfIndex = new Int16Array(history.capacity).fill(NO_SLOT);
  }

  /** The slot of a visible entity, or -1. */
  slotOf(index: number): number {
    const slot = this.slotOfIndex[index] ?? NO_SLOT;
    return slot !== NO_SLOT && this.isThere(slot) ? slot : NO_SLOT;
  }

  /** Makes an entity of the history visible, if it is not. Returns its slot, or -1 when all are taken. */
  show(index: number): number {
    const slot = this.slotOfIndex[index] ?? NO_SLOT;
    if (slot !== NO_SLOT && this.isThere(slot)) return slot;
    if (slot !== NO_SLOT) this.leave(slot);
    return this.enter(index, this.history.ids[index] ?? 0);
  }

  /** Whether the entity of a slot is visible, and nobody else has its index meanwhile. */
  isThere(slot: number): boolean {
    const at = slot * ROW;
    return this.visible.has(slot) && this.rows[at + ID] === this.history.ids[this.rows[at + INDEX] ?? 0];
  }

  /** Adds to the urgency of a slot, and settles what its entity can be told against in the current snapshot. Returns that, see `Slot.ages`. */
  see(slot: number, urgency: number, mostUrgency: number): number {
    const { rows, history } = this;
    const at = slot * ROW;
    rows[at + PRIORITY] = Math.min(mostUrgency, (rows[at + PRIORITY] ?? 0) + urgency);
    const ages = this.agesOf(at, history.number);
    rows[at + AGES] = ages;
    return ages;
  }

  /** Ends the visibility of an entity. Does nothing if it is not visible. */
  leaveIndex(index: number): void {
    const slot = this.slotOfIndex[index] ?? NO_SLOT;
    if (slot === NO_SLOT) return;
    this.leave(slot);
    // The receiver may be told of it in this very snapshot, or has been: that ack says nothing of the leave.
    this.rows[slot * ROW + VALID_FROM] = this.history.number + 1;
  }

  /** Everyone who was not seen in the current snapshot leaves. */
  leaveUnseen(): void {
    const { due, visible } = this;
    for (let word = 0; word < visible.words.length; word++) {
      for (let gone = (visible.words[word] ?? 0) & ~(due.words[word] ?? 0); gone !== 0; gone &= gone - 1) {
        this.leave(word * 32 + (31 - Math.clz32(gone & -gone)));
      }
    }
  }

  /** From now on everyone is told in full once. */
  tellInFull(): void {
    for (let slot = 0; slot < this.end; slot++) this.rows[slot * ROW + ABSOLUTE_DUE] = 1;
  }

  /** Takes an acked packet into account. */
  acknowledge(sent: SentPackets, entry: number): void {
    const { rows } = this;
    const number = sent.number(entry);
    for (let slot = sent.nextSlot(entry, 0); slot >= 0; slot = sent.nextSlot(entry, slot + 1)) {
      const at = slot * ROW;
      if (number < (rows[at + VALID_FROM] ?? 0)) continue;
      if (this.leaving.has(slot)) this.release(slot);
      else this.has(at, number);
    }
  }

  /** Forgets everything that was acked: from the next snapshot on all is told anew. */
  forgetAcks(): void {
    const { rows } = this;
    const from = this.history.number + 1;
    for (let at = 0; at < rows.length; at += ROW) {
      rows[at + NEWEST] = NEVER;
      rows[at + OLDER] = NEVER;
      rows[at + VALID_FROM] = from;
    }
  }

  private has(at: number, number: number): void {
    const { rows } = this;
    const newest = rows[at + NEWEST] ?? NEVER;
    if (number > newest) {
      rows[at + OLDER] = newest;
      rows[at + NEWEST] = number;
    } else if (number < newest && number > (rows[at + OLDER] ?? NEVER)) {
      rows[at + OLDER] = number;
    }
  }

  /** What was acked of a slot was told of the entity that is in it, so the history has it: for as long as both ends remember. */
  private agesOf(at: number, number: number): number {
    const { rows } = this;
    const newest = rows[at + NEWEST] ?? NEVER;
    const age = number - newest;
    if (newest === NEVER || age <= 0 || age > MAX_BASELINE_AGE) return 0;
    const older = rows[at + OLDER] ?? NEVER;
    const gap = older === NEVER || number - older > MAX_BASELINE_AGE ? 0 : newest - older;
    return (age << 5) | gap;
  }

  private enter(index: number, id: number): number {
    let slot = this.firstFree;
    while (slot < this.slots && (this.visible.has(slot) || this.leaving.has(slot))) slot++;
    this.firstFree = slot;
    if (slot === this.slots) return NO_SLOT;
    this.firstFree = slot + 1;
    this.end = Math.max(this.end, slot + 1);
    this.visible.add(slot);
    const { rows } = this;
    const at = slot * ROW;
    rows[at + INDEX] = index;
    rows[at + ID] = id;
    rows[at + PRIORITY] = 0;
    rows[at + VALID_FROM] = this.history.number;
    rows[at + NEWEST] = NEVER;
    rows[at + OLDER] = NEVER;
    rows[at + ABSOLUTE_DUE] = 0;
    this.slotOfIndex[index] = slot;
    return slot;
  }

  private leave(slot: number): void {
    const at = slot * ROW;
    const index = this.rows[at + INDEX] ?? 0;
    if (this.slotOfIndex[index] === slot) this.slotOfIndex[index] = NO_SLOT;
    this.visible.remove(slot);
    this.due.remove(slot);
    this.leaving.add(slot);
    this.leavingCount += 1;
    this.rows[at + VALID_FROM] = this.history.number;
  }

  private release(slot: number): void {
    this.leaving.remove(slot);
    this.leavingCount -= 1;
    this.firstFree = Math.min(this.firstFree, slot);
  }
}
