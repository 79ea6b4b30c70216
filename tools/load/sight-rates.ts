import { addHistograms } from "./add-histograms.ts";
import type { BotFigures } from "./bot-messages.ts";
import type { SightFigures } from "./sight-watch.ts";

/** How often bots were told of those in their sight between two moments. */
export interface SightRates {
  /** Updates per second of each of the nearest 50: mean, and what all but one in twenty reach. */
  nearest50Hz: number;
  nearest50P5Hz: number;
  /** Of the others. */
  othersHz: number;
  /** Characters that a bot knows of. */
  inSight: number;
  /** Packets that those who count this could not read. */
  sightUnread: number;
}

export function sightRates(from: readonly BotFigures[], to: readonly BotFigures[]): SightRates {
  const between = (pick: (sight: SightFigures) => number[]) => {
    const before = addHistograms(from.map(({ sight }) => pick(sight)));
    return addHistograms(to.map(({ sight }) => pick(sight))).map((count, i) => count - (before[i] ?? 0));
  };
  const total = (key: "inSight" | "seconds" | "unread") =>
    to.reduce((sum, { sight }) => sum + sight[key], 0) - from.reduce((sum, { sight }) => sum + sight[key], 0);
  const nearestHz = between((sight) => sight.nearestHz);
  return {
    nearest50Hz: round(meanHz(nearestHz), 2),
    nearest50P5Hz: lowHz(nearestHz, 0.05),
    othersHz: round(meanHz(between((sight) => sight.othersHz)), 2),
    inSight: round(total("inSight") / Math.max(1, total("seconds")), 1),
    sightUnread: total("unread"),
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
  return Number(value.toFixed(digits));
}
