import { describe, expect, it } from "vitest";
import type { BotFigures } from "../../../../tools/load/bot-messages.ts";
import { LAG_BUCKETS } from "../../../../tools/load/bot-process.ts";
import { missedGoals } from "../../../../tools/load/load-goals.ts";
import { parseLoadOptions } from "../../../../tools/load/load-options.ts";
import { loadReport, type Moment } from "../../../../tools/load/load-report.ts";
import { createSightFigures } from "../../../../tools/load/sight-watch.ts";
import { parseExposition } from "../../../../tools/metrics/parse-exposition.ts";

/** What the server says after so many seconds of 60 ticks of 2 to 4 ms, of which one in ten is late by then. */
function exposition(seconds: number): string {
  const ticks = seconds * 60;
  return `darkages_zone_tick_seconds_bucket{le="0.002"} 0
darkages_zone_tick_seconds_bucket{le="0.004"} ${ticks * 0.9}
darkages_zone_tick_seconds_bucket{le="0.008"} ${ticks}
darkages_zone_tick_seconds_bucket{le="+Inf"} ${ticks}
darkages_zone_ticks_total ${ticks}
darkages_zone_commands_total{outcome="executed"} ${ticks * 2 - seconds}
darkages_zone_commands_total{outcome="passed_over"} ${seconds}
darkages_zone_commands_total{outcome="known"} ${ticks * 9}
darkages_zone_commands_late_total ${seconds}
darkages_zone_packets_total{direction="out"} ${seconds * 40}
darkages_zone_packet_bytes_total{direction="out"} ${seconds * 2000}
darkages_zone_packet_bytes_total{direction="in"} ${seconds * 700}
darkages_zone_packets_dropped_total{reason="malformed"} ${seconds}
darkages_zone_send_failures_total ${seconds}
darkages_zone_keyframe_requests_total 3
`;
}

function bots(seconds: number): BotFigures {
  const frameLag = new Array<number>(LAG_BUCKETS.count).fill(0);
  frameLag[LAG_BUCKETS.indexOf(1_000)] = seconds * 60;
  const sight = createSightFigures();
  sight.nearestHz[20] = seconds * 40;
  sight.nearestHz[10] = seconds * 10;
  sight.inSight = seconds * 50;
  sight.seconds = seconds;
  sight.unread = seconds * 3;
  const counts = { packetsOut: 0, bytesIn: 0, bytesOut: 0, commands: 0, refusedDifferences: 0, corrections: 0 };
  const lost = { framesSkipped: 0, unusable: 0, connectionsLost: 0 };
  const came = { playing: 1, readers: 4, snapshots: [seconds * 20], packetsIn: seconds * 20, frameLag, sight };
  const fought = { kills: seconds, deaths: seconds * 2, abilitiesUsed: seconds * 30 };
  return { ...counts, ...lost, ...came, ...fought };
}

function moment(seconds: number): Moment {
  const zone = {
    atSeconds: 100 + seconds,
    samples: parseExposition(exposition(10 + seconds)),
    cpuSeconds: 5 + seconds * 0.5,
    mainThreadSeconds: 4 + seconds * 0.25,
    residentMb: 80 + seconds,
    socketDrops: seconds * 2,
  };
  return { zone, bots: [bots(10 + seconds), bots(10 + seconds)], botCpuSeconds: seconds };
}

const report = loadReport(parseLoadOptions(["--bots", "2"]), 2, moment(0), moment(10));

describe("loadReport", () => {
  it("adds up what the bots did to each other", () => {
    expect(report).toMatchObject({ kills: 20, deaths: 40, abilitiesUsed: 600 });
  });

  it("says how many read what they were told of the others", () => {
    expect(report.readers).toBe(8);
  });

  it("speaks of the measured time alone", () => {
    expect(report).toMatchObject({
      seconds: 10,
      ticksPerSecond: 60,
      serverCpu: 0.5,
      serverMainThreadCpu: 0.25,
      botCpu: 1,
    });
    expect(report).toMatchObject({ rssStartMb: 80, rssMb: 90, bytesPerClientPerSecond: 1000, keyframeRequests: 0 });
    expect(report).toMatchObject({ snapshotRateHz: 20, snapshotRateMinHz: 20, nearest50Hz: 18, nearest50P5Hz: 10 });
    expect(report).toMatchObject({ inSight: 50, sightUnread: 60, lossDown: 0 });
  });

  it("reads the ticks from the server's histogram", () => {
    expect(report.tickP50Ms).toBeCloseTo(2 + 2 * (0.5 / 0.9), 2);
    expect(report.tickP99Ms).toBeCloseTo(4 + 4 * 0.9, 2);
    expect(report.tickMaxMs).toBe(8);
  });

  it("counts commands that never came against all, and everything that was thrown away", () => {
    expect(report.inputLoss).toBeCloseTo(1 / 120, 5);
    expect(report.inputsLate).toBeCloseTo(1 / 119, 5);
    expect(report.droppedPackets).toBe(2 * 10 + 10 + 10);
  });

  it("says how late the bots themselves were", () => {
    expect(report.botLagP99Ms).toBeGreaterThan(0.5);
    expect(report.botLagP99Ms).toBeLessThanOrEqual(1.5);
  });
});

describe("missedGoals", () => {
  const good = { ...report, inputLoss: 0, connected: 2, bots: 2, nearest50P5Hz: 10 };

  it("has nothing to say about a good run", () => {
    expect(missedGoals(good)).toEqual([]);
  });

  it.each([
    [{ connected: 1 }, "2 connected: 1"],
    [{ tickP99Ms: 16 }, "tickP99Ms < 16: 16"],
    [{ snapshotRateHz: 17.9 }, "snapshotRateHz >= 18: 17.9"],
    [{ nearest50P5Hz: 9 }, "nearest50P5Hz >= 10: 9"],
    [{ inputLoss: 0.01 }, "inputLoss <= 0.001: 0.01"],
    [{ connectionsLost: 1 }, "no connection lost: 1"],
    [{ rssMb: 200 }, "flat memory: 80 to 200 MB"],
  ])("names what %j misses", (change, words) => {
    expect(missedGoals({ ...good, ...change })).toEqual([words]);
  });

  it("asks old clients for no more than their protocol has", () => {
    expect(missedGoals({ ...good, protocol: "v1", snapshotRateHz: 5, nearest50P5Hz: 5 })).toEqual([]);
  });
});
