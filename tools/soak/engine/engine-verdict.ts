import { MemoryTrend } from "../memory/memory-trend.ts";
import type { EngineSample } from "./engine-sample.ts";

/** How much of each may be more at the end than at the beginning. */
export interface EngineLimits {
  /** What comes before is loading and warming up, seconds. */
  warmUpSeconds: number;
  /** Share of the resident memory. */
  rssGrowth: number;
  /** Share of the objects: those that JavaScript let go of wait for its garbage collector. */
  objectGrowth: number;
}

export interface EngineVerdict {
  samples: number;
  rssStartMb: number;
  rssEndMb: number;
  rssSlopeKbPerMinute: number;
  heapStartMb: number;
  heapEndMb: number;
  nodes: number;
  orphans: number;
  objectsStart: number;
  objects: number;
  resources: number;
  problems: string[];
}

/** The beginning and the end are a tenth of the samples each, at least one. */
const END_SHARE = 0.1;

/** Compares the end of a run with the end of its warm-up. */
export function judgeSamples(samples: readonly EngineSample[], limits: EngineLimits): EngineVerdict {
  const settled = samples.filter(({ seconds }) => seconds >= limits.warmUpSeconds);
  const rss = trend(settled, "rssMb").ends(END_SHARE);
  const heap = trend(settled, "heapUsedMb").ends(END_SHARE);
  const objects = trend(settled, "objects").ends(END_SHARE);
  const nodes = trend(settled, "nodes").ends(END_SHARE);
  const resources = trend(settled, "resources").ends(END_SHARE);
  const orphans = Math.max(0, ...settled.map((sample) => sample.orphans));
  const problems: string[] = [];
  if (settled.length < 3) {
    problems.push(`expected at least 3 samples after ${limits.warmUpSeconds} s, got ${settled.length}`);
  }
  if (rss.endMb > rss.startMb * (1 + limits.rssGrowth)) {
    const most = `at most ${limits.rssGrowth * 100} % more was expected`;
    problems.push(`resident memory grew from ${rss.startMb.toFixed(1)} to ${rss.endMb.toFixed(1)} MB, ${most}`);
  }
  if (objects.endMb > objects.startMb * (1 + limits.objectGrowth)) {
    problems.push(`objects grew from ${objects.startMb} to ${objects.endMb}`);
  }
  if (nodes.endMb > nodes.startMb) problems.push(`nodes grew from ${nodes.startMb} to ${nodes.endMb}`);
  if (orphans > 0) problems.push(`${orphans} nodes are in no tree`);
  return {
    samples: samples.length,
    rssStartMb: round(rss.startMb),
    rssEndMb: round(rss.endMb),
    rssSlopeKbPerMinute: round(trend(settled, "rssMb").slopeKbPerMinute),
    heapStartMb: round(heap.startMb),
    heapEndMb: round(heap.endMb),
    nodes: nodes.endMb,
    orphans,
    objectsStart: objects.startMb,
    objects: objects.endMb,
    resources: resources.endMb,
    problems,
  };
}

function trend(samples: readonly EngineSample[], key: keyof EngineSample): MemoryTrend {
  const values = new MemoryTrend();
  for (const sample of samples) values.add(sample.seconds / 60, sample[key]);
  return values;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
