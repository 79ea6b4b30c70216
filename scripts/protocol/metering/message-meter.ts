import { MessageType } from "../messages.ts";
import { COHORT_COUNT, type Cohort } from "./cohort.ts";
import { LogBuckets } from "./log-buckets.ts";
import { REFUSALS, type Refusal, refusalPlace } from "./refusal.ts";
import { codecOf, WireCodec } from "./wire-codec.ts";

export const Direction = { in: 0, out: 1 } as const;
export type Direction = (typeof Direction)[keyof typeof Direction];

/** Stands for no session in `moveSession`. */
export const NO_SESSION = -1;

/** Bytes of a message: 16 B to 64 KiB, the largest packet. */
export const SIZE_BUCKETS = new LogBuckets(16, 65_536);
/** Nanoseconds of encoding or decoding one message: 128 ns to 16.8 ms. */
export const TIME_BUCKETS = new LogBuckets(128, 2 ** 24);

const CODECS = 2;
const DIRECTIONS = 2;
/** Types by number; 0 is what could not be told. */
export const TYPE_SLOTS = 1 + Math.max(...Object.values(MessageType));

// What is kept of the messages of one direction, codec and type, one after the other.
export const SeriesField = {
  messages: 0,
  bytes: 1,
  timed: 2,
  nanoseconds: 3,
  sizes: 4,
  times: 4 + SIZE_BUCKETS.count,
} as const;
const SERIES_LENGTH = SeriesField.times + TIME_BUCKETS.count;

/** The counts of one cohort. `series`: see `seriesAt`; `refusals`: see `refusalAt`. */
export interface CohortTable {
  readonly series: Float64Array;
  readonly refusals: Float64Array;
  sessions: number;
  /** Time that sessions have spent in the cohort, up to `countedAtNs`. */
  sessionNanoseconds: number;
  countedAtNs: number;
}

export interface MessageMeterOptions {
  /** Monotonic clock, nanoseconds. */
  nowNs: () => number;
  /**
   * One message in so many is timed, on average and by chance, so that nothing with a rhythm of its own is always or never hit; 1 is
   * every one. Reading a clock twice costs more than all the rest here. Default 8.
   */
  timeOneIn?: number;
}

/**
 * Counts messages by direction, codec, type and cohort: how many, how large, how long encoding or decoding took, what was refused and why.
 * Tables are made when a cohort is first seen; after that nothing is allocated.
 */
export class MessageMeter {
  /** By cohort; absent where nothing happened yet. */
  readonly tables: (CohortTable | undefined)[] = new Array(COHORT_COUNT).fill(undefined);
  readonly #nowNs: () => number;
  readonly #longestGap: number;
  /** Messages to go until the next one is timed. */
  #gap = 1;
  #random = 0x9e37_79b9;
  #timing = false;
  /** In an array, so that a new time needs no new number object. */
  readonly #startedAtNs = new Float64Array(1);

  constructor({ nowNs, timeOneIn = 8 }: MessageMeterOptions) {
    if (!(Number.isInteger(timeOneIn) && timeOneIn >= 1 && timeOneIn <= 1_000_000)) {
      throw new RangeError(`timeOneIn: expected a whole number from 1 to 1000000, got ${timeOneIn}`);
    }
    this.#nowNs = nowNs;
    this.#longestGap = 2 * timeOneIn - 1;
  }

