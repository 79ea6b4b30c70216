import { readFileSync } from "node:fs";
import { Performance } from "godot";
import type { EngineSample } from "../../../tools/soak/engine/engine-sample.ts";

const BYTES_PER_MB = 1024 * 1024;

/** Prints what the process holds, as a line for `npm run soak`. */
export function printSample(startedMs: number): void {
  const { rss, heapUsed } = process.memoryUsage();
  const sample: EngineSample = {
    seconds: (performance.now() - startedMs) / 1000,
    rssMb: rss / BYTES_PER_MB,
    ownMb: ownMegabytes(),
    heapUsedMb: heapUsed / BYTES_PER_MB,
    staticMb: Performance.get_monitor(Performance.MEMORY_STATIC) / BYTES_PER_MB,
    objects: Performance.get_monitor(Performance.OBJECT_COUNT),
    nodes: Performance.get_monitor(Performance.OBJECT_NODE_COUNT),
    orphans: Performance.get_monitor(Performance.OBJECT_ORPHAN_NODE_COUNT),
    resources: Performance.get_monitor(Performance.OBJECT_RESOURCE_COUNT),
  };
  console.log(`soak ${JSON.stringify(sample)}`);
}

/** What of the resident memory is in no file; where the system does not say, all of it. */
function ownMegabytes(): number {
  const kilobytes = /^RssAnon:\s*(\d+) kB/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  return kilobytes === undefined ? process.memoryUsage.rss() / BYTES_PER_MB : Number(kilobytes) / 1024;
}
