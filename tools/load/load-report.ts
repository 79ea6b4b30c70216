import { histogramQuantile } from "../../scripts/protocol/metering/histogram-quantile.ts";
import type { Sample } from "../metrics/parse-exposition.ts";
import type { BotFigures } from "./bot-messages.ts";
import { LAG_BUCKETS } from "./bot-process.ts";
import type { LoadOptions } from "./load-options.ts";
import type { ZoneFigures } from "./loaded-zone.ts";
import type { SightFigures } from "./sight-watch.ts";

/** Both sides at one moment. */
export interface Moment {
  zone: ZoneFigures;
  bots: BotFigures[];
  /** Processor time of the processes of bots, seconds. */
  botCpuSeconds: number;
}

/** What a run showed, as one JSON line. Numbers are of the measured time alone. */
export interface LoadReport {
  bots: number;
  connected: number;
  seconds: number;
  crowd: boolean;
  thin: boolean;
  protocol: string;
  link: string;
  tickP50Ms: number;
  tickP99Ms: number;
  tickMaxMs: number;
  ticksPerSecond: number;
  /** Cores: of the server, of its JavaScript thread, of all bots. */
  serverCpu: number;
  serverMainThreadCpu: number;
  botCpu: number;
  rssStartMb: number;
  rssMb: number;
  bytesPerClientPerSecond: number;
  packetsPerClientPerSecond: number;
  inputLoss: number;
  inputsLate: number;
  snapshotRateHz: number;
  /** Of the bot that got the fewest. */
  snapshotRateMinHz: number;
  nearest50Hz: number;
  /** 19 in 20 of the nearest are told of at least so often. */
  nearest50P5Hz: number;
  othersHz: number;
  inSight: number;
  botLagP50Ms: number;
  botLagP99Ms: number;
  botFramesSkipped: number;
  droppedPackets: number;
  /** Part of what the server sent that no bot got. */
  lossDown: number;
  keyframeRequests: number;
  corrections: number;
  connectionsLost: number;
  /** With --fight, of all bots. */
  kills: number;
  deaths: number;
  abilitiesUsed: number;
}

export function loadReport(options: LoadOptions, connected: number, from: Moment, to: Moment): LoadReport {
  const seconds = to.zone.atSeconds - from.zone.atSeconds;
  const server = (name: string, label?: string) => counter(to, name, label) - counter(from, name, label);
  const bots = (key: SummedFigure) => sumOf(to.bots, key) - sumOf(from.bots, key);
  const ticks = tickHistogram(to.zone.samples).map((count, i) => count - (tickHistogram(from.zone.samples)[i] ?? 0));
  const tickMs = (quantile: number) => histogramQuantile(quantile, tickBoundsMs(to.zone.samples), ticks);
  const executed = server("darkages_zone_commands_total", "executed");
  const never =
    server("darkages_zone_commands_total", "passed_over") + server("darkages_zone_commands_total", "too_far_ahead");
  const lag = to.bots.map(({ frameLag }, p) => frameLag.map((count, i) => count - (from.bots[p]?.frameLag[i] ?? 0)));
  const lagMs = (quantile: number) => histogramQuantile(quantile, LAG_BUCKETS.bounds, added(lag)) / 1000;
  const rates = snapshotRates(from.bots, to.bots, seconds);
  const sight = sightBetween(from.bots, to.bots);
  return {
    bots: options.bots,
    connected,
    seconds: round(seconds, 1),
    crowd: options.crowd,
    thin: options.thin,
    protocol: options.protocol,
    link: options.link ?? "none",
    tickP50Ms: round(tickMs(0.5), 2),
    tickP99Ms: round(tickMs(0.99), 2),
    tickMaxMs: round(tickMs(1), 2),
    ticksPerSecond: round(server("darkages_zone_ticks_total") / seconds, 2),
    serverCpu: round((to.zone.cpuSeconds - from.zone.cpuSeconds) / seconds, 3),
    serverMainThreadCpu: round((to.zone.mainThreadSeconds - from.zone.mainThreadSeconds) / seconds, 3),
    botCpu: round((to.botCpuSeconds - from.botCpuSeconds) / seconds, 3),
    rssStartMb: round(from.zone.residentMb, 1),
    rssMb: round(to.zone.residentMb, 1),
    bytesPerClientPerSecond: Math.round(server("darkages_zone_packet_bytes_total", "out") / connected / seconds),
    packetsPerClientPerSecond: round(server("darkages_zone_packets_total", "out") / connected / seconds, 1),
    inputLoss: round(never / Math.max(1, executed + never), 6),
    inputsLate: round(server("darkages_zone_commands_late_total") / Math.max(1, executed), 5),
    snapshotRateHz: round(rates.reduce((sum, rate) => sum + rate, 0) / Math.max(1, rates.length), 2),
    snapshotRateMinHz: round(Math.min(...rates), 2),
    nearest50Hz: round(meanHz(sight.nearestHz), 2),
    nearest50P5Hz: lowHz(sight.nearestHz, 0.05),
    othersHz: round(meanHz(sight.othersHz), 2),
    inSight: round(sight.inSight / Math.max(1, sight.seconds), 1),
    botLagP50Ms: round(lagMs(0.5), 2),
    botLagP99Ms: round(lagMs(0.99), 2),
    botFramesSkipped: bots("framesSkipped"),
    droppedPackets:
      to.zone.socketDrops -
      from.zone.socketDrops +
      server("darkages_zone_packets_dropped_total") +
      server("darkages_zone_send_failures_total") +
      bots("unusable"),
    lossDown: round(Math.max(0, 1 - bots("packetsIn") / Math.max(1, server("darkages_zone_packets_total", "out"))), 5),
    keyframeRequests: server("darkages_zone_keyframe_requests_total"),
    corrections: bots("corrections"),
    connectionsLost: bots("connectionsLost"),
    kills: bots("kills"),
    deaths: bots("deaths"),
    abilitiesUsed: bots("abilitiesUsed"),
  };
}