  /** Encoding or decoding begins. What is counted next was what took the time; without `start` it is counted untimed. */
  start(): void {
    this.#gap -= 1;
    this.#timing = this.#gap === 0;
    if (!this.#timing) return;
    this.#gap = this.#nextGap();
    this.#startedAtNs[0] = this.#nowNs();
  }

  /** A message was encoded and sent. `packet`: the whole of it. */
  sent(cohort: Cohort, type: MessageType, packet: Uint8Array): void {
    this.#count(cohort, seriesAt(Direction.out, codecOf(packet), type), packet.length);
  }

  /** A message came and could be read. `packet`: the whole of it. */
  received(cohort: Cohort, type: MessageType, packet: Uint8Array): void {
    this.#count(cohort, seriesAt(Direction.in, codecOf(packet), type), packet.length);
  }

  /** A packet came that could not be used. `type`: 0 if not even that could be read. */
  refused(cohort: Cohort, type: MessageType | 0, packet: Uint8Array, refusal: Refusal): void {
    this.#refuse(cohort, refusalAt(codecOf(packet), type), refusal);
  }

  /** The other side says that it cannot read what it is sent: `FeatureProblem`, which itself counts as received like any message. */
  problemReported(cohort: Cohort): void {
    this.#refuse(cohort, refusalAt(WireCodec.v2, 0), "feature_problem");
  }

  /** A session begins (from `NO_SESSION`), uses other features from now on, or ends (to `NO_SESSION`). */
  moveSession(from: Cohort | typeof NO_SESSION, to: Cohort | typeof NO_SESSION): void {
    if (from === to) return;
    const nowNs = this.#nowNs();
    if (from !== NO_SESSION) this.#addSessions(from, -1, nowNs);
    if (to !== NO_SESSION) this.#addSessions(to, 1, nowNs);
  }

  /** Brings the time that sessions have spent up to now. */
  settleSessions(): void {
    const nowNs = this.#nowNs();
    for (const table of this.tables) if (table !== undefined) settle(table, nowNs);
  }

  #count(cohort: Cohort, at: number, bytes: number): void {
    const { series } = this.#table(cohort);
    increase(series, at, 1);
    increase(series, at + SeriesField.bytes, bytes);
    increase(series, at + SeriesField.sizes + SIZE_BUCKETS.indexOf(bytes), 1);
    if (!this.#timing) return;
    this.#timing = false;
    const elapsedNs = Math.max(0, this.#nowNs() - (this.#startedAtNs[0] ?? 0));
    increase(series, at + SeriesField.timed, 1);
    increase(series, at + SeriesField.nanoseconds, elapsedNs);
    increase(series, at + SeriesField.times + TIME_BUCKETS.indexOf(elapsedNs), 1);
  }

  #refuse(cohort: Cohort, at: number, refusal: Refusal): void {
    this.#timing = false;
    increase(this.#table(cohort).refusals, at + refusalPlace(refusal), 1);
  }

  #table(cohort: Cohort): CohortTable {
    return this.tables[cohort] ?? this.#createTable(cohort);
  }

  #createTable(cohort: Cohort): CohortTable {
    if (!(Number.isInteger(cohort) && cohort >= 0 && cohort < COHORT_COUNT)) {
      throw new RangeError(`cohort: expected one of cohortOf, got ${cohort}`);
    }
    const table: CohortTable = {
      series: new Float64Array(DIRECTIONS * CODECS * TYPE_SLOTS * SERIES_LENGTH),
      refusals: new Float64Array(CODECS * TYPE_SLOTS * REFUSALS.length),
      sessions: 0,
      sessionNanoseconds: 0,
      countedAtNs: this.#nowNs(),
    };
    this.tables[cohort] = table;
    return table;
  }

  #addSessions(cohort: Cohort, change: number, nowNs: number): void {
    const table = this.#table(cohort);
    settle(table, nowNs);
    table.sessions += change;
  }

  /** 1 to the longest, each as likely as the others. xorshift32 (Marsaglia 2003): which messages are timed is no secret. */
  #nextGap(): number {
    let x = this.#random;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#random = x;
    return 1 + ((x >>> 0) % this.#longestGap);
  }
}

/** Where the counts of these messages begin in `CohortTable.series`; `SeriesField` says what follows. */
export function seriesAt(direction: Direction, codec: WireCodec, type: MessageType | 0): number {
  return ((direction * CODECS + codec) * TYPE_SLOTS + type) * SERIES_LENGTH;
}

/** Where the counts of refusals begin in `CohortTable.refusals`, in the order of `REFUSALS`. */
export function refusalAt(codec: WireCodec, type: MessageType | 0): number {
  return (codec * TYPE_SLOTS + type) * REFUSALS.length;
}

function increase(counts: Float64Array, at: number, by: number): void {
  counts[at] = (counts[at] ?? 0) + by;
}

function settle(table: CohortTable, nowNs: number): void {
  table.sessionNanoseconds += table.sessions * Math.max(0, nowNs - table.countedAtNs);
  table.countedAtNs = nowNs;
}
