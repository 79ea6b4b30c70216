import { writeAbsolute } from "./absolute-record.ts";
import { CODEC_HEADER_BYTES, MAX_CODEC_PACKET_BYTES, MAX_RECORD_BYTES, MAX_SLOTS } from "./codec-limits.ts";
import { Context, NumberContext, RecordKind } from "./contexts.ts";
import { writeDelta } from "./delta-record.ts";
import type { EntityHistory } from "./entity-history.ts";
import type { Terrain } from "./motion-prediction.ts";
import { ReceiverKnowledge, SLOT_WORDS, Slot } from "./receiver-knowledge.ts";
import { RecordSelection } from "./record-selection.ts";
import { SenderWorkspace } from "./sender-workspace.ts";
import { SentPackets } from "./sent-packets.ts";
import { writeNumber } from "./signed-number.ts";

// Copies of what other modules export: constants of this module are literals in the machine code, others are loaded and checked.
const PLAIN = Context.plain;
const ROW = SLOT_WORDS;
const INDEX = Slot.index;
const PRIORITY = Slot.priority;
const AGES = Slot.ages;
const ABSOLUTE_DUE = Slot.absoluteDue;

const SEQUENCES = 65536;
/** Bytes for the end of a packet: its end mark and the coder's last ones. */
const TRAILER_BYTES = 8;

const MAX_PRIORITY = 2 ** 30 - 65536;

export interface SnapshotSenderOptions {
  /** Entities that the receiver can hold at once, 1 to `MAX_SLOTS`, which is what there are without. */
  slots?: number;
  /** Longest packet, 128 to 65535 bytes (1150). */
  packetBytes?: number;
  /** Snapshots from one unasked-for keyframe to the next (600: half a minute); 0: never. */
  keyframeIntervalSnapshots?: number;
  /** The ground, if the receiver has it as well. */
  terrain?: Terrain;
  /**
   * Shared with other senders of the same history, each of which writes all packets of its snapshot before the next one begins its own; with it, its
   * terrain is everybody's. Without it, the sender has one of its own.
   */
  workspace?: SenderWorkspace;
}

/**
 * Tells one receiver about the entities that it sees. Per snapshot: `begin`, `see` each visible entity, `writePacket` until
 * it returns 0. Whoever is not seen leaves, unless `begin` says otherwise. Allocates nothing after construction.
 */
export class SnapshotSender {
  private readonly knowledge: ReceiverKnowledge;
  private readonly selection: RecordSelection;
  private readonly sent: SentPackets;
  private readonly workspace: SenderWorkspace;
  private turn = 0;
  private readonly packetBytes: number;
  private readonly keyframeInterval: number;
  private nextKeyframe: number;
  private censusPending = true;
  private censusFrom = 0;
  private budgetLeft = 0;
  private cursor = 0;
  private packetsOfSnapshot = 0;
  private keepsUnseen = false;
  private begunNumber = 0;
  private absolutes = 0;
  /** The newest ack so far, and its bits; -1: none has come. */
  private lastAck = -1;
  private lastAckBits = 0;

  constructor(
    private readonly history: EntityHistory,
    options: SnapshotSenderOptions = {},
  ) {
    const slots = options.slots ?? MAX_SLOTS;
    if (!(slots >= 1 && slots <= MAX_SLOTS)) throw new RangeError(`slots: expected 1 to ${MAX_SLOTS}, got ${slots}`);
    this.packetBytes = options.packetBytes ?? MAX_CODEC_PACKET_BYTES;
    if (!(this.packetBytes >= 2 * MAX_RECORD_BYTES && this.packetBytes < 65536)) {
      throw new RangeError(`packetBytes: expected ${2 * MAX_RECORD_BYTES} to 65535, got ${this.packetBytes}`);
    }
    this.keyframeInterval = options.keyframeIntervalSnapshots ?? 600;
    this.nextKeyframe = history.number + this.keyframeInterval;
    this.workspace = options.workspace ?? new SenderWorkspace(history, options.terrain);
    if (this.workspace.history !== history) throw new Error("expected a workspace for the sender's own history");
    const { due, chosen } = this.workspace;
    this.knowledge = new ReceiverKnowledge(history, slots, due);
    this.selection = new RecordSelection(this.knowledge.rows, due, chosen);
    this.sent = new SentPackets(slots);
  }

  /**
   * Begins the history's current snapshot. `budgetBytes` is for all its packets together; the first one leaves anyway. `keepsUnseen`: who is
   * visible and not seen this time is not told of, and stays visible until it `leave`s, or is not seen in a snapshot without this.
   */
  begin(budgetBytes: number, keepsUnseen = false): void {
    const { number } = this.history;
    if (number === this.begunNumber) throw new Error(`snapshot ${number} has begun already: advance the history first`);
    this.begunNumber = number;
    this.budgetLeft = budgetBytes;
    this.cursor = 0;
    this.packetsOfSnapshot = 0;
    this.keepsUnseen = keepsUnseen;
    this.workspace.turn += 1;
    this.turn = this.workspace.turn;
    this.workspace.due.clear();
    this.selection.begin();
    if (this.keyframeInterval > 0 && number >= this.nextKeyframe) this.beginKeyframe();
  }

