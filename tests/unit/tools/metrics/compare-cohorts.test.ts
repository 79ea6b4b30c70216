import { describe, expect, it } from "vitest";
import { MessageType } from "../../../../scripts/protocol/messages.ts";
import { cohortOf, NEWCOMER_COHORT } from "../../../../scripts/protocol/metering/cohort.ts";
import { MessageMeter, NO_SESSION } from "../../../../scripts/protocol/metering/message-meter.ts";
import { exposeMessages } from "../../../../server/metrics/expose-messages.ts";
import { PrometheusText } from "../../../../server/metrics/prometheus-text.ts";
import { compareCohorts } from "../../../../tools/metrics/compare-cohorts.ts";
import { comparisonTable } from "../../../../tools/metrics/comparison-table.ts";
import { parseExposition } from "../../../../tools/metrics/parse-exposition.ts";

const V1 = cohortOf(["protocol_v1"]);
const FULL = cohortOf(["protocol_v2_seq"]);
const DELTA = cohortOf(["protocol_v2_seq", "snapshot_delta_v1"]);

function packet(cohort: number, bytes: number): Uint8Array {
  return new Uint8Array(bytes).fill(cohort === V1 ? 0x94 : 0x44);
}

/** Two sessions with differences, one without, one in v1, each for a second of 20 snapshots and 30 inputs; one newcomer. */
function zone() {
  const time = { nowNs: 0 };
  const meter = new MessageMeter({ nowNs: () => time.nowNs, timeOneIn: 1 });
  const play = (seconds: number) => {
    const timed = (costNs: number, count: () => void) => {
      meter.start();
      time.nowNs += costNs;
      count();
      time.nowNs -= costNs;
    };
    for (const [cohort, bytes, costNs] of [
      [DELTA, 100, 2_000],
      [DELTA, 100, 2_000],
      [FULL, 1_000, 8_000],
      [V1, 4_000, 64_000],
    ] as const) {
      for (let i = 0; i < 20 * seconds; i += 1)
        timed(costNs, () => meter.sent(cohort, MessageType.snapshot, packet(cohort, bytes)));
      for (let i = 0; i < 30 * seconds; i += 1)
        timed(500, () => meter.received(cohort, MessageType.input, packet(cohort, 80)));
    }
    meter.received(NEWCOMER_COHORT, MessageType.hello, packet(FULL, 50_000));
    time.nowNs += seconds * 1e9;
  };
  for (const cohort of [DELTA, DELTA, FULL, V1, NEWCOMER_COHORT]) meter.moveSession(NO_SESSION, cohort);
  const read = () => {
    const text = new PrometheusText();
    exposeMessages(text, meter);
    return parseExposition(text.toString());
  };
  return { meter, play, read };
}

describe("compareCohorts", () => {
  it("puts the cohorts with a feature beside those without it, per session", () => {
    const { play, read } = zone();
    play(10);
    const { on, off } = compareCohorts(read(), "snapshot_delta_v1");
    expect(on).toMatchObject({ cohorts: ["v2+snapshot_delta_v1"], sessions: 2, refusedPerThousand: 0, refusals: [] });
    expect(on.sessionSeconds).toBeCloseTo(20, 9);
    expect(on.out).toMatchObject({ messages: 400, bytesPerMessage: 100 });
    expect(on.out.messagesPerSecond).toBeCloseTo(20, 9);
    expect(on.in.messagesPerSecond).toBeCloseTo(30, 9);
    expect(off).toMatchObject({ cohorts: ["v1", "v2"], sessions: 2 });
    expect(off.out).toMatchObject({ messages: 400, bytesPerMessage: 2_500 });
    expect(off.out.bytesPerSecond).toBeCloseTo(50_000, 6);
  });

  it("tells the codecs apart in the same way", () => {
    const { play, read } = zone();
    play(1);
    const { on, off } = compareCohorts(read(), "protocol_v2_seq");
    expect([on.cohorts, off.cohorts]).toEqual([["v2", "v2+snapshot_delta_v1"], ["v1"]]);
  });

  it("reads times from the buckets, at most half an octave off", () => {
    const { play, read } = zone();
    play(1);
    const { on, off } = compareCohorts(read(), "snapshot_delta_v1");
    expect(on.out.p50Seconds).toBeGreaterThan(2e-6 / 1.5);
    expect(on.out.p50Seconds).toBeLessThan(2e-6 * 1.5);
    expect(off.out.p99Seconds).toBeGreaterThan(64e-6 / 1.5);
    expect(off.out.p99Seconds).toBeLessThan(64e-6 * 1.5);
  });

  it("counts errors of a thousand messages that came, and what the other side reports", () => {
    const { meter, play, read } = zone();
    play(1);
    for (let i = 0; i < 5; i += 1) meter.refused(DELTA, MessageType.input, packet(DELTA, 30), "bad_structure");
    for (let i = 0; i < 3; i += 1) meter.problemReported(DELTA);
    const { on, off } = compareCohorts(read(), "snapshot_delta_v1");
    expect(on.refusedPerThousand).toBeCloseTo((1000 * 8) / 65, 9);
    expect(on.refusals).toEqual([
      { reason: "bad_structure", count: 5 },
      { reason: "feature_problem", count: 3 },
    ]);
    expect(off.refusedPerThousand).toBe(0);
  });

  it("can be about what happened between two looks", () => {
    const { meter, play, read } = zone();
    play(10);
    const before = read();
    meter.moveSession(V1, DELTA);
    play(2);
    const { on, off } = compareCohorts(read(), "snapshot_delta_v1", before);
    expect(on.sessions).toBe(3);
    expect(on.sessionSeconds).toBeCloseTo(6, 9);
    expect(on.out.messages).toBe(80);
    expect(off.sessionSeconds).toBeCloseTo(2, 9);
  });

  it("says that the server was started anew in between", () => {
    const { play, read } = zone();
    play(2);
    const before = read();
    const young = zone();
    young.play(1);
    expect(() => compareCohorts(young.read(), "snapshot_delta_v1", before)).toThrow("started anew");
  });
});

describe("comparisonTable", () => {
  it("shows both sides and how much the one is of the other", () => {
    const { meter, play, read } = zone();
    play(10);
    meter.refused(FULL, MessageType.input, packet(FULL, 30), "bad_flags");
    const table = comparisonTable(compareCohorts(read(), "snapshot_delta_v1"));
    const row = (name: string) =>
      table
        .split("\n")
        .find((line) => line.startsWith(name))
        ?.slice(name.length)
        .trim()
        .split(/ +/);
    expect(row("  on:")).toEqual(["v2+snapshot_delta_v1"]);
    expect(row("sessions now")).toEqual(["2", "2", "1"]);
    expect(row("out: messages/s of a session")).toEqual(["20", "20", "1"]);
    expect(row("out: bytes of a message")).toEqual(["100", "2500", "0.0400"]);
    expect(row("errors on:")).toEqual(["none"]);
    expect(row("errors off:")).toEqual(["bad_flags", "1"]);
  });

  it("shows what there is when nobody has the feature", () => {
    const table = comparisonTable(compareCohorts([], "input_delta_v1"));
    expect(table).toContain("on:  nobody yet");
    expect(table).not.toMatch(/NaN|Infinity|undefined/);
  });
});
