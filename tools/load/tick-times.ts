import { histogramQuantile } from "../../scripts/protocol/metering/histogram-quantile.ts";
import type { Sample } from "../metrics/parse-exposition.ts";

/** What a server's ticks took between two looks at its metrics, milliseconds, by quantile. */
export function tickTimes(from: readonly Sample[], to: readonly Sample[]): (quantile: number) => number {
  const before = tickHistogram(from);
  const ticks = tickHistogram(to).map((count, i) => count - (before[i] ?? 0));
  const boundsMs = tickBoundsMs(to);
  return (quantile) => histogramQuantile(quantile, boundsMs, ticks);
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
