import { setTimeout as sleep } from "node:timers/promises";
import { compareCohorts } from "./compare-cohorts.ts";
import { comparisonTable } from "./comparison-table.ts";
import { type CompareOptions, METRICS_USAGE, readMetricsOptions } from "./metrics-options.ts";
import { readMetrics } from "./read-metrics.ts";

async function compare({ source, feature, seconds, json }: CompareOptions): Promise<void> {
  const before = seconds > 0 ? await readMetrics(source) : [];
  await sleep(seconds * 1000);
  const comparison = compareCohorts(await readMetrics(source), feature, before);
  process.stdout.write(json ? `${JSON.stringify(comparison)}\n` : comparisonTable(comparison));
}

const args = process.argv.slice(2);
if (args.includes("--help")) {
  process.stdout.write(METRICS_USAGE);
} else {
  const options = readMetricsOptions(args);
  if ("problem" in options) {
    process.stderr.write(`${options.problem}\n\n${METRICS_USAGE}`);
    process.exitCode = 2;
  } else {
    try {
      await compare(options);
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    }
  }
}
