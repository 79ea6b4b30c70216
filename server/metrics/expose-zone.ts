import type { ZoneCounters } from "../zone/zone-counters.ts";
import type { DurationHistogram } from "./duration-histogram.ts";
import { boundTexts, type Labels, type PrometheusText } from "./prometheus-text.ts";

interface Family {
  name: string;
  type: "counter" | "gauge";
  help: string;
  /** Which counter goes where. */
  samples: readonly [keyof ZoneCounters, Labels][];
}

const FAMILIES: readonly Family[] = [
  { name: "darkages_zone_players", type: "gauge", help: "Players in the zone.", samples: [["players", {}]] },
  {
    name: "darkages_zone_connections",
    type: "gauge",
    help: "Connections, with those that are not players yet.",
    samples: [["connections", {}]],
  },
  { name: "darkages_zone_ticks_total", type: "counter", help: "Simulation ticks.", samples: [["ticks", {}]] },
  {
    name: "darkages_zone_ticks_dropped_total",
    type: "counter",
    help: "Ticks that were given up because the process could not keep up.",
    samples: [["ticksDropped", {}]],
  },
  {
    name: "darkages_zone_packets_total",
    type: "counter",
    help: "Packets of the protocol.",
    samples: [
      ["packetsIn", { direction: "in" }],
      ["packetsOut", { direction: "out" }],
    ],
  },
  {
    name: "darkages_zone_packet_bytes_total",
    type: "counter",
    help: "Bytes of packets, without what the transport adds.",
    samples: [
      ["bytesIn", { direction: "in" }],
      ["bytesOut", { direction: "out" }],
    ],
  },
  {
    name: "darkages_zone_packets_dropped_total",
    type: "counter",
    help: "Packets that came and were not used.",
    samples: [
      ["malformed", { reason: "malformed" }],
      ["wrongEpoch", { reason: "wrong_epoch" }],
      ["duplicates", { reason: "duplicate" }],
      ["unexpected", { reason: "unexpected" }],
    ],
  },
  {
    name: "darkages_zone_rejections_total",
    type: "counter",
    help: "Connections that were closed with a Reject.",
    samples: [["rejected", {}]],
  },
  {
    name: "darkages_zone_commands_total",
    type: "counter",
    help: "Input commands: run, come again, refused because they lie too far ahead, never come.",
    samples: [
      ["commandsExecuted", { outcome: "executed" }],
      ["commandsKnown", { outcome: "known" }],
      ["commandsTooFarAhead", { outcome: "too_far_ahead" }],
      ["commandsPassedOver", { outcome: "passed_over" }],
    ],
  },
  {
    name: "darkages_zone_commands_late_total",
    type: "counter",
    help: "Input commands that were run later than in their tick.",
    samples: [["commandsLate", {}]],
  },
  {
    name: "darkages_zone_player_ticks_lost_total",
    type: "counter",
    help: "Ticks of players that nobody can make up for any more, because their time bank was full.",
    samples: [["playerTicksLost", {}]],
  },
  {
    name: "darkages_zone_feature_changes_total",
    type: "counter",
    help: "Times that a session went on with other features than before.",
    samples: [["featureChanges", {}]],
  },
  {
    name: "darkages_zone_feature_problems_total",
    type: "counter",
    help: "Times that a client said that it cannot read what a feature brings.",
    samples: [["featureProblems", {}]],
  },
  {
    name: "darkages_zone_snapshots_total",
    type: "counter",
    help: "Snapshots sent, one for each player and time.",
    samples: [["snapshotsSent", {}]],
  },
  {
    name: "darkages_zone_keyframe_requests_total",
    type: "counter",
    help: "Inputs that asked for a keyframe.",
    samples: [["keyframeRequests", {}]],
  },
  {
    name: "darkages_zone_actions_total",
    type: "counter",
    help: "Actions of players: done and hit, done and missed, refused, refused for their rate, come again.",
    samples: [
      ["actionsHit", { outcome: "hit" }],
      ["actionsMissed", { outcome: "missed" }],
      ["actionsRefused", { outcome: "refused" }],
      ["actionsRateLimited", { outcome: "rate_limited" }],
      ["actionsKnown", { outcome: "known" }],
    ],
  },
  {
    name: "darkages_zone_targets_favoured_total",
    type: "counter",
    help: "Targets that were looked at later than their attacker saw them, because that was too long ago.",
    samples: [["targetsFavoured", {}]],
  },
  {
    name: "darkages_zone_views_implausible_total",
    type: "counter",
    help: "Actions that say to have seen a moment that the player cannot have seen.",
    samples: [["viewsImplausible", {}]],
  },
  {
    name: "darkages_zone_send_failures_total",
    type: "counter",
    help: "Packets that the transport did not take.",
    samples: [["sendFailures", {}]],
  },
];

/** Counters of a zone that `FAMILIES` does not mention are exposed all the same, under their own names, so that none is forgotten in silence. */
const MENTIONED = new Set<string>(FAMILIES.flatMap(({ samples }) => samples.map(([counter]) => counter)));

export function exposeZone(text: PrometheusText, counters: Readonly<ZoneCounters>): void {
  for (const { name, type, help, samples } of FAMILIES) {
    text.family(name, type, help);
    for (const [counter, labels] of samples) text.sample(name, labels, counters[counter]);
  }
  for (const [counter, value] of Object.entries(counters)) {
    if (MENTIONED.has(counter)) continue;
    const name = `darkages_zone_${counter.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_total`;
    text.family(name, "counter", `Counter ${counter} of the zone server.`);
    text.sample(name, {}, value);
  }
}

export function exposeTicks(text: PrometheusText, ticks: DurationHistogram): void {
  text.family("darkages_zone_tick_seconds", "histogram", "Time that one simulation tick takes, network included.");
  const bounds = boundTexts(ticks.buckets.bounds, 1e-9);
  text.histogram("darkages_zone_tick_seconds", {}, bounds, ticks.counts, 0, ticks.sumNs * 1e-9);
}

/** What runs here and what it costs the machine. The names of the process are the ones that Prometheus' own clients use. */
export function exposeProcess(text: PrometheusText, info: Labels): void {
  text.family("darkages_build_info", "gauge", "Always 1; what runs here is in the labels.");
  text.sample("darkages_build_info", info, 1);
  const { user, system } = process.cpuUsage();
  text.family("process_cpu_seconds_total", "counter", "Processor time, user and system.");
  text.sample("process_cpu_seconds_total", {}, (user + system) / 1e6);
  text.family("process_resident_memory_bytes", "gauge", "Memory of the process in RAM.");
  text.sample("process_resident_memory_bytes", {}, process.memoryUsage.rss());
  text.family("process_start_time_seconds", "gauge", "When the process started, seconds since 1970.");
  text.sample("process_start_time_seconds", {}, Math.round(Date.now() / 1000 - process.uptime()));
}
