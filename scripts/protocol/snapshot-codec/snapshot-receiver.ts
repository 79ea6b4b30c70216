import { AbsoluteNeighbour, readAbsolute } from "./absolute-record.ts";
import {
  CODEC_HEADER_BYTES,
  HISTORY_SNAPSHOTS,
  MAX_SLOTS,
  MAX_SNAPSHOT_JUMP,
  REORDER_SNAPSHOTS,
} from "./codec-limits.ts";
import { Context, NumberContext, RecordKind } from "./contexts.ts";
import { DeltaReader } from "./delta-record.ts";
import type { Terrain } from "./motion-prediction.ts";
import { RangeDecoder } from "./range-decoder.ts";
import { readNumber } from "./signed-number.ts";
import { type SnapshotError, SnapshotFailure } from "./snapshot-error.ts";
import { SnapshotUpdate } from "./snapshot-update.ts";
import { Field } from "./state-planes.ts";
import { VisibleEntities } from "./visible-entities.ts";

// Copies of what other modules export: constants of this module are literals in the machine code, others are loaded and checked.
const PLAIN = Context.plain;
const GAP_NUMBER = NumberContext.gap;
const END = RecordKind.end;
const GAP = RecordKind.gap;
const ABSOLUTE = RecordKind.absolute;
const NUMBER = Field.number;
const ID = Field.id;

const MAX_PACKET_BYTES = 65_536;
/** Numbers start a lap above 0, so that the one before the first is no negative one. */
const FIRST_LAP = 65_536;
/** So many late packets one after the other are no accident: the numbers themselves are wrong. */
const MAX_STALE_IN_A_ROW = 32;

/**
 * Reads what a `SnapshotSender` wrote, in any order, with any gaps. A packet is taken as a whole or not at all. After `decode`
 * has returned true, `update` says what the packet said and `entities` holds all that is known. Takes any bytes: it never
 * throws, its work is bounded by the packet and the slots, it allocates nothing after construction but the detail of an error,
 * the room for a packet that is longer than a datagram, and that for more entities than it has held before, twice as many each time.
 */
export class SnapshotReceiver {
  readonly entities: VisibleEntities;
  readonly update: SnapshotUpdate;
  /** Whether the sender must be asked for a keyframe, again and again until one came. */
  keyframeNeeded = false;
  private readonly failure = new SnapshotFailure();
  private readonly delta: DeltaReader;
  private readonly neighbour = new AbsoluteNeighbour();
  private readonly leaving: Uint16Array;
  private leavingCount = 0;
  private readonly absent: Uint8Array;
  private readonly ticks = new Float64Array(HISTORY_SNAPSHOTS);
  private readonly numbers = new Int32Array(HISTORY_SNAPSHOTS);
  private newest = 0;
  private newestTick = 0;
  private staleInARow = 0;
  /** Whether this packet, if it is sound, takes the place of everything before. */
  private restarting = true;
  private commonAge = 0;
  private commonGap = 0;

  /** `slots`: as many as the sender gives out, 1 to `MAX_SLOTS`; about 1 KiB of memory for each that is used, and for 64 at least. `terrain`: if the sender uses it as well. `decoder`: a substitute that watches. */
  constructor(
    slots = MAX_SLOTS,
    terrain?: Terrain,
    private readonly decoder = new RangeDecoder(),
  ) {
    this.delta = new DeltaReader(terrain);
    if (!(slots >= 1 && slots <= MAX_SLOTS)) throw new RangeError(`slots: expected 1 to ${MAX_SLOTS}, got ${slots}`);
    this.entities = new VisibleEntities(slots);
    this.update = new SnapshotUpdate(slots);
    this.leaving = new Uint16Array(slots);
    this.absent = new Uint8Array(slots);
  }

  /** What was wrong with the last packet; "" if nothing was. */
  get error(): SnapshotError | "" {
    return this.failure.error;
  }

  /** The same in English, for logs. */
  get detail(): string {
    return this.failure.detail;
  }

