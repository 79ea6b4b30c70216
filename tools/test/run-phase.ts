import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type CaseCounts, readCaseCounts } from "./case-counts.ts";
import { checkReport } from "./check-report.ts";
import { countsPath, junitPath, type Phase } from "./phase.ts";

export interface PhaseResult extends CaseCounts {
  logPath: string;
  seconds: number;
}

/** Runs a phase with its output in out/logs and its cases in out/junit. */
export async function runPhase(phase: Phase): Promise<PhaseResult> {
  mkdirSync("out/logs", { recursive: true });
  mkdirSync("out/junit", { recursive: true });
  const logPath = `out/logs/test-${phase.name}.log`;
  for (const path of [junitPath(phase.name), countsPath(phase.name)]) rmSync(path, { force: true });
  const log = openSync(logPath, "w");
  const start = performance.now();
  let exitCode = 0;
  for (const command of phase.commands) {
    exitCode = await runLogged(command, log);
    if (exitCode !== 0) break;
  }
  closeSync(log);
  const seconds = (performance.now() - start) / 1000;
  const counts = phase.kind === "check" ? reportCheck(phase, logPath, seconds, exitCode) : readSuite(phase, exitCode);
  return { ...counts, logPath, seconds };
}

function reportCheck(phase: Phase, logPath: string, seconds: number, exitCode: number): CaseCounts {
  const failure = exitCode === 0 ? undefined : readFileSync(logPath, "utf8").slice(-20_000);
  writeFileSync(junitPath(phase.name), checkReport(phase.name, seconds, failure));
  return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** A suite that ended badly without a failed case (a crash, an error between tests) counts as one. */
function readSuite(phase: Phase, exitCode: number): CaseCounts {
  let counts: CaseCounts | undefined;
  try {
    counts = readCaseCounts(readFileSync(countsPath(phase.name), "utf8"));
  } catch {
    // Without a file there were no tests, or the runner itself broke: its exit code tells.
  }
  const { passed, failed } = counts ?? { passed: 0, failed: 0 };
  return { passed, failed: exitCode !== 0 && failed === 0 ? 1 : failed };
}

function runLogged(command: readonly string[], log: number): Promise<number> {
  const [program = "", ...args] = command;
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined };
    const child = spawn(program, args, { stdio: ["ignore", log, log], env });
    const stop = () => child.kill("SIGTERM");
    process.once("exit", stop);
    child.once("error", (error) => {
      writeFileSync(log, `${program}: ${error.message}\n`);
    });
    child.once("close", (code) => {
      process.off("exit", stop);
      resolve(code ?? 1);
    });
  });
}
