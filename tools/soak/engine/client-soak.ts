import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Capability } from "../../../scripts/protocol/capability.ts";
import { startVirtualDisplay } from "../../display/virtual-display.ts";
import { BotFleet } from "../../load/bot-fleet.ts";
import { ChildProcesses } from "../../start/child-processes.ts";
import { MemoryTrend } from "../memory/memory-trend.ts";
import type { EngineSample } from "./engine-sample.ts";
import { type EngineVerdict, judgeSamples } from "./engine-verdict.ts";
import { type EngineOutcome, runSoakEngine } from "./soak-engine.ts";
import { SoakZone } from "./soak-zone.ts";

export interface ClientSoakOptions {
  seconds: number;
  display: boolean;
  /** Other players: half of them stay, the others come and go. */
  bots: number;
  /** Folder for logs, settings and features. */
  outFolder: string;
  tell: (line: string) => void;
  stopped: AbortSignal;
  /** More environment for the engine: a test asks for its leak here. */
  env?: NodeJS.ProcessEnv;
}

export interface ClientSoakReport extends EngineVerdict {
  soak: "client";
  seconds: number;
  display: boolean;
  bots: number;
  /** Rounds of menus, settings and overlay; every other one has a reconnect. */
  cycles: number;
  /** How often the own character came into the world, and how far it walked. */
  joined: number;
  walkedMeters: number;
  /** What the own character did in the fight, and how often it died. */
  abilitiesUsed: number;
  kills: number;
  deaths: number;
  /** How often it came back after that, where it chose. */
  returns: number;
  serverRestarts: number;
  featureSwitches: number;
  botReconnects: number;
  serverRssStartMb: number;
  serverRssEndMb: number;
  ok: boolean;
}

const ZONE = "shore";
/** What is off in turn. */
const OFF: readonly (readonly Capability[])[] = [
  [Capability.snapshotDelta],
  [],
  [Capability.sequenced],
  [],
  [Capability.combat],
  [],
];
/** From one switch of features to the next, and from one coming or going of the visitors to the next, as a share of the run. */
const FEATURE_SHARE = 1 / 24;
const VISIT_SHARE = 1 / 16;
const RESTART_SHARE = 0.5;
const DOWN_MS = 1_500;
const LOOK_MS = 250;
/** Whoever fights less often than this does not fight: half the time is for menus, and a part of the rest for the way to the fight. */
const SECONDS_PER_ABILITY = 30;
/** Visitors hunt the player: with some of them about it dies at least so often, and comes back. */
const SECONDS_PER_DEATH = 300;
const PLAYER = "Soak";
/** Among fewer other players it may live on. */
const HUNTERS = 8;
/** Autopilot for as long as the scene wants. */
const AUTOPILOT_SECONDS = "100000";
/** A soak of a minute and more begins to count after a minute. */
const WARM_UP_SECONDS = 60;

/**
 * Of resident memory, 3 %: the pages that V8 and malloc hold free vary by 1 to 2 % of the game's 300 MB between two equal moments. What is leaked
 * adds up beyond that: 9 MB in ten minutes are 250 bytes a frame. Objects wait for the garbage collector in JavaScript: 5 %.
 */
const LIMITS = { rssGrowth: 0.03, objectGrowth: 0.05 } as const;
/** In a window without a graphics card its work is done in this process, with buffers and compiled shaders that come and go with the quality. */
const DISPLAY_LIMITS = { rssGrowth: 0.15, objectGrowth: 0.05 } as const;
/** In the first minute everything is loaded, compiled and filled for the first time. */
const SHORT_LIMITS = { rssGrowth: 0.25, objectGrowth: 0.25 } as const;

/** Plays the real game for long on a real server, among creatures and bots who fight. Whatever happens, nothing is left running. */
export async function runClientSoak(options: ClientSoakOptions): Promise<ClientSoakReport> {
  const processes = new ChildProcesses();
  const outFolder = resolve(options.outFolder);
  rmSync(outFolder, { recursive: true, force: true });
  mkdirSync(outFolder, { recursive: true });
  const zone = new SoakZone(processes, resolve("dist/server/main.js"), outFolder);
  const display = options.display ? await startVirtualDisplay() : undefined;
  const world = new SoakedWorld(zone, options);
  const stop = () => void processes.stop();
  options.stopped.addEventListener("abort", stop);
  try {
    await world.start();
    const engine = runSoakEngine(processes, {
      scene: "tests/engine/soak/client.tscn",
      seconds: options.seconds,
      userFolder: join(outFolder, "user"),
      gameArgs: ["--connect", zone.address, "--name", PLAYER, "--quality", "low", "--autopilot", AUTOPILOT_SECONDS],
      display,
      ...(options.env && { env: options.env }),
      onSample: (sample) => {
        world.noteServer(sample.seconds);
        options.tell(line(sample));
      },
    });
    const [outcome] = await Promise.all([engine, world.play(engine)]);
    writeFileSync(join(outFolder, "godot.log"), `${outcome.lines.join("\n")}\n`);
    if (options.stopped.aborted) throw new Error("stopped before it was done");
    return report(options, outcome, world);
  } finally {
    options.stopped.removeEventListener("abort", stop);
    await world.stop();
    await processes.stop();
    await display?.stop();
  }
}