  /** Reads one packet of the codec, without the header that it travelled under. Returns false when it was refused: see `error`. */
  decode(bytes: Uint8Array): boolean {
    this.failure.clear();
    this.update.count = 0;
    this.update.leftCount = 0;
    this.leavingCount = 0;
    if (bytes.length <= CODEC_HEADER_BYTES) {
      return this.failure.set("too_short", "packet", `more than ${CODEC_HEADER_BYTES} bytes`, bytes.length);
    }
    if (bytes.length > MAX_PACKET_BYTES) {
      return this.failure.set("too_long", "packet", `at most ${MAX_PACKET_BYTES} bytes`, bytes.length);
    }
    this.decoder.start(bytes, CODEC_HEADER_BYTES);
    const census = this.decoder.bit(Context.census) === 1;
    if (!this.readHeader(bytes, census)) return false;
    if (!this.readSlots(census) || !this.readRecords()) return false;
    if (this.decoder.exhausted) return this.tooShort();
    if (!this.decoder.finished) {
      return this.failure.set("bad_length", "packet", "its end after the last record", "more bytes");
    }
    this.commit(census);
    return true;
  }

  private readHeader(bytes: Uint8Array, census: boolean): boolean {
    const raw = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8);
    const tick = ((bytes[2] ?? 0) | ((bytes[3] ?? 0) << 8) | ((bytes[4] ?? 0) << 16) | ((bytes[5] ?? 0) << 24)) >>> 0;
    const ahead = ((raw - this.newest) << 16) >> 16;
    this.update.tick = tick;
    this.update.number = this.newest + ahead;
    this.restarting = this.newest === 0 || (census && this.keyframeNeeded && !isNear(ahead));
    if (this.restarting) {
      this.update.number = FIRST_LAP + raw;
      return tick > 0 || this.failure.set("out_of_range", "tick", "1 or more", tick);
    }
    if (ahead > MAX_SNAPSHOT_JUMP || ahead < -MAX_SNAPSHOT_JUMP) {
      this.keyframeNeeded = true;
      return this.failure.set("bad_number", "snapshot number", `one near ${this.newest & 0xffff}`, raw);
    }
    if (!isNear(ahead)) return this.stale(ahead);
    return this.checkTick(ahead, tick);
  }

  private stale(ahead: number): false {
    this.staleInARow += 1;
    if (this.staleInARow >= MAX_STALE_IN_A_ROW) this.keyframeNeeded = true;
    return this.failure.set("stale", "snapshot", `at most ${REORDER_SNAPSHOTS} snapshots late`, `one ${-ahead} late`);
  }

  /** Later snapshots have later ticks, and one snapshot has one tick. */
  private checkTick(ahead: number, tick: number): boolean {
    const { number } = this.update;
    const place = number & (HISTORY_SNAPSHOTS - 1);
    const fits = ahead > 0 ? tick > this.newestTick : tick <= this.newestTick;
    const known = this.numbers[place] === number ? (this.ticks[place] ?? 0) : tick;
    if (fits && known === tick && tick > 0) return true;
    return this.failure.set("out_of_range", "tick", `one that fits tick ${this.newestTick}`, tick);
  }

  private readSlots(census: boolean): boolean {
    const { decoder } = this;
    const { slots } = this.entities;
    if (census) {
      const end = decoder.wide(11);
      if (end > slots) return this.failure.set("out_of_range", "census", `at most ${slots} slots`, end);
      this.absent.fill(1);
      let previous = 0;
      for (let slot = 0; slot < end; slot++) {
        previous = decoder.bit(Context.occupied + previous);
        this.absent[slot] = 1 - previous;
      }
    }
    let last = -1;
    for (;;) {
      const step = readNumber(decoder, NumberContext.leave);
      if (step === 0) break;
      last += step;
      if (step < 0 || last >= slots) return this.failure.set("out_of_range", "slot left", `below ${slots}`, last);
      this.leaving[this.leavingCount++] = last;
    }
    this.commonAge = decoder.direct(5);
    this.commonGap = decoder.direct(5);
    return !decoder.exhausted || this.tooShort();
  }

  private readRecords(): boolean {
    const { decoder, update, delta } = this;
    const { slots, planes } = this.entities;
    const { words, rows } = planes;
    const { number } = update;
    this.neighbour.reset();
    let slot = 0;
    let plain = 1;
    let count = 0;
    for (;;) {
      let age = this.commonAge;
      let gap = this.commonGap;
      plain = decoder.bit(PLAIN + plain);
      if (plain === 0) {
        const kind = this.readKind();
        if (kind === END) return true;
        if (decoder.exhausted) return this.tooShort();
        if (kind === GAP) {
          const skipped = readNumber(decoder, GAP_NUMBER);
          if (skipped < 0) return this.failure.set("out_of_range", "gap between slots", "1 or more", skipped);
          slot += skipped + 1;
          if (slot >= slots) return this.failure.set("out_of_range", "slot", `below ${slots}`, slot);
          // What follows a gap is a record, whose first bit was spoken for.
          continue;
        }
        if (slot >= slots) return this.failure.set("out_of_range", "slot", `below ${slots}`, slot);
        if (kind === ABSOLUTE) {
          update.slot[count] = slot;
          if (!readAbsolute(decoder, this.neighbour, update, count)) {
            return this.failure.set("out_of_range", "entity", "an id above 0 at a place in the world", `slot ${slot}`);
          }
          update.count = ++count;
          slot += 1;
          continue;
        }
        age = decoder.direct(5);
        gap = decoder.direct(5);
      } else {
        if (decoder.exhausted) return this.tooShort();
        if (slot >= slots) return this.failure.set("out_of_range", "slot", `below ${slots}`, slot);
      }
      const baseNumber = (number - age) | 0;
      const olderNumber = (baseNumber - gap) | 0;
      const base = planes.at(baseNumber, slot);
      const older = planes.at(olderNumber, slot);
      if (
        this.restarting ||
        age === 0 ||
        slot >= rows ||
        words[base + NUMBER] !== baseNumber ||
        words[older + NUMBER] !== olderNumber
      ) {
        return this.unknownBaseline(slot, age, gap);
      }
      update.slot[count] = slot;
      update.entityId[count] = words[base + ID] ?? 0;
      if (!delta.read(decoder, words, base, older, age, gap, update, count)) {
        return this.failure.set("out_of_range", "position", "a place in the world", `slot ${slot}`);
      }
      update.count = ++count;
      slot += 1;
    }
  }

  private unknownBaseline(slot: number, age: number, gap: number): false {
    const ahead = this.update.number - this.newest;
    if (!this.restarting && ahead <= -REORDER_SNAPSHOTS) return this.stale(ahead);
    this.keyframeNeeded = true;
    return this.failure.set("unknown_baseline", `slot ${slot}`, "a state that is here", `ages ${age} and ${age + gap}`);
  }

  private readKind(): number {
    const high = this.decoder.bit(Context.kind + 1);
    return (high << 1) | this.decoder.bit(Context.kind + 2 + high);
  }

  private tooShort(): false {
    return this.failure.set("too_short", "packet", "records up to an end mark", "the end of the bytes");
  }

  private commit(census: boolean): void {
    const { update, entities } = this;
    const { number } = update;
    this.staleInARow = 0;
    if (this.restarting) {
      entities.clear();
      this.numbers.fill(0);
    }
    if (census) this.keyframeNeeded = false;
    if (number > this.newest || this.restarting) {
      this.newest = number;
      this.newestTick = update.tick;
    }
    this.numbers[number & (HISTORY_SNAPSHOTS - 1)] = number;
    this.ticks[number & (HISTORY_SNAPSHOTS - 1)] = update.tick;
    for (let index = 0; index < this.leavingCount; index++) entities.leave(this.leaving[index] ?? 0, update);
    if (census) {
      for (let slot = 0; slot < entities.slots; slot++) if (this.absent[slot] === 1) entities.leave(slot, update);
    }
    entities.apply(update);
  }
}

/** Whether states of a snapshot so far from the newest one are remembered. */
function isNear(ahead: number): boolean {
  return ahead > -HISTORY_SNAPSHOTS && ahead <= MAX_SNAPSHOT_JUMP;
}
