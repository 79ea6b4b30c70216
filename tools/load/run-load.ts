import { setPriority } from "node:os";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ChildProcesses } from "../start/child-processes.ts";
import { BotFleet } from "./bot-fleet.ts";
import type { LoadOptions } from "./load-options.ts";
import { type LoadReport, loadReport, type Moment } from "./load-report.ts";
import { LoadedZone } from "./loaded-zone.ts";
import { readProcessFigures } from "./process-figures.ts";

/** Where the programs that make up a run are. */
export interface LoadPrograms {
  server: string;
  bots: string;
}

/** The door is closed when nobody came in for so long, milliseconds. */
const JOIN_PATIENCE_MS = 20_000;
/** Between the last one coming in and the first figure, at most: first snapshots and keyframes are over by then. */
const SETTLE_MS = 5_000;
const LOOK_EVERY_MS = 250;
/** Of the processor's time the server takes what it needs, as on a machine of its own; bots get the rest, and their lag says how much it was. */
const BOT_NICENESS = 19;

/** Runs a zone and bots, and measures. Throws an error for people when it cannot; whatever happens, nothing is left running. */
export async function runLoad(
  options: LoadOptions,
  programs: LoadPrograms,
  tell: (line: string) => void,
  stopped: AbortSignal,
): Promise<LoadReport> {
  const processes = new ChildProcesses();
  const fleet = new BotFleet(programs.bots);
  try {
    const zone = await LoadedZone.start(processes, {
      ...options,
      program: programs.server,
      logFile: resolve("out/load/server.log"),
    });
    const run = { options, zone, fleet, stopped };
    // Before they are started: a thread has the niceness of the one that made it, and those of the engine are made before a program runs.
    setPriority(BOT_NICENESS);
    startBots(run);
    await everybodyIn(run, tell);
    await watchFor(run, Math.min(SETTLE_MS, options.seconds * 1000));
    const connected = fleet.playing;
    const from = await moment(run);
    tell(`${connected} bots play; measuring for ${options.seconds} s`);
    await watchFor(run, options.seconds * 1000);
    const to = await moment(run);
    return loadReport(options, connected, from, to);
  } finally {
    await fleet.stop();
    await processes.stop();
  }
}

interface Run {
  options: LoadOptions;
  zone: LoadedZone;
  fleet: BotFleet;
  stopped: AbortSignal;
}

function startBots({ options, zone, fleet }: Run): void {
  const { bots, processes, seed, fps, thin, crowd, fight, protocol, link } = options;
  const zonePath = resolve(options.zonesFolder, `${options.zone}.zone`);
  for (let index = 0; index < processes; index += 1) {
    const first = Math.floor((bots * index) / processes);
    const count = Math.floor((bots * (index + 1)) / processes) - first;
    fleet.start({ address: zone.address, first, count, seed, fps, thin, crowd, fight, protocol, link, zonePath });
  }
}

async function everybodyIn(run: Run, tell: (line: string) => void): Promise<void> {
  const { fleet, options } = run;
  let most = 0;
  let sinceMs = performance.now();
  while (fleet.playing < options.bots) {
    await watchFor(run, LOOK_EVERY_MS);
    const nowMs = performance.now();
    if (fleet.playing > most) {
      most = fleet.playing;
      sinceMs = nowMs;
    }
    if (nowMs - sinceMs < JOIN_PATIENCE_MS) continue;
    const why = fleet.botProblem === undefined ? "" : `; ${fleet.botProblem}`;
    throw new Error(
      `expected ${options.bots} bots in the world, ${most} got in within ${JOIN_PATIENCE_MS / 1000} s${why}`,
    );
  }
  tell(`all ${options.bots} bots are in`);
}

/** Lets time pass; throws as soon as something has ended that should not have. */
async function watchFor({ zone, fleet, stopped }: Run, ms: number): Promise<void> {
  const untilMs = performance.now() + ms;
  for (let leftMs = ms; leftMs > 0; leftMs = untilMs - performance.now()) {
    await sleep(Math.min(leftMs, LOOK_EVERY_MS));
    if (stopped.aborted) throw new Error("stopped before it was done");
    const problem = zone.problem ?? fleet.problem;
    if (problem !== undefined) throw new Error(problem);
  }
}

async function moment({ zone, fleet }: Run): Promise<Moment> {
  const [zoneFigures, bots] = await Promise.all([zone.figures(), fleet.report()]);
  const botCpuSeconds = fleet.pids.reduce((sum, pid) => sum + readProcessFigures(pid).cpuSeconds, 0);
  return { zone: zoneFigures, bots, botCpuSeconds };
}