function report(options: ClientSoakOptions, outcome: EngineOutcome, world: SoakedWorld): ClientSoakReport {
  const { seconds, display, bots } = options;
  const limits =
    seconds > 2 * WARM_UP_SECONDS
      ? { ...(display ? DISPLAY_LIMITS : LIMITS), warmUpSeconds: WARM_UP_SECONDS }
      : { ...SHORT_LIMITS, warmUpSeconds: seconds / 4 };
  const verdict = judgeSamples(outcome.samples, limits);
  const server = world.serverRss.ends(0.1);
  const { cycles = 0, joined = 0, walked: walkedMeters = 0 } = outcome.counts;
  const { abilities: abilitiesUsed = 0, kills = 0, deaths = 0, returns = 0 } = outcome.counts;
  const problems = [...outcome.problems, ...verdict.problems, ...world.problems];
  // Otherwise it looked at a game that nobody played.
  const leastJoined = 1 + Math.floor(cycles / 4);
  if (joined < leastJoined) problems.push(`the character came ${joined} times, at least ${leastJoined} were expected`);
  const leastMeters = seconds / 3;
  if (walkedMeters < leastMeters) problems.push(`the character walked ${walkedMeters} m, expected ${leastMeters}`);
  const leastUsed = Math.floor(seconds / SECONDS_PER_ABILITY);
  if (abilitiesUsed < leastUsed) {
    problems.push(`the character used ${abilitiesUsed} abilities, at least ${leastUsed} were expected`);
  }
  const leastDeaths = bots < HUNTERS ? 0 : Math.floor(seconds / SECONDS_PER_DEATH);
  if (deaths < leastDeaths || (leastDeaths > 0 && returns === 0)) {
    problems.push(
      `the character died ${deaths} times and came back ${returns} times, expected ${leastDeaths} and some`,
    );
  }
  return {
    soak: "client",
    ...{ seconds, display, bots },
    cycles,
    joined,
    walkedMeters,
    ...{ abilitiesUsed, kills, deaths, returns },
    ...verdict,
    serverRestarts: world.restarts,
    featureSwitches: world.switches,
    botReconnects: world.visits,
    serverRssStartMb: Math.round(server.start),
    serverRssEndMb: Math.round(server.end),
    ok: problems.length === 0,
    problems,
  };
}

function line({ seconds, rssMb, ownMb, heapUsedMb, objects, nodes, orphans, resources }: EngineSample): string {
  const memory = `${rssMb.toFixed(1)} MB resident, ${ownMb.toFixed(1)} MB of its own, ${heapUsedMb.toFixed(1)} MB of JavaScript`;
  const counts = `${objects} objects, ${nodes} nodes, ${orphans} orphans, ${resources} resources`;
  return `${seconds.toFixed(0).padStart(5)} s: ${memory}, ${counts}`;
}

/** The server and the other players, and what happens to them. */
class SoakedWorld {
  readonly problems: string[] = [];
  readonly serverRss = new MemoryTrend();
  restarts = 0;
  switches = 0;
  visits = 0;
  readonly #zone: SoakZone;
  readonly #options: ClientSoakOptions;
  readonly #residents: BotFleet;
  #visitors: BotFleet | undefined;

  constructor(zone: SoakZone, options: ClientSoakOptions) {
    this.#zone = zone;
    this.#options = options;
    this.#residents = new BotFleet(resolve("dist/tools/load/main.js"));
  }

  async start(): Promise<void> {
    await this.#zone.start(this.#options.bots + 8);
    this.#send(this.#residents, 0, Math.ceil(this.#options.bots / 2));
  }

  /** Until the engine has ended. */
  async play(engine: Promise<unknown>): Promise<void> {
    const { seconds, stopped } = this.#options;
    let ended = false;
    const end = () => {
      ended = true;
    };
    engine.then(end, end);
    const startedMs = performance.now();
    while (!ended && !stopped.aborted) {
      await sleep(LOOK_MS);
      const share = (performance.now() - startedMs) / 1000 / seconds;
      // The last moments are for the last sample.
      if (share < 0.9) await this.#stir(share);
      const problem = this.#zone.problem ?? this.#residents.problem ?? this.#visitors?.problem;
      if (problem !== undefined && !this.problems.includes(problem)) this.problems.push(problem);
    }
  }

  noteServer(seconds: number): void {
    const megabytes = this.#zone.residentMb;
    if (Number.isFinite(megabytes)) this.serverRss.add(seconds / 60, megabytes);
  }

  async stop(): Promise<void> {
    await Promise.all([this.#residents.stop(), this.#visitors?.stop()]);
    await this.#zone.stop();
  }

  async #stir(share: number): Promise<void> {
    if (share > (this.switches + 1) * FEATURE_SHARE) {
      this.#zone.allowAllBut(OFF[this.switches % OFF.length] ?? []);
      this.switches += 1;
    }
    if (share > (this.visits + 1) * VISIT_SHARE) {
      this.visits += 1;
      await this.#changeVisitors();
    }
    if (share > RESTART_SHARE && this.restarts === 0) {
      this.restarts += 1;
      await this.#zone.stop();
      await sleep(DOWN_MS);
      await this.#zone.start(this.#options.bots + 8);
    }
  }

  async #changeVisitors(): Promise<void> {
    const leaving = this.#visitors;
    this.#visitors = undefined;
    if (leaving !== undefined) await leaving.stop();
    else {
      this.#visitors = new BotFleet(resolve("dist/tools/load/main.js"));
      this.#send(this.#visitors, this.#options.bots, Math.floor(this.#options.bots / 2), PLAYER);
    }
  }

  #send(fleet: BotFleet, first: number, count: number, quarry?: string): void {
    if (count === 0) return;
    const zonePath = resolve(`dist/zones/${ZONE}.zone`);
    const { address } = this.#zone;
    const ways = {
      seed: 1,
      fps: 30,
      thin: false,
      // Around the place where the player comes in: there is a fight at once, however often it leaves.
      crowd: true,
      fight: true,
      protocol: "v2",
      link: undefined,
      ...(quarry !== undefined && { quarry }),
    } as const;
    fleet.start({ address, first, count, ...ways, zonePath });
  }
}
