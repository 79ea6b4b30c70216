// Runs jobs in engines of their own. A crash or a hang ends one engine; which job it was is found by trying again with fewer.
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Job, nameOf, type Plan } from "./plan.ts";

const DRIVER = "tests/engine/binding/conformance/sweep.script";
/** A call that computes for longer than this hangs. Processor time: on a busy machine everything takes long. */
const STALL_MS = 8000;
/** What an engine may compute before its first call. */
const START_MS = 5000;
const EDITOR_START_MS = 20_000;
/** A call that waits for longer than this hangs, too. */
const PATIENCE_MS = 90_000;
const LOOK_MS = 100;
const MAIN_SCENE = `[gd_scene load_steps=2 format=3]
[ext_resource type="Script" path="res://${DRIVER}.ts" id="1"]
[node name="Sweep" type="Node"]
script = ExtResource("1")
`;

/** What came of a job: `ok`, `constructed`, `refused: WHY`, `unreachable`, `wrong: WHY`, `threw WHAT`, `crashed`, `hung`. */
export type Outcomes = Map<number, string>;

interface EngineRun {
  readonly outcomes: Outcomes;
  /** Undefined if all jobs were done. */
  readonly end: "crashed" | "hung" | undefined;
  /** Jobs that may have done it, the likeliest last. */
  readonly suspects: readonly Job[];
}

/** A project that holds nothing but the binding and the driver: what the calls write does no harm. */
export class SweepProject {
  readonly #folder = mkdtempSync(join(tmpdir(), "conformance-"));
  readonly #byGdscript: boolean;
  #runs = 0;

