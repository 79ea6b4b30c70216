import { MemoryTrend } from "../memory/memory-trend.ts";
import type { EngineSample } from "./engine-sample.ts";

/** How much of each may be more at the end than at the beginning. */
export interface EngineLimits {
  /** What comes before is loading and warming up, seconds. */
  warmUpSeconds: number;
  /** Share of the resident memory; the trend of what is in no file may be as many megabytes, also where much was let go of at once. */
  rssGrowth: number;
  /** Share of the objects: those that JavaScript let go of wait for its garbage collector. */
  objectGrowth: number;
}

export interface EngineVerdict {
  samples: number;
  rssStartMb: number;
  rssEndMb: number;
  /** What of it is in no file, and by how much that grows over the run, by its trend over the last 80 %. */
  ownEndMb: number;
  ownGrownMb: number;
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
  const own = trend(samples, "ownMb").settled;
  const heap = trend(settled, "heapUsedMb").ends(END_SHARE);
  const objects = trend(settled, "objects").ends(END_SHARE);
  const nodes = trend(settled, "nodes").ends(END_SHARE);
  const resources = trend(settled, "resources").ends(END_SHARE);
  const orphans = Math.max(0, ...settled.map((sample) => sample.orphans));
  const problems: string[] = [];
  if (settled.length < 3) {
    problems.push(`expected at least 3 samples after ${limits.warmUpSeconds} s, got ${settled.length}`);
  }
  const mostMb = limits.rssGrowth * rss.start;
  const most = `at most ${mostMb.toFixed(1)} MB more were expected`;
  if (rss.end - rss.start > mostMb) {
    problems.push(`resident memory grew from ${rss.start.toFixed(1)} to ${rss.end.toFixed(1)} MB, ${most}`);
  }
  if (own.grownMb > mostMb) problems.push(`memory of its own grows by ${own.grownMb.toFixed(1)} MB, ${most}`);
  if (objects.end > objects.start * (1 + limits.objectGrowth)) {
    problems.push(`objects grew from ${objects.start} to ${objects.end}`);
  }
  if (nodes.end > nodes.start) problems.push(`nodes grew from ${nodes.start} to ${nodes.end}`);
  if (orphans > 0) problems.push(`${orphans} nodes are in no tree`);
  return {
    samples: samples.length,
    rssStartMb: round(rss.start),
    rssEndMb: round(rss.end),
    ownEndMb: round(own.ends(END_SHARE).end),
    ownGrownMb: round(own.grownMb),
    rssSlopeKbPerMinute: round(trend(settled, "rssMb").slopeKbPerMinute),
    heapStartMb: round(heap.start),
    heapEndMb: round(heap.end),
    nodes: nodes.end,
    orphans,
    objectsStart: objects.start,
    objects: objects.end,
    resources: resources.end,
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