type SummedFigure =
  | "framesSkipped"
  | "unusable"
  | "packetsIn"
  | "corrections"
  | "connectionsLost"
  | "kills"
  | "deaths"
  | "abilitiesUsed";

function sumOf(bots: readonly BotFigures[], key: SummedFigure): number {
  return bots.reduce((sum, figures) => sum + figures[key], 0);
}

/** A counter of the server; with `label` only the series that has a label of that value. */
function counter({ zone }: Moment, name: string, label?: string): number {
  let sum = 0;
  for (const sample of zone.samples) {
    if (sample.name !== name) continue;
    if (label === undefined || Object.values(sample.labels).includes(label)) sum += sample.value;
  }
  return sum;
}

function tickBuckets(samples: readonly Sample[]): Sample[] {
  return samples.filter(({ name }) => name === "darkages_zone_tick_seconds_bucket");
}

function tickBoundsMs(samples: readonly Sample[]): number[] {
  const bounds = tickBuckets(samples).map(({ labels }) => Number(labels.le === "+Inf" ? "Infinity" : labels.le) * 1000);
  return bounds.filter((bound) => Number.isFinite(bound));
}

/** Per bucket; in the exposition each has those below it as well. */
function tickHistogram(samples: readonly Sample[]): number[] {
  const cumulative = tickBuckets(samples).map(({ value }) => value);
  return cumulative.map((count, i) => count - (cumulative[i - 1] ?? 0));
}

function added(histograms: readonly (readonly number[])[]): number[] {
  const sum: number[] = [];
  for (const histogram of histograms) {
    for (const [i, count] of histogram.entries()) sum[i] = (sum[i] ?? 0) + count;
  }
  return sum;
}

function snapshotRates(from: readonly BotFigures[], to: readonly BotFigures[], seconds: number): number[] {
  return to.flatMap(({ snapshots }, process) =>
    snapshots.map((count, bot) => (count - (from[process]?.snapshots[bot] ?? 0)) / seconds),
  );
}

function sightBetween(from: readonly BotFigures[], to: readonly BotFigures[]): SightFigures {
  const between = (pick: (sight: SightFigures) => number[]) => {
    const before = added(from.map(({ sight }) => pick(sight)));
    return added(to.map(({ sight }) => pick(sight))).map((count, i) => count - (before[i] ?? 0));
  };
  const total = (bots: readonly BotFigures[], key: "inSight" | "seconds") =>
    bots.reduce((sum, { sight }) => sum + sight[key], 0);
  return {
    nearestHz: between(({ nearestHz }) => nearestHz),
    othersHz: between(({ othersHz }) => othersHz),
    inSight: total(to, "inSight") - total(from, "inSight"),
    seconds: total(to, "seconds") - total(from, "seconds"),
  };
}

function meanHz(counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count, hz) => sum + count * hz, 0) / Math.max(1, total);
}

/** The rate that all but a `part` reach. */
function lowHz(counts: readonly number[], part: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let below = 0;
  for (const [hz, count] of counts.entries()) {
    below += count;
    if (below > total * part) return hz;
  }
  return 0;
}

function round(value: number, digits: number): number {
  return Number.isFinite(value) ? Number(value.toFixed(digits)) : 0;
}
