import { type BitSource, CodedStream } from "./coded-stream.ts";
import { type EntityState, type Ground, modulo, wrap16 } from "./motion.ts";
import { AbsoluteRecords, readDifference } from "./records.ts";

/** What one packet says, or why it is refused. */
export type Reading =
  /** `open`: the packet was exhausted by then, so that another reader may name another error [S9]. */
  | { taken: false; error: string; open: boolean }
  | { taken: true; number: number; tick: number; shown: { slot: number; state: EntityState }[]; left: number[] };

interface Slot {
  entity: number | undefined;
  /** Number of the newest snapshot that told about it. */
  told: number;
  places: ({ number: number; state: EntityState } | undefined)[];
}

interface Content {
  census: boolean;
  notTaken: number[];
  left: number[];
  records: { slot: number; state: EntityState }[];
}

const PLACES = 32;

class Refusal extends Error {}

function refuse(error: string): never {
  throw new Refusal(error);
}

/**
 * A receiver of the snapshot codec, written from docs/snapshot-codec.md alone, as literally as can be: rules S1 to S3, S10 and S21 to
 * S26. It allocates, throws and takes its time. Two implementations that agree show that the page says enough.
 */
export class ReferenceReader {
  keyframeNeeded = false;
  private newest: { number: number; tick: number } | undefined;
  private ticks: ({ number: number; tick: number } | undefined)[] = [];
  private staleInARow = 0;
  private slots: Slot[];

  constructor(
    private readonly slotCount = 1024,
    private readonly ground?: Ground,
  ) {
    this.slots = emptySlots(slotCount);
  }

  /** Entities by slot. */
  get visible(): Map<number, number> {
    const visible = new Map<number, number>();
    this.slots.forEach(({ entity }, slot) => {
      if (entity !== undefined) visible.set(slot, entity);
    });
    return visible;
  }

  /** One that knows the same and goes its own way. */
  copy(): ReferenceReader {
    const copy = new ReferenceReader(this.slotCount, this.ground);
    const { keyframeNeeded, newest, ticks, staleInARow, slots } = this;
    Object.assign(copy, structuredClone({ keyframeNeeded, newest, ticks, staleInARow, slots }));
    return copy;
  }

  /** `stream`: a substitute that watches, or makes up, what is read. */
  read(bytes: Uint8Array, stream: BitSource = new CodedStream(bytes)): Reading {
    try {
      return this.readPacket(bytes, stream);
    } catch (refusal) {
      if (refusal instanceof Refusal) return { taken: false, error: refusal.message, open: stream.exhausted };
      throw refusal;
    }
  }

  private readPacket(bytes: Uint8Array, stream: BitSource): Reading {
    // [S23]
    if (bytes.length < 7) refuse("too_short");
    if (bytes.length > 65_536) refuse("too_long");
    const wireNumber = (bytes[0] ?? 0) + (bytes[1] ?? 0) * 256;
    const tick = [5, 4, 3, 2].reduce((sum, at) => sum * 256 + (bytes[at] ?? 0), 0);
    const census = stream.bit("census") === 1;
    // [S22]
    const ahead = this.newest === undefined ? 0 : wrap16(wireNumber - this.newest.number);
    const near = ahead > -PLACES && ahead <= 1024;
    const restarts = this.newest === undefined || (census && this.keyframeNeeded && !near);
    const number = restarts ? 65_536 + wireNumber : (this.newest?.number ?? 0) + ahead;
    if (restarts) {
      if (tick < 1) refuse("out_of_range");
    } else {
      this.checkNumber(ahead, near);
      this.checkTick(ahead, number, tick);
    }
    const content = this.readContent(stream, census, (slot, age, gap) => {
      return this.statesOf(slot, number, age, gap, restarts, ahead);
    });
    return this.take(number, tick, restarts, content);
  }

  /** [S23] */
  private checkNumber(ahead: number, near: boolean): void {
    if (Math.abs(ahead) > 1024) {
      this.keyframeNeeded = true;
      refuse("bad_number");
    }
    if (!near) this.refuseStale();
  }

  /** [S23] */
  private refuseStale(): never {
    this.staleInARow += 1;
    if (this.staleInARow >= 32) this.keyframeNeeded = true;
    refuse("stale");
  }

  /** [S23] */
  private checkTick(ahead: number, number: number, tick: number): void {
    const newestTick = this.newest?.tick ?? 0;
    const known = this.ticks[modulo(number, PLACES)];
    if (tick < 1) refuse("out_of_range");
    if (ahead > 0 ? tick <= newestTick : tick > newestTick) refuse("out_of_range");
    if (known?.number === number && known.tick !== tick) refuse("out_of_range");
  }

