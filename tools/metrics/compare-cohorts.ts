import { labelFeatures } from "../../scripts/protocol/metering/cohort.ts";
import { histogramQuantile } from "../../scripts/protocol/metering/histogram-quantile.ts";
import type { Sample } from "./parse-exposition.ts";

/** What the sessions with a feature, or those without it, have done. NaN where there is nothing to divide by. */
export interface CohortSummary {
  /** Labels of the cohorts that were put together. */
  cohorts: string[];
  /** Sessions at the end. */
  sessions: number;
  /** Time spent by all of them together. */
  sessionSeconds: number;
  in: TrafficSummary;
  out: TrafficSummary;
  /** Messages that could not be used, of a thousand that came. */
  refusedPerThousand: number;
  /** The same by reason, most frequent first. */
  refusals: { reason: string; count: number }[];
}

/** Messages of one direction. */
export interface TrafficSummary {
  messages: number;
  /** Per session. */
  messagesPerSecond: number;
  bytesPerSecond: number;
  bytesPerMessage: number;
  /** Of encoding what goes out, of decoding what comes in. */
  p50Seconds: number;
  p99Seconds: number;
}

export interface Comparison {
  feature: string;
  on: CohortSummary;
  off: CohortSummary;
}

/**
 * Puts the cohorts with a feature beside those without it; connections that are no sessions yet are left out. With `before`, an earlier
 * exposition of the same process, what happened in between; without it, since the process started.
 */
export function compareCohorts(
  samples: readonly Sample[],
  feature: string,
  before: readonly Sample[] = [],
): Comparison {
  const sessions = differences(samples, before).filter(
    ({ labels }) => labelFeatures(labels.cohort ?? "newcomer").length > 0,
  );
  const has = ({ labels }: Sample) => labelFeatures(labels.cohort ?? "").includes(feature);
  return { feature, on: summarise(sessions.filter(has)), off: summarise(sessions.filter((sample) => !has(sample))) };
}

/** Counters less what they were before; gauges as they are. */
function differences(samples: readonly Sample[], before: readonly Sample[]): Sample[] {
  const key = ({ name, labels }: Sample) => JSON.stringify([name, Object.entries(labels).sort()]);
  const earlier = new Map(before.map((sample) => [key(sample), sample.value]));
  return samples.map((sample) => {
    if (sample.name === "darkages_protocol_sessions") return sample;
    const value = sample.value - (earlier.get(key(sample)) ?? 0);
    if (value < 0) throw new RangeError(`${sample.name} went down: the server was started anew in between. Ask again.`);
    return { ...sample, value };
  });
}

function summarise(samples: readonly Sample[]): CohortSummary {
  const sessionSeconds = total(samples, "darkages_protocol_session_seconds_total");
  const incoming = traffic(samples, "in", sessionSeconds);
  const refused = samples.filter(({ name }) => name === "darkages_protocol_refusals_total");
  // What the other side could not read did not come here: it is no part of what came.
  const refusedHere = refused.filter(({ labels }) => labels.reason !== "feature_problem");
  const came = incoming.messages + sum(refusedHere);
  return {
    cohorts: [...new Set(samples.map(({ labels }) => labels.cohort ?? ""))].sort(),
    sessions: total(samples, "darkages_protocol_sessions"),
    sessionSeconds,
    in: incoming,
    out: traffic(samples, "out", sessionSeconds),
    refusedPerThousand: (1000 * sum(refused)) / came,
    refusals: byReason(refused),
  };
}

function traffic(samples: readonly Sample[], direction: string, sessionSeconds: number): TrafficSummary {
  const ofDirection = samples.filter(({ labels }) => labels.direction === direction);
  const messages = total(ofDirection, "darkages_protocol_message_bytes_count");
  const bytes = total(ofDirection, "darkages_protocol_message_bytes_sum");
  const { bounds, counts } = buckets(ofDirection, "darkages_protocol_message_seconds_bucket");
  return {
    messages,
    messagesPerSecond: messages / sessionSeconds,
    bytesPerSecond: bytes / sessionSeconds,
    bytesPerMessage: bytes / messages,
    p50Seconds: histogramQuantile(0.5, bounds, counts),
    p99Seconds: histogramQuantile(0.99, bounds, counts),
  };
}

/** Adds the histograms of all series up, and takes the cumulative counts of the format apart. */
function buckets(samples: readonly Sample[], name: string): { bounds: number[]; counts: number[] } {
  const cumulative = new Map<number, number>();
  for (const sample of samples) {
    if (sample.name !== name) continue;
    const bound = sample.labels.le === "+Inf" ? Number.POSITIVE_INFINITY : Number(sample.labels.le);
    cumulative.set(bound, (cumulative.get(bound) ?? 0) + sample.value);
  }
  const sorted = [...cumulative].sort(([a], [b]) => a - b);
  const counts = sorted.map(([, count], index) => count - (sorted[index - 1]?.[1] ?? 0));
  return { bounds: sorted.map(([bound]) => bound).filter(Number.isFinite), counts };
}

function byReason(refused: readonly Sample[]): { reason: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { labels, value } of refused) {
    const reason = labels.reason ?? "";
    counts.set(reason, (counts.get(reason) ?? 0) + value);
  }
  const list = [...counts].map(([reason, count]) => ({ reason, count }));
  return list.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
}

function total(samples: readonly Sample[], name: string): number {
  return sum(samples.filter((sample) => sample.name === name));
}

function sum(samples: readonly Sample[]): number {
  return samples.reduce((all, { value }) => all + value, 0);
}
