// Runs every kind of test and ends with one line: `N passed, N failed`.
import { readFileSync } from "node:fs";
import { phases } from "./phase.ts";
import { runPhase } from "./run-phase.ts";

const SHOWN_LOG_LINES = 80;

for (const [signal, exitCode] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  process.on(signal, () => process.exit(exitCode));
}

process.exitCode = await main(process.argv.slice(2));

/**
 * @param args names of phases to run, all without one; what is no name of a phase filters the suites' files
 * @returns the exit code
 */
async function main(args: readonly string[]): Promise<number> {
  const names = phases([]).map((phase) => phase.name);
  const wanted = new Set(args.filter((arg) => names.includes(arg)));
  const filters = args.filter((arg) => !names.includes(arg));
  const chosen = phases(filters).filter((phase) => {
    if (wanted.size > 0) return wanted.has(phase.name);
    return filters.length === 0 || phase.kind === "suite";
  });
  let passed = 0;
  let failed = 0;
  for (const phase of chosen) {
    const result = await runPhase(phase);
    passed += result.passed;
    failed += result.failed;
    const counts = phase.kind === "suite" ? `  ${result.passed} passed, ${result.failed} failed` : "";
    const mark = result.failed === 0 ? "✓" : "✗";
    // Indented, so that only the very last line is a total of the run.
    process.stdout.write(`  ${mark} ${phase.name.padEnd(10)} ${result.seconds.toFixed(1).padStart(6)} s${counts}\n`);
    if (result.failed > 0) {
      process.stdout.write(
        `${indent(lastLines(result.logPath))}\n    full log: ${result.logPath}\n    ${phase.hint}\n`,
      );
    }
  }
  if (passed + failed === 0) {
    failed = 1;
    process.stdout.write(`  ✗ no test matches ${args.join(" ")}; phases are ${names.join(", ")}\n`);
  }
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

/** The end of a log; of a suite's, only what it says about failures. */
function lastLines(path: string): string {
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  const failures = lines.findIndex((line) => /Failed (Tests|Suites) \d|Unhandled Errors/.test(line));
  return lines.slice(Math.max(failures, lines.length - SHOWN_LOG_LINES, 0)).join("\n");
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, "    | ");
}