  /** [S2] [S24] */
  private readContent(
    stream: BitSource,
    census: boolean,
    statesOf: (slot: number, age: number, gap: number) => [EntityState, EntityState],
  ): Content {
    const notTaken: number[] = [];
    if (census) {
      const end = stream.plain(11);
      if (end > this.slotCount) refuse("out_of_range");
      let taken = 0;
      for (let slot = 0; slot < this.slotCount; slot++) {
        taken = slot < end ? stream.bit("occupied", taken) : 0;
        if (taken === 0) notTaken.push(slot);
      }
    }
    const left: number[] = [];
    for (let slot = -1; ; ) {
      const distance = stream.number("leave");
      if (distance === 0) break;
      slot += distance;
      if (distance < 0 || slot >= this.slotCount) refuse("out_of_range");
      left.push(slot);
    }
    const commonAge = stream.plain(5);
    const commonGap = stream.plain(5);
    if (stream.exhausted) refuse("too_short");
    const records = this.readRecords(stream, commonAge, commonGap, statesOf);
    if (stream.exhausted) refuse("too_short");
    if (!stream.finished) refuse("bad_length");
    return { census, notTaken, left, records };
  }

  /** [S10] */
  private readRecords(
    stream: BitSource,
    commonAge: number,
    commonGap: number,
    statesOf: (slot: number, age: number, gap: number) => [EntityState, EntityState],
  ): Content["records"] {
    const records: Content["records"] = [];
    const absolute = new AbsoluteRecords(stream);
    let slot = 0;
    let same = 1;
    for (;;) {
      same = stream.bit("plain", same);
      let kind = "difference";
      if (same === 0) {
        const high = stream.bit("kind", 1);
        kind = ["end", "gap", "absolute", "own ages"][2 * high + stream.bit("kind", 2 + high)] ?? "";
      }
      if (kind === "end") return records;
      if (stream.exhausted) refuse("too_short");
      if (kind === "gap") {
        const gap = stream.number("gap");
        if (gap < 0) refuse("out_of_range");
        slot += gap + 1;
        if (slot >= this.slotCount) refuse("out_of_range");
        continue;
      }
      if (slot >= this.slotCount) refuse("out_of_range");
      let state: EntityState | undefined;
      if (kind === "absolute") {
        state = absolute.read();
      } else {
        const age = kind === "own ages" ? stream.plain(5) : commonAge;
        const gap = kind === "own ages" ? stream.plain(5) : commonGap;
        const [base, older] = statesOf(slot, age, gap);
        state = readDifference(stream, base, older, age, gap, this.ground);
      }
      if (state === undefined) refuse("out_of_range");
      records.push({ slot, state });
      slot += 1;
    }
  }

  /** [S25] */
  private statesOf(
    slot: number,
    number: number,
    age: number,
    gap: number,
    restarts: boolean,
    ahead: number,
  ): [EntityState, EntityState] {
    const base = this.stateOf(slot, number - age);
    const older = this.stateOf(slot, number - age - gap);
    if (!restarts && age !== 0 && base !== undefined && older !== undefined) return [base, older];
    if (!restarts && ahead <= -8) this.refuseStale();
    this.keyframeNeeded = true;
    refuse("unknown_baseline");
  }

  /** [S21] */
  private stateOf(slot: number, number: number): EntityState | undefined {
    const place = this.slots[slot]?.places[modulo(number, PLACES)];
    return place?.number === number ? place.state : undefined;
  }

  /** [S26] */
  private take(number: number, tick: number, restarts: boolean, content: Content): Reading {
    this.staleInARow = 0;
    if (restarts) {
      this.slots = emptySlots(this.slotCount);
      this.ticks = [];
    }
    if (content.census) this.keyframeNeeded = false;
    if (restarts || number > (this.newest?.number ?? 0)) this.newest = { number, tick };
    this.ticks[modulo(number, PLACES)] = { number, tick };
    const left: number[] = [];
    for (const slot of [...content.left, ...content.notTaken]) this.leave(slot, number, left);
    for (const { slot, state } of content.records) {
      const places = this.slots[slot]?.places;
      if (places !== undefined) places[modulo(number, PLACES)] = { number, state };
    }
    const shown = content.records.filter(({ slot, state }) => this.show(slot, state.id, number, left));
    return { taken: true, number, tick, shown, left: left.filter((id) => ![...this.visible.values()].includes(id)) };
  }

  /** [S26] 3 */
  private leave(at: number, number: number, left: number[]): void {
    const slot = this.slots[at];
    if (slot === undefined || slot.told >= number) return;
    slot.told = number;
    if (slot.entity !== undefined) left.push(slot.entity);
    slot.entity = undefined;
  }

  /** [S26] 5 */
  private show(at: number, entity: number, number: number, left: number[]): boolean {
    const slot = this.slots[at];
    if (slot === undefined) return false;
    if (slot.entity === entity) {
      slot.told = Math.max(slot.told, number);
      return true;
    }
    if (slot.told >= number) return false;
    const other = this.slots.find((candidate) => candidate.entity === entity);
    if (other !== undefined) {
      if (other.told >= number) return false;
      other.entity = undefined;
      other.told = number;
    }
    if (slot.entity !== undefined) left.push(slot.entity);
    slot.entity = entity;
    slot.told = number;
    return true;
  }
}

function emptySlots(count: number): Slot[] {
  return Array.from({ length: count }, () => ({ entity: undefined, told: Number.NEGATIVE_INFINITY, places: [] }));
}
