import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { type CaseCounts, readCaseCounts } from "./case-counts.ts";
import { checkReport } from "./check-report.ts";
import { countsPath, junitPath, type Phase } from "./phase.ts";

/** A phase that takes longer hangs: the longest, the engine's, takes some six minutes on two cores, and twice that on slow ones. */
const LIMIT_MS = 20 * 60_000;

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
    // In a process group of its own, so that an end at the limit reaches the workers too; setpriv for an end of ours.
    const child = spawn("setpriv", ["--pdeathsig", "KILL", "--", program, ...args], {
      stdio: ["ignore", log, log],
      env,
      detached: true,
    });
    const stop = () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
    };
    const limit = setTimeout(() => {
      writeSync(
        log,
        `expected an end within ${LIMIT_MS / 60_000} minutes, got none: the files not named above did not finish\n`,
      );
      stop();
    }, LIMIT_MS);
    process.once("exit", stop);
    child.once("error", (error) => {
      writeFileSync(log, `${program}: ${error.message}\n`);
    });
    child.once("close", (code) => {
      clearTimeout(limit);
      process.off("exit", stop);
      resolve(code ?? 1);
    });
  });
}