  /**
   * Makes an entity visible in this snapshot. `urgency` is a whole number from 1 to 65535: what it gathers per
   * snapshot until it is sent, more for the near, the fast and the targeted. Returns false when the receiver holds as many as it can.
   */
  see(index: number, urgency: number): boolean {
    if (this.history.newest[index] !== this.history.number) throw this.unwritten(index);
    const slot = this.knowledge.show(index);
    return slot >= 0 && this.seeSlot(slot, urgency);
  }

  /**
   * The same by its slot, for an entity that is visible already; returns false when it has left. Who goes through all slots in order reads
   * memory in order, which of a thousand senders is most of the time that it takes.
   */
  seeSlot(slot: number, urgency: number): boolean {
    const { knowledge, history } = this;
    if (!knowledge.isThere(slot)) return false;
    const index = knowledge.rows[slot * ROW + INDEX] ?? 0;
    if (history.newest[index] !== history.number) throw this.unwritten(index);
    const ages = knowledge.see(slot, urgency, MAX_PRIORITY);
    if (this.workspace.due.add(slot)) this.selection.offer(ages);
    return true;
  }

  /** Makes an entity visible that may be told of later, if unseen ones are kept. Returns its slot, or -1 when the receiver holds as many as it can. */
  show(index: number): number {
    return this.knowledge.show(index);
  }

  /** The slot of a visible entity, or -1. */
  slotOf(index: number): number {
    return this.knowledge.slotOf(index);
  }

  /** The first slot at or after `from` whose entity is visible, or -1. */
  nextVisible(from: number): number {
    return this.knowledge.visible.next(from);
  }

  /** Index of the entity in a slot. */
  indexIn(slot: number): number {
    return this.knowledge.rows[slot * ROW + INDEX] ?? 0;
  }

  /** Ends the visibility of an entity, at any time; does nothing if it is not visible. */
  leave(index: number): void {
    this.knowledge.leaveIndex(index);
  }

  /** Whether `writePacket` has something to write for the begun snapshot: always once, more while it needs more and the budget allows. */
  get pending(): boolean {
    return this.packetsOfSnapshot === 0 || (this.budgetLeft >= MAX_RECORD_BYTES && this.hasMore());
  }

  /**
   * Writes the snapshot's next packet at `offset` of `out`, which has room for `packetBytes` there. `sequence` is that of the
   * header it travels under, by which it will be acked. Returns its bytes, 0 when there is nothing left to send: the sequence
   * is then still unused.
   */
  writePacket(sequence: number, out: Uint8Array, offset: number): number {
    if (!this.pending) return 0;
    if (this.workspace.turn !== this.turn)
      throw new Error("another sender has begun its snapshot in the same workspace");
    const first = this.packetsOfSnapshot === 0;
    if (first) this.prepare();
    this.packetsOfSnapshot += 1;
    const census = first && this.censusPending;
    this.sent.begin(sequence % SEQUENCES, this.history.number, census);
    this.writeHeader(out, offset);
    this.workspace.encoder.start(out, offset + CODEC_HEADER_BYTES, offset + this.packetBytes);
    this.writeSlots(census, first, offset);
    const { encoder } = this.workspace;
    const before = encoder.end;
    const records = this.writeRecords(offset);
    const bytes = encoder.finish() - offset;
    if (this.absolutes === 0) this.selection.learn(records, offset + bytes - before);
    this.budgetLeft -= bytes;
    return bytes;
  }

  /** Takes the acks of a header that the receiver sent: `ack`, and bit i of `ackBits` for `ack` - 1 - i. Any values are taken. */
  acknowledge(ack: number, ackBits: number): void {
    const latest = ack & 0xffff;
    const ahead = this.lastAck < 0 ? SEQUENCES / 4 : (latest - this.lastAck) & 0xffff;
    // Each packet is acked again and again: only what the newest acks so far did not say is looked up.
    let bits = ackBits & ~this.knownBits(ahead);
    if (ahead !== 0) this.acknowledgeOne(latest);
    for (; bits !== 0; bits &= bits - 1) {
      const lowest = 31 - Math.clz32(bits & -bits);
      this.acknowledgeOne((latest - 1 - lowest) & 0xffff);
    }
    if (ahead >= SEQUENCES / 2) return;
    this.lastAckBits = ahead === 0 ? this.lastAckBits | ackBits : ackBits;
    this.lastAck = latest;
  }

  /** The receiver lacks a baseline: from the next snapshot on all is told anew. Ignored while that is on its way. */
  requestKeyframe(): void {
    if (this.censusPending) return;
    this.knowledge.forgetAcks();
    this.beginKeyframe();
    this.censusFrom = this.history.number + 1;
  }

  /** Of the packets that an ack speaks of by its bits, those that the newest ack before it spoke of, which was so many packets before. */
  private knownBits(ahead: number): number {
    if (ahead === 0) return this.lastAckBits;
    if (ahead > 32) return 0;
    const shifted = ahead === 32 ? 0 : this.lastAckBits << ahead;
    return shifted | (1 << (ahead - 1));
  }

