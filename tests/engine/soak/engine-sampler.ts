import { readFileSync } from "node:fs";
import { getHeapSpaceStatistics } from "node:v8";
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
    youngMb: youngBytes() / BYTES_PER_MB,
    staticMb: Performance.get_monitor(Performance.MEMORY_STATIC) / BYTES_PER_MB,
    objects: Performance.get_monitor(Performance.OBJECT_COUNT),
    nodes: Performance.get_monitor(Performance.OBJECT_NODE_COUNT),
    orphans: Performance.get_monitor(Performance.OBJECT_ORPHAN_NODE_COUNT),
    resources: Performance.get_monitor(Performance.OBJECT_RESOURCE_COUNT),
  };
  console.log(`soak ${JSON.stringify(sample)}`);
}

function youngBytes(): number {
  return getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space")?.space_size ?? 0;
}

/** Memory that is in no file: resident, or put aside by the system because nobody touched it for a while. */
function ownMegabytes(): number {
  const status = readFileSync("/proc/self/status", "utf8");
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+) kB`, "m").exec(status)?.[1] ?? 0);
  return (kilobytes("RssAnon") + kilobytes("VmSwap")) / 1024;
}
