import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MessageType } from "../../../../scripts/protocol/messages.ts";
import { type Cohort, cohortOf, NEWCOMER_COHORT } from "../../../../scripts/protocol/metering/cohort.ts";
import {
  Direction,
  MessageMeter,
  NO_SESSION,
  refusalAt,
  SeriesField,
  SIZE_BUCKETS,
  seriesAt,
  TIME_BUCKETS,
} from "../../../../scripts/protocol/metering/message-meter.ts";
import { REFUSALS } from "../../../../scripts/protocol/metering/refusal.ts";
import { WireCodec } from "../../../../scripts/protocol/metering/wire-codec.ts";

const COHORTS = [
  NEWCOMER_COHORT,
  cohortOf(["protocol_v1"]),
  cohortOf([]),
  cohortOf(["snapshot_delta_v1", "input_delta_v1"]),
];
const FIRST_BYTES = { [WireCodec.v1]: 0x94, [WireCodec.v2]: 0x44 };

const message = fc.record({
  cohort: fc.constantFrom(...COHORTS),
  direction: fc.constantFrom(Direction.in, Direction.out),
  codec: fc.constantFrom(WireCodec.v1, WireCodec.v2),
  type: fc.constantFrom(...Object.values(MessageType)),
  bytes: fc.integer({ min: 1, max: 65_536 }),
  elapsedNs: fc.integer({ min: 0, max: 40_000_000 }),
  timed: fc.boolean(),
});
const refusal = fc.record({
  cohort: fc.constantFrom(...COHORTS),
  codec: fc.constantFrom(WireCodec.v1, WireCodec.v2),
  type: fc.constantFrom(0 as const, ...Object.values(MessageType)),
  reason: fc.constantFrom(...REFUSALS),
});
const move = fc.record({
  session: fc.nat(4),
  to: fc.constantFrom(NO_SESSION, ...COHORTS),
  afterNs: fc.nat(1_000_000_000),
});

function packetOf(codec: WireCodec, bytes: number): Uint8Array {
  const packet = new Uint8Array(bytes);
  packet[0] = FIRST_BYTES[codec];
  return packet;
}

function tableOf(meter: MessageMeter, cohort: Cohort) {
  const table = meter.tables[cohort];
  if (table === undefined) throw new Error(`nothing was counted for cohort ${cohort}`);
  return table;
}