  /** @param byGdscript GDScript does the calls, to tell what the engine itself cannot bear */
  constructor(project: string, byGdscript = false) {
    this.#byGdscript = byGdscript;
    const built = join(project, `dist/${DRIVER}.js`);
    if (!existsSync(built)) throw new Error(`expected ${built}, got no such file: build the project first`);
    for (const folder of [
      "addons",
      ".godot",
      "home",
      `dist/${DRIVER}`.replace(/\/[^/]*$/, ""),
      DRIVER.replace(/\/[^/]*$/, ""),
    ]) {
      mkdirSync(join(this.#folder, folder), { recursive: true });
    }
    cpSync(built, join(this.#folder, `dist/${DRIVER}.js`));
    symlinkSync(join(project, "addons/godot-ts"), join(this.#folder, "addons/godot-ts"));
    writeFileSync(join(this.#folder, `${DRIVER}.ts`), "");
    writeFileSync(join(this.#folder, "main.tscn"), MAIN_SCENE);
    writeFileSync(
      join(this.#folder, "project.godot"),
      'config_version=5\n[application]\nconfig/name="Sweep"\nrun/main_scene="res://main.tscn"\n',
    );
    writeFileSync(join(this.#folder, ".godot/extension_list.cfg"), "res://addons/godot-ts/godot-ts.gdextension\n");
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
    // What create_temp made: named by the time, with the text that the sweep passes in front.
    for (const left of readdirSync(tmpdir()).filter((name) => /^conformance-\d{17,}/.test(name)))
      rmSync(join(tmpdir(), left), { recursive: true, force: true });
  }

  /** Does the jobs in as many engines as it takes. `tell` hears of each engine that ended early. */
  async run(plan: Plan, jobs: readonly Job[], tell: (line: string) => void): Promise<Outcomes> {
    const all: Outcomes = new Map();
    let left = jobs;
    while (left.length > 0) {
      const { outcomes, end, suspects } = await this.#engine(plan, left);
      for (const [index, outcome] of outcomes) all.set(index, outcome);
      if (end === undefined) break;
      const last = suspects.at(-1);
      if (last === undefined)
        throw new Error(`the engine ${end} before the first call; SWEEP_OUTPUT=1 shows what it says`);
      const guilty = await this.#guilty(plan, suspects, all);
      for (const { job, how } of guilty) all.set(job.index, how);
      if (guilty.length === 0) tell(`${end} among ${suspects.map(nameOf).join(", ")}`);
      tell(`${end}: ${guilty.map(({ job, how }) => `${nameOf(job)} ${how}`).join(", ") || "not when alone"}`);
      left = left.filter((job) => job.index > last.index);
    }
    return all;
  }

  /** Those of the suspects that end an engine that does nothing else. */
  async #guilty(plan: Plan, suspects: readonly Job[], all: Outcomes): Promise<{ job: Job; how: string }[]> {
    const last = suspects.at(-1);
    if (last === undefined) return [];
    const alone = await this.#engine(plan, [last]);
    if (alone.end !== undefined) return [{ job: last, how: alone.end }];
    for (const [index, outcome] of alone.outcomes) all.set(index, outcome);
    return this.#halves(plan, suspects.slice(0, -1));
  }

  async #halves(plan: Plan, suspects: readonly Job[]): Promise<{ job: Job; how: string }[]> {
    if (suspects.length === 0) return [];
    const { end } = await this.#engine(plan, suspects);
    if (end === undefined) return [];
    const only = suspects[0];
    if (suspects.length === 1 && only !== undefined) return [{ job: only, how: end }];
    const middle = suspects.length >> 1;
    return [
      ...(await this.#halves(plan, suspects.slice(0, middle))),
      ...(await this.#halves(plan, suspects.slice(middle))),
    ];
  }

  async #engine(plan: Plan, jobs: readonly Job[]): Promise<EngineRun> {
    const log = join(this.#folder, `home/log-${this.#runs++}`);
    const order = `${log}.json`;
    writeFileSync(log, "");
    writeFileSync(
      order,
      JSON.stringify({ jobs, log, concrete: plan.concrete, singletons: plan.singletons, byGdscript: this.#byGdscript }),
    );
    const inEditor = jobs.some((job) => job.inEditor);
    const args = [
      "--headless",
      "--quiet",
      "--disable-crash-handler",
      "--path",
      this.#folder,
      ...(inEditor ? ["--editor", "res://main.tscn"] : []),
    ];
    const home = join(this.#folder, "home");
    const child = spawn("setpriv", ["--pdeathsig", "KILL", "--", "godot", ...args], {
      cwd: home,
      env: {
        ...process.env,
        HOME: home,
        XDG_DATA_HOME: home,
        XDG_CONFIG_HOME: home,
        XDG_CACHE_HOME: home,
        SWEEP_ORDER: order,
      },
      stdio: process.env.SWEEP_OUTPUT === "1" ? "inherit" : "ignore",
    });
    let stalled = false;
    let size = -1;
    let waitedMs = 0;
    let allowedMs = (inEditor ? EDITOR_START_MS : START_MS) + STALL_MS;
    const watch = setInterval(() => {
      const now = statSync(log).size;
      const usedMs = processorTimeMs(child.pid);
      if (now !== size) {
        if (now > 0) allowedMs = usedMs + STALL_MS;
        waitedMs = 0;
      }
      size = now;
      waitedMs += LOOK_MS;
      if (usedMs < allowedMs && waitedMs < PATIENCE_MS) return;
      stalled = true;
      child.kill("SIGKILL");
    }, LOOK_MS);
    await new Promise<void>((resolve) => child.once("close", () => resolve()));
    clearInterval(watch);
    return readLog(readFileSync(log, "utf8"), jobs, stalled);
  }
}

const CLOCK_TICK_MS = 10;
/** Of a process that may have ended. */
function processorTimeMs(pid: number | undefined): number {
  try {
    // After the program's name in brackets; the 14th and 15th field are ticks in user and in system mode (proc_pid_stat(5)).
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return (Number(fields[11]) + Number(fields[12])) * CLOCK_TICK_MS;
  } catch {
    return 0;
  }
}

function readLog(text: string, jobs: readonly Job[], stalled: boolean): EngineRun {
  const byIndex = new Map(jobs.map((job) => [job.index, job]));
  const outcomes: Outcomes = new Map();
  let previous: Job[] = [];
  let frame: Job[] = [];
  for (const line of text.split("\n")) {
    if (line === "end") return { outcomes, end: undefined, suspects: [] };
    if (line === "frame") {
      if (frame.length > 0) previous = frame;
      frame = [];
    }
    const [, sign, index = "", outcome = ""] = /^([<>]) (\d+) ?(.*)$/.exec(line) ?? [];
    const job = byIndex.get(Number(index));
    if (sign === ">" && job !== undefined) frame.push(job);
    if (sign === "<" && job !== undefined) outcomes.set(job.index, outcome);
  }
  return { outcomes, end: stalled ? "hung" : "crashed", suspects: [...previous, ...frame] };
}
