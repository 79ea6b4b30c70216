import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ChildProcesses } from "../../start/child-processes.ts";
import { type EngineVerdict, judgeSamples } from "./engine-verdict.ts";
import { runSoakEngine } from "./soak-engine.ts";

export interface BindingSoakOptions {
  seconds: number;
  outFolder: string;
  tell: (line: string) => void;
  stopped: AbortSignal;
  env?: NodeJS.ProcessEnv;
}

export interface BindingSoakReport extends EngineVerdict {
  soak: "binding";
  seconds: number;
  /** Frames of churn. */
  cycles: number;
  ok: boolean;
}

const WARM_UP_SECONDS = 60;
/** Ends within 2 % of its memory after the first minute. */
const LIMITS = { rssGrowth: 0.02, objectGrowth: 0.1 } as const;
const SHORT_LIMITS = { rssGrowth: 0.25, objectGrowth: 0.5 } as const;

/** Lets the binding make and let go of things for long. */
export async function runBindingSoak(options: BindingSoakOptions): Promise<BindingSoakReport> {
  const { seconds, stopped, tell } = options;
  const processes = new ChildProcesses();
  const outFolder = resolve(options.outFolder);
  rmSync(outFolder, { recursive: true, force: true });
  mkdirSync(outFolder, { recursive: true });
  const stop = () => void processes.stop();
  stopped.addEventListener("abort", stop);
  try {
    const outcome = await runSoakEngine(processes, {
      scene: "tests/engine/soak/binding.tscn",
      seconds,
      userFolder: join(outFolder, "user"),
      ...(options.env && { env: options.env }),
      onSample: (sample) => tell(JSON.stringify(sample)),
    });
    writeFileSync(join(outFolder, "godot.log"), `${outcome.lines.join("\n")}\n`);
    if (stopped.aborted) throw new Error("stopped before it was done");
    const limits =
      seconds > 2 * WARM_UP_SECONDS
        ? { ...LIMITS, warmUpSeconds: WARM_UP_SECONDS }
        : { ...SHORT_LIMITS, warmUpSeconds: seconds / 4 };
    const verdict = judgeSamples(outcome.samples, limits);
    const problems = [...outcome.problems, ...verdict.problems];
    return {
      soak: "binding",
      seconds,
      cycles: outcome.counts.cycles ?? 0,
      ...verdict,
      ok: problems.length === 0,
      problems,
    };
  } finally {
    stopped.removeEventListener("abort", stop);
    await processes.stop();
  }
}