describe("MessageMeter", () => {
  it("counts every message where it belongs, whatever came before and after", () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 120 }), (messages) => {
        let nowNs = 1e15;
        const meter = new MessageMeter({ nowNs: () => nowNs, timeOneIn: 1 });
        for (const { cohort, direction, codec, type, bytes, elapsedNs, timed } of messages) {
          if (timed) meter.start();
          nowNs += elapsedNs;
          if (direction === Direction.in) meter.received(cohort, type, packetOf(codec, bytes));
          else meter.sent(cohort, type, packetOf(codec, bytes));
        }
        let counted = 0;
        for (const cohort of new Set(messages.map((one) => one.cohort))) {
          const { series } = tableOf(meter, cohort);
          for (const direction of Object.values(Direction)) {
            for (const codec of Object.values(WireCodec)) {
              for (const type of Object.values(MessageType)) {
                const mine = messages.filter(
                  (one) =>
                    one.cohort === cohort && one.direction === direction && one.codec === codec && one.type === type,
                );
                const times = mine.filter(({ timed }) => timed).map(({ elapsedNs }) => elapsedNs);
                const at = seriesAt(direction, codec, type);
                const sizes = series.subarray(at + SeriesField.sizes, at + SeriesField.sizes + SIZE_BUCKETS.count);
                const nanoseconds = series.subarray(
                  at + SeriesField.times,
                  at + SeriesField.times + TIME_BUCKETS.count,
                );
                counted += mine.length;
                expect(series[at + SeriesField.messages]).toBe(mine.length);
                expect(series[at + SeriesField.bytes]).toBe(sum(mine.map(({ bytes }) => bytes)));
                expect(series[at + SeriesField.timed]).toBe(times.length);
                expect(series[at + SeriesField.nanoseconds]).toBe(sum(times));
                expect([...sizes]).toEqual(
                  histogram(
                    SIZE_BUCKETS,
                    mine.map(({ bytes }) => bytes),
                  ),
                );
                expect([...nanoseconds]).toEqual(histogram(TIME_BUCKETS, times));
              }
            }
          }
        }
        expect(counted).toBe(messages.length);
      }),
      { numRuns: 40 },
    );
  });

  it("counts every refusal by reason", () => {
    fc.assert(
      fc.property(fc.array(refusal, { maxLength: 100 }), (refusals) => {
        const meter = new MessageMeter({ nowNs: () => 0 });
        for (const { cohort, codec, type, reason } of refusals) meter.refused(cohort, type, packetOf(codec, 9), reason);
        for (const { cohort, codec, type, reason } of refusals) {
          const mine = refusals.filter(
            (one) => one.cohort === cohort && one.codec === codec && one.type === type && one.reason === reason,
          );
          const at = refusalAt(codec, type) + REFUSALS.indexOf(reason);
          expect(tableOf(meter, cohort).refusals[at]).toBe(mine.length);
        }
        const all = meter.tables.map((table) => sum(table === undefined ? [] : [...table.refusals]));
        expect(sum(all)).toBe(refusals.length);
      }),
    );
  });

  it("counts sessions and their time, however they move between cohorts", () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
        let nowNs = 5e12;
        const meter = new MessageMeter({ nowNs: () => nowNs });
        const places = new Array<number>(5).fill(NO_SESSION);
        const spentNs = new Map<number, number>();
        for (const { session, to, afterNs } of moves) {
          nowNs += afterNs;
          for (const place of places) spentNs.set(place, (spentNs.get(place) ?? 0) + afterNs);
          meter.moveSession(places[session] ?? NO_SESSION, to);
          places[session] = to;
        }
        meter.settleSessions();
        for (const cohort of COHORTS) {
          const table = meter.tables[cohort];
          expect(table?.sessions ?? 0).toBe(places.filter((place) => place === cohort).length);
          expect(table?.sessionNanoseconds ?? 0).toBe(spentNs.get(cohort) ?? 0);
        }
      }),
    );
  });

  it("times about one message in so many, and none by a rhythm", () => {
    let clockReads = 0;
    const meter = new MessageMeter({ nowNs: () => (clockReads += 100), timeOneIn: 8 });
    const ping = packetOf(WireCodec.v2, 20);
    const types = [MessageType.ping, MessageType.pong, MessageType.input, MessageType.snapshot];
    for (let i = 0; i < 40_000; i += 1) {
      meter.start();
      meter.sent(COHORTS[2] ?? 0, types[i % 4] ?? MessageType.ping, ping);
    }
    const { series } = tableOf(meter, COHORTS[2] ?? 0);
    for (const type of types) {
      const timed = series[seriesAt(Direction.out, WireCodec.v2, type) + SeriesField.timed] ?? 0;
      expect(timed).toBeGreaterThan(10_000 / 8 / 1.3);
      expect(timed).toBeLessThan((10_000 / 8) * 1.3);
    }
  });

  it("does not take the time of what was refused, or was begun and given up, for that of the next message", () => {
    let nowNs = 0;
    const meter = new MessageMeter({ nowNs: () => nowNs, timeOneIn: 1 });
    const ping = packetOf(WireCodec.v2, 20);
    meter.start();
    nowNs += 1_000_000;
    meter.refused(NEWCOMER_COHORT, 0, ping, "bad_type");
    meter.received(NEWCOMER_COHORT, MessageType.ping, ping);
    meter.start();
    nowNs += 1_000_000;
    meter.start();
    nowNs += 500;
    meter.received(NEWCOMER_COHORT, MessageType.ping, ping);
    const { series } = tableOf(meter, NEWCOMER_COHORT);
    const at = seriesAt(Direction.in, WireCodec.v2, MessageType.ping);
    expect(series[at + SeriesField.messages]).toBe(2);
    expect(series[at + SeriesField.timed]).toBe(1);
    expect(series[at + SeriesField.nanoseconds]).toBe(500);
  });

  it("survives a clock that goes backwards", () => {
    let nowNs = 1_000;
    const meter = new MessageMeter({ nowNs: () => nowNs, timeOneIn: 1 });
    meter.moveSession(NO_SESSION, 2);
    meter.start();
    nowNs = 0;
    meter.sent(2, MessageType.ping, packetOf(WireCodec.v2, 20));
    meter.settleSessions();
    expect(
      tableOf(meter, 2).series[seriesAt(Direction.out, WireCodec.v2, MessageType.ping) + SeriesField.nanoseconds],
    ).toBe(0);
    expect(tableOf(meter, 2).sessionNanoseconds).toBe(0);
  });

  it.each([-2, 0.5, 1e9, Number.NaN])("says what is wrong with cohort %d", (cohort) => {
    const meter = new MessageMeter({ nowNs: () => 0 });
    expect(() => meter.sent(cohort, MessageType.ping, packetOf(WireCodec.v2, 20))).toThrow(
      "cohort: expected one of cohortOf",
    );
  });
});

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

function histogram(buckets: typeof SIZE_BUCKETS, values: readonly number[]): number[] {
  const counts = new Array<number>(buckets.count).fill(0);
  for (const value of values) {
    const bound = buckets.bounds.findIndex((upper) => value <= upper);
    const index = bound < 0 ? buckets.count - 1 : bound;
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}