  private unwritten(index: number): RangeError {
    const { number } = this.history;
    return new RangeError(`entity at index ${index} has no state in snapshot ${number}: write it before it is seen`);
  }

  private beginKeyframe(): void {
    this.knowledge.tellInFull();
    this.censusPending = true;
    this.censusFrom = this.history.number;
    this.nextKeyframe = this.history.number + this.keyframeInterval;
  }

  private acknowledgeOne(sequence: number): void {
    const entry = this.sent.take(sequence);
    if (entry < 0) return;
    this.knowledge.acknowledge(this.sent, entry);
    if (this.sent.hasCensus(entry) && this.sent.number(entry) >= this.censusFrom) this.censusPending = false;
  }

  private prepare(): void {
    if (!this.keepsUnseen) this.knowledge.leaveUnseen();
    this.selection.choose(this.budgetLeft);
  }

  private hasMore(): boolean {
    return this.workspace.chosen.next(this.cursor) >= 0;
  }

  private writeHeader(out: Uint8Array, offset: number): void {
    const { number, tick } = this.history;
    out[offset] = number;
    out[offset + 1] = number >>> 8;
    out[offset + 2] = tick;
    out[offset + 3] = tick >>> 8;
    out[offset + 4] = tick >>> 16;
    out[offset + 5] = tick >>> 24;
  }

  /** Census, leaves and common ages: what stands before the records. */
  private writeSlots(census: boolean, leaves: boolean, offset: number): void {
    const { encoder } = this.workspace;
    const { visible, leaving, leavingCount, end } = this.knowledge;
    if (encoder.bit(Context.census, census ? 1 : 0) === 1) {
      encoder.wide(end, 11);
      let previous = 0;
      for (let slot = 0; slot < end; slot++) {
        previous = encoder.bit(Context.occupied + previous, visible.has(slot) ? 1 : 0);
      }
    }
    let last = -1;
    const limit = offset + (this.packetBytes >> 1);
    const first = leaves && leavingCount > 0 ? leaving.next(0) : -1;
    for (let slot = first; slot >= 0 && encoder.end < limit; slot = leaving.next(slot + 1)) {
      writeNumber(encoder, NumberContext.leave, slot - last);
      this.sent.add(slot);
      last = slot;
    }
    writeNumber(encoder, NumberContext.leave, 0);
    const { commonAges } = this.selection;
    encoder.direct(commonAges >> 5, 5);
    encoder.direct(commonAges & 31, 5);
  }

  private writeRecords(offset: number): number {
    const { knowledge, history } = this;
    const { encoder, neighbour, residuals, chosen } = this.workspace;
    const { planes } = history;
    const { words } = planes;
    const { rows } = knowledge;
    const { commonAges } = this.selection;
    const limit = offset + Math.min(this.packetBytes, Math.max(this.budgetLeft, 2 * MAX_RECORD_BYTES));
    const last = limit - MAX_RECORD_BYTES - TRAILER_BYTES;
    const { number } = history;
    let expected = 0;
    let plain = 1;
    let records = 0;
    this.absolutes = 0;
    neighbour.reset();
    let slot = chosen.next(this.cursor);
    for (; slot >= 0 && encoder.end <= last; slot = chosen.next(slot + 1)) {
      if (slot !== expected) {
        plain = encoder.bit(PLAIN + plain, 0);
        this.writeKind(RecordKind.gap);
        writeNumber(encoder, NumberContext.gap, slot - expected - 1);
      }
      const at = slot * ROW;
      const index = rows[at + INDEX] ?? 0;
      const now = planes.at(number, index);
      const ages = rows[at + AGES] ?? 0;
      if (ages === 0 || rows[at + ABSOLUTE_DUE] === 1) {
        plain = encoder.bit(PLAIN + plain, 0);
        this.writeKind(RecordKind.absolute);
        writeAbsolute(encoder, words, now, neighbour);
        rows[at + ABSOLUTE_DUE] = 0;
        this.absolutes += 1;
      } else {
        if (ages === commonAges) {
          plain = encoder.bit(PLAIN + plain, 1);
        } else {
          plain = encoder.bit(PLAIN + plain, 0);
          this.writeKind(RecordKind.ownAges);
          encoder.direct(ages >> 5, 5);
          encoder.direct(ages & 31, 5);
        }
        writeDelta(
          encoder,
          residuals.words,
          residuals.at(index, ages),
          words,
          now,
          planes.at(number - (ages >> 5), index),
        );
      }
      rows[at + PRIORITY] = 0;
      this.sent.add(slot);
      expected = slot + 1;
      records += 1;
    }
    this.cursor = slot >= 0 ? slot : knowledge.slots;
    encoder.bit(PLAIN + plain, 0);
    this.writeKind(RecordKind.end);
    return records;
  }

  private writeKind(kind: number): void {
    const { encoder } = this.workspace;
    const high = encoder.bit(Context.kind + 1, kind >> 1);
    encoder.bit(Context.kind + 2 + high, kind & 1);
  }
}
