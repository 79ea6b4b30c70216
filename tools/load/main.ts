import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { readCommandLine } from "../command-line/read-command-line.ts";
import { BOT_PROCESS } from "./bot-fleet.ts";
import { runBotProcess } from "./bot-process.ts";
import { compareReports, differentOrders } from "./compare-reports.ts";
import { missedGoals } from "./load-goals.ts";
import { LOAD_USAGE, type LoadOptions, parseLoadOptions } from "./load-options.ts";
import type { LoadReport } from "./load-report.ts";
import { runLoad } from "./run-load.ts";

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

/** Throws a sentence when the file is not a report. */
function readEarlier({ compareFile }: LoadOptions): Record<string, unknown> | undefined {
  if (compareFile === undefined) return undefined;
  let report: unknown;
  try {
    report = JSON.parse(readFileSync(compareFile, "utf8"));
  } catch (error) {
    throw new Error(`--compare: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof report !== "object" || report === null || !("tickP99Ms" in report)) {
    throw new Error(`--compare: expected the --json of an earlier run in ${compareFile}`);
  }
  return { ...report };
}

function print(report: LoadReport, options: LoadOptions, earlier: Record<string, unknown> | undefined): void {
  const line = `${JSON.stringify(report)}\n`;
  process.stdout.write(line);
  if (options.jsonFile !== undefined) {
    mkdirSync(dirname(options.jsonFile), { recursive: true });
    writeFileSync(options.jsonFile, line);
  }
  if (earlier !== undefined) {
    const now = { ...report };
    const different = differentOrders(now, earlier);
    if (different.length > 0) tell(`not the same in both runs: ${different.join(", ")}`);
    process.stdout.write(
      `${JSON.stringify({ comparedWith: options.compareFile, ratios: compareReports(now, earlier) })}\n`,
    );
  }
  for (const missed of options.check ? missedGoals(report) : []) {
    tell(`missed: ${missed}`);
    process.exitCode = 1;
  }
}

async function load(options: LoadOptions, earlier: Record<string, unknown> | undefined): Promise<void> {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());
  const programs = {
    // This file runs the bots, too: it is the one whose place is known in the bundle.
    bots: fileURLToPath(import.meta.url),
    server: fileURLToPath(new URL("../../server/main.js", import.meta.url)),
  };
  try {
    print(await runLoad(options, programs, tell, stop.signal), options, earlier);
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}

if (process.argv[2] === BOT_PROCESS) {
  runBotProcess();
} else {
  const order = readCommandLine(LOAD_USAGE, (args) => {
    const options = parseLoadOptions(args);
    return { options, earlier: readEarlier(options) };
  });
  if (order !== undefined) await load(order.options, order.earlier);
}
