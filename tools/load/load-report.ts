import { histogramQuantile } from "../../scripts/protocol/metering/histogram-quantile.ts";
import { addHistograms } from "./add-histograms.ts";
import type { BotFigures } from "./bot-messages.ts";
import { LAG_BUCKETS } from "./bot-process.ts";
import type { LoadOptions } from "./load-options.ts";
import type { ZoneFigures } from "./loaded-zone.ts";
import { type SightRates, sightRates } from "./sight-rates.ts";
import { tickTimes } from "./tick-times.ts";

/** Both sides at one moment. */
export interface Moment {
  zone: ZoneFigures;
  bots: BotFigures[];
  /** Processor time of the processes of bots, seconds. */
  botCpuSeconds: number;
}

/** What a run showed, as one JSON line. Numbers are of the measured time alone. */
export interface LoadReport extends SightRates {
  bots: number;
  connected: number;
  seconds: number;
  crowd: boolean;
  thin: boolean;
  /** Bots that read what they were told of the others; of thin ones most only acknowledge it. */
  readers: number;
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
  const tickMs = tickTimes(from.zone.samples, to.zone.samples);
  const executed = server("darkages_zone_commands_total", "executed");
  const never =
    server("darkages_zone_commands_total", "passed_over") + server("darkages_zone_commands_total", "too_far_ahead");
  const lag = to.bots.map(({ frameLag }, p) => frameLag.map((count, i) => count - (from.bots[p]?.frameLag[i] ?? 0)));
  const lagMs = (quantile: number) => histogramQuantile(quantile, LAG_BUCKETS.bounds, addHistograms(lag)) / 1000;
  const rates = snapshotRates(from.bots, to.bots, seconds);
  return {
    bots: options.bots,
    connected,
    seconds: round(seconds, 1),
    crowd: options.crowd,
    thin: options.thin,
    readers: sumOf(to.bots, "readers"),
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
    ...sightRates(from.bots, to.bots),
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
  | "readers"
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

function snapshotRates(from: readonly BotFigures[], to: readonly BotFigures[], seconds: number): number[] {
  return to.flatMap(({ snapshots }, process) =>
    snapshots.map((count, bot) => (count - (from[process]?.snapshots[bot] ?? 0)) / seconds),
  );
}

function round(value: number, digits: number): number {
  return Number.isFinite(value) ? Number(value.toFixed(digits)) : 0;
}
