import { describe, expect, it } from "vitest";
import { MessageType } from "../../../../scripts/protocol/messages.ts";
import { cohortOf, NEWCOMER_COHORT } from "../../../../scripts/protocol/metering/cohort.ts";
import { NO_SESSION } from "../../../../scripts/protocol/metering/message-meter.ts";
import { ZoneMetrics } from "../../../../server/metrics/zone-metrics.ts";
import { createZoneCounters, type ZoneCounters } from "../../../../server/zone/zone-counters.ts";
import { checkExposition } from "./exposition-grammar.ts";

function start() {
  const time = { nowNs: 1e12 };
  const metrics = new ZoneMetrics("shore", () => time.nowNs);
  return { time, metrics, zone: { counters: createZoneCounters() } };
}

describe("ZoneMetrics", () => {
  it("is of the format before anything happened, and with everything in it", () => {
    const { metrics, zone } = start();
    checkExposition(metrics.text(zone));
    const cohorts = [NEWCOMER_COHORT, cohortOf(["protocol_v1"]), cohortOf(["snapshot_delta_v1"])];
    for (const cohort of cohorts) {
      metrics.meter.moveSession(NO_SESSION, cohort);
      for (const type of Object.values(MessageType)) {
        for (const first of [0x44, 0x94]) {
          metrics.meter.start();
          metrics.meter.sent(cohort, type, new Uint8Array([first, 2, 3]));
          metrics.meter.received(cohort, type, new Uint8Array(70_000).fill(first));
          metrics.meter.refused(cohort, type, new Uint8Array([first]), "bad_utf8");
        }
      }
      metrics.meter.refused(cohort, 0, new Uint8Array(0), "too_short");
      metrics.meter.problemReported(cohort);
    }
    const families = checkExposition(metrics.text(zone));
    expect(families.get("darkages_protocol_sessions")?.samples.map(({ labels }) => labels)).toEqual([
      'cohort="newcomer"',
      'cohort="v1"',
      'cohort="v2+snapshot_delta_v1"',
    ]);
  });

  it("says every counter of the zone with its value", () => {
    const { metrics, zone } = start();
    const names = Object.keys(zone.counters) as (keyof ZoneCounters)[];
    for (const [index, name] of names.entries()) zone.counters[name] = 1_000_003 + index;
    const families = [...checkExposition(metrics.text(zone))].filter(([name]) => name.startsWith("darkages_zone_"));
    const values = families.flatMap(([, { samples }]) => samples.map(({ value }) => value));
    expect(values.filter((value) => value >= 1_000_003).sort()).toEqual(names.map((_, index) => 1_000_003 + index));
    const gauges = families.filter(([, { type }]) => type === "gauge").map(([name]) => name);
    expect(gauges).toEqual(["darkages_zone_players", "darkages_zone_connections"]);
  });

  it("says a counter that it was not told about under its own name", () => {
    const { metrics, zone } = start();
    const counters = { ...zone.counters, dragonsSlain: 3 };
    expect(metrics.text({ counters })).toContain("\ndarkages_zone_dragons_slain_total 3\n");
  });

  it("says how large messages are and how long they took, in bytes and seconds", () => {
    const { metrics, zone, time } = start();
    metrics.meter.start();
    time.nowNs += 2_500;
    metrics.meter.sent(cohortOf([]), MessageType.snapshotDelta, new Uint8Array(100));
    const text = metrics.text(zone);
    const labels = 'direction="out",codec="protocol_v2_seq",type="SnapshotDelta",cohort="v2"';
    expect(text).toContain(`darkages_protocol_message_bytes_bucket{${labels},le="96"} 0\n`);
    expect(text).toContain(`darkages_protocol_message_bytes_bucket{${labels},le="128"} 1\n`);
    expect(text).toContain(`darkages_protocol_message_bytes_sum{${labels}} 100\n`);
    expect(text).toContain(`darkages_protocol_message_seconds_bucket{${labels},le="0.000002048"} 0\n`);
    expect(text).toContain(`darkages_protocol_message_seconds_bucket{${labels},le="0.000003072"} 1\n`);
    const sum = checkExposition(text)
      .get("darkages_protocol_message_seconds")
      ?.samples.find(({ name }) => name.endsWith("_sum"))?.value;
    expect(sum).toBeCloseTo(2.5e-6, 15);
  });

  it("says how long ticks take", () => {
    const { metrics, zone, time } = start();
    for (const ns of [1_000_000, 20_000_000]) {
      metrics.ticks.start();
      time.nowNs += ns;
      metrics.ticks.stop();
    }
    const samples = checkExposition(metrics.text(zone)).get("darkages_zone_tick_seconds")?.samples ?? [];
    const value = (labels: string) => samples.find((sample) => sample.labels === labels)?.value;
    expect(value('le="0.001048576"')).toBe(1);
    expect(value('le="0.016777216"')).toBe(1);
    expect(value('le="0.025165824"')).toBe(2);
    expect(samples.find(({ name }) => name.endsWith("_sum"))?.value).toBeCloseTo(0.021, 12);
  });

  it("is healthy while ticks go by, and not when they have stood still", () => {
    const { metrics, zone, time } = start();
    expect(metrics.health(zone)).toEqual({ ok: true, detail: { zone: "shore", ticks: 0, players: 0 } });
    time.nowNs += 3e9;
    expect(metrics.health(zone).ok).toBe(false);
    zone.counters.ticks += 1;
    zone.counters.players = 4;
    expect(metrics.health(zone)).toEqual({ ok: true, detail: { zone: "shore", ticks: 1, players: 4 } });
    time.nowNs += 1e9;
    expect(metrics.health(zone).ok).toBe(true);
  });
});
