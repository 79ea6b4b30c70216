import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { VirtualDisplay } from "../../display/virtual-display.ts";
import { type ChildProcesses, exitCodeOf } from "../../start/child-processes.ts";
import { type EngineSample, readSample } from "./engine-sample.ts";

/** What no good run prints: errors of the engine and of scripts, crashes, what is left over at the end. */
const TROUBLE =
  /^(SCRIPT |USER |USER SCRIPT )?ERROR:|instances? (was|were)? ?leaked|Leaked instance|still in use at exit|leaked at exit|handle_crash|crashed with signal|FATAL ERROR:|Fatal error in/i;
/** Starting, loading and ending may take so long on top, milliseconds. */
const MARGIN_MS = 120_000;
/** A machine that stalls is given the time again. */
const SLOWNESS = 2;
const LINES_KEPT = 2000;

export interface EngineRun {
  scene: string;
  seconds: number;
  /** Settings and logs of the game, which are not those of whoever runs it. */
  userFolder: string;
  gameArgs?: readonly string[];
  display?: VirtualDisplay | undefined;
  env?: NodeJS.ProcessEnv;
  /** Hears every sample. */
  onSample?: (sample: EngineSample) => void;
}

export interface EngineOutcome {
  samples: EngineSample[];
  /** What the scene counted, by name: `cycles` are rounds that it played. */
  counts: Record<string, number>;
  problems: string[];
  /** The last lines that it printed. */
  lines: string[];
}

/** Runs a scene that prints samples, to its end. */
export async function runSoakEngine(processes: ChildProcesses, run: EngineRun): Promise<EngineOutcome> {
  const output = run.display === undefined ? ["--headless"] : windowArguments();
  const gameArgs = run.gameArgs === undefined ? [] : ["--", ...run.gameArgs];
  const engine = processes.spawn(
    process.env.GODOT ?? "godot",
    [...output, "--path", ".", `res://${run.scene}`, ...gameArgs],
    {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...(run.display?.env ?? process.env),
        XDG_DATA_HOME: run.userFolder,
        DARKAGES_SOAK_SECONDS: String(run.seconds),
        ...run.env,
      },
    },
  );
  const counts: Record<string, number> = {};
  const outcome: EngineOutcome = { samples: [], counts, problems: [], lines: [] };
  for (const stream of [engine.stdout, engine.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on("line", (line) => take(outcome, line, run));
  }
  const overdue = setTimeout(
    () => {
      outcome.problems.push(`expected an end after ${run.seconds} s, got none`);
      engine.kill("SIGKILL");
    },
    run.seconds * 1000 * SLOWNESS + MARGIN_MS,
  );
  const [code] = await Promise.all([exitCodeOf(engine), allRead(engine)]);
  clearTimeout(overdue);
  if (code !== 0) outcome.problems.push(`expected exit code 0 of the engine, got ${code}`);
  if (counts.cycles === undefined) outcome.problems.push("expected the scene to say how much it did, it did not");
  return outcome;
}

function take(outcome: EngineOutcome, line: string, run: EngineRun): void {
  const sample = readSample(line);
  if (sample !== undefined) {
    outcome.samples.push(sample);
    run.onSample?.(sample);
    return;
  }
  const count = /^soak (\w+) (\d+)$/.exec(line);
  if (count !== null) outcome.counts[count[1] ?? ""] = Number(count[2]);
  if (TROUBLE.test(line)) outcome.problems.push(line);
  outcome.lines.push(line);
  if (outcome.lines.length > LINES_KEPT) outcome.lines.shift();
}

function allRead(engine: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    engine.once("error", () => resolve());
    engine.once("close", () => resolve());
  });
}

function windowArguments(): string[] {
  const window = ["--display-driver", "x11", "--resolution", "1280x720", "--disable-vsync"];
  return ["--rendering-method", "gl_compatibility", "--audio-driver", "Dummy", ...window];
}
