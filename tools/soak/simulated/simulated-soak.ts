import { encodeZone } from "../../../scripts/simulation/zone-file.ts";
import { createScenarioZone } from "../../scenario/scenario-zone.ts";
import { VirtualWorld } from "../../scenario/virtual-world.ts";
import { collectGarbage } from "../memory/collect-garbage.ts";
import { type CountedClass, countLiveObjects, type LiveObjects } from "../memory/live-objects.ts";
import { MemoryTrend } from "../memory/memory-trend.ts";
import { SoakDirector } from "./soak-director.ts";
import { SoakWatch } from "./soak-watch.ts";
import { SwitchedFeatures } from "./switched-features.ts";

export interface SimulatedSoakOptions {
  /** Simulated minutes. */
  minutes: number;
  seed: number;
  /** Players who stay all the time; as many come and go besides. */
  residents: number;
  tell?: (line: string) => void;
  /** Runs once per simulated second: a test plants its leak here. */
  everySecond?: (world: VirtualWorld) => void;
}

export interface SimulatedSoakReport {
  soak: "simulated";
  seed: number;
  minutes: number;
  /** What it took in real time. */
  seconds: number;
  heapStartMb: number;
  heapEndMb: number;
  heapSlopeKbPerMinute: number;
  heapSlopeLimitKbPerMinute: number;
  corrections: number;
  maxCorrectionMm: number;
  /** In the wake of a sleeping machine, a cut link, or a server that was gone. */
  excusedCorrections: number;
  reconnects: number;
  connectionsLost: number;
  visitors: number;
  serverRestarts: number;
  featureSwitches: number;
  sleeps: number;
  linkCuts: number;
  comparedViews: number;
  maxRestErrorMm: number;
  malformed: number;
  ok: boolean;
  problems: string[];
}

/** A chapter lasts about a simulated minute. At its end nobody but the residents is there, and everything can be counted. */
const PLAY_SECONDS = 42;
/** The last seconds bring nothing that is not over in time. */
const WIND_DOWN_SECONDS = 10;
const MUSTER_MS = 15_000;
const MUSTER_LIMIT_MS = 60_000;
/** Both ends have the same state; what is drawn is mended towards it until a tenth of a millimetre is left. */
const REST_ERROR_MM = 0.5;
/**
 * Memory may grow by so much over a whole run, by its trend. Samples of a run without a leak differ by up to half a megabyte, by what
 * is compiled and optimized when; what is kept of a single visitor is more than that.
 */
const GROWTH_KB = 1024;
/** In a short run much of the code is compiled late. */
const SHORT_GROWTH_KB = 4096;
const SHORT_MINUTES = 20;
const BYTES_PER_MB = 1024 * 1024;

/** Plays simulated minutes with everything that can happen to players, and looks for what is lost, left behind, or grows. */
export function runSimulatedSoak(options: SimulatedSoakOptions): SimulatedSoakReport {
  const features = new SwitchedFeatures();
  const world = new VirtualWorld({
    zoneBytes: encodeZone(createScenarioZone()),
    seed: options.seed,
    maxPlayers: 16,
    server: { features: features.flags },
  });
  try {
    return new SimulatedSoak(world, features, options).run();
  } finally {
    world.dispose();
  }
}

class SimulatedSoak {
  readonly #world: VirtualWorld;
  readonly #features: SwitchedFeatures;
  readonly #options: SimulatedSoakOptions;
  readonly #watch: SoakWatch;
  readonly #director: SoakDirector;
  readonly #heap = new MemoryTrend();
  /** What of each class lived before this soak made anything: other worlds of the process. */
  readonly #before: LiveObjects;
  #maxRestErrorMm = 0;
  #malformed = 0;

  constructor(world: VirtualWorld, features: SwitchedFeatures, options: SimulatedSoakOptions) {
    this.#world = world;
    this.#features = features;
    this.#options = options;
    this.#watch = new SoakWatch(world);
    this.#director = new SoakDirector(world, this.#watch, features, options.seed);
    collectGarbage();
    this.#before = countLiveObjects();
  }

  run(): SimulatedSoakReport {
    const startedMs = performance.now();
    const { minutes, tell, residents } = this.#options;
    this.#world.startServer();
    this.#watch.serverStarted();
    this.#director.addResidents(residents);
    for (let chapter = 0; this.#world.nowMs < minutes * 60_000; chapter += 1) {
      this.#play(chapter);
      this.#muster();
      this.#measure();
      tell?.(this.#line(chapter));
    }
    return this.#report((performance.now() - startedMs) / 1000);
  }

  #play(chapter: number): void {
    this.#director.beginChapter(chapter);
    for (let second = 0; second < PLAY_SECONDS; second += 1) {
      this.#director.stir(second < PLAY_SECONDS - WIND_DOWN_SECONDS);
      this.#runSecond();
    }
  }

  /** Everybody must come back, stand still, and see the same. */
  #muster(): void {
    this.#director.endChapter();
    const { residents } = this.#director;
    const fromMs = this.#world.nowMs;
    const waited = () => this.#world.nowMs - fromMs;
    while (waited() < MUSTER_MS || (waited() < MUSTER_LIMIT_MS && !residents.every(({ playing }) => playing))) {
      this.#runSecond();
    }
    // Those who came at the last moment need theirs.
    for (let second = 0; second < 4; second += 1) this.#runSecond();
    for (const { name, playing, player } of residents) {
      const { state } = player.client.connection;
      if (!playing) this.#watch.report(`${name} is lost: ${JSON.stringify(state)}`);
    }
    this.#checkRest();
    this.#checkCensus();
  }

  #runSecond(): void {
    this.#world.runFor(1000);
    this.#watch.check(this.#director.everybody);
    this.#options.everySecond?.(this.#world);
    this.#world.serverLog.length = 0;
    for (const { log } of this.#world.players) log.length = 0;
  }

  #checkRest(): void {
    const { residents } = this.#director;
    const { server } = this.#world;
    this.#malformed += server?.counters.malformed ?? 0;
    for (const { player, name } of residents) {
      const { own, remotes } = player.client;
      if (remotes.count !== residents.length - 1) {
        this.#watch.report(`${name} sees ${remotes.count} others, expected ${residents.length - 1}`);
      }
      for (const truth of server?.players ?? []) {
        const index = remotes.indexOf(truth.entityId);
        const isOwn = truth.entityId === own.entityId;
        if (!isOwn && index < 0) continue;
        const drawn = isOwn ? own : { x: remotes.x[index] ?? 0, y: remotes.y[index] ?? 0, z: remotes.z[index] ?? 0 };
        const { x, y, z } = truth.state;
        const errorMm = Math.hypot(drawn.x - x, drawn.y - y, drawn.z - z) * 1000;
        this.#maxRestErrorMm = Math.max(this.#maxRestErrorMm, errorMm);
        if (errorMm > REST_ERROR_MM) {
          this.#watch.report(`${name} draws ${truth.name}, who stands, ${errorMm.toFixed(1)} mm off`);
        }
      }
    }
  }

  /** Of what belongs to a player, a connection or a server there is as much as there are of these. */
  #checkCensus(): void {
    const players = this.#director.residents.length;
    const expected: LiveObjects = {
      GameClient: players,
      Session: players,
      SnapshotReceiver: players,
      ConditionedTransport: players,
      ConditionedLink: players,
      LoopbackTransport: players + 1,
      ZoneServer: 1,
      SessionFeatures: players,
      CommandQueue: players,
      SnapshotSender: players,
    };
    collectGarbage();
    const counted = countLiveObjects();
    for (const name of Object.keys(expected) as CountedClass[]) {
      const live = counted[name] - this.#before[name];
      if (live !== expected[name]) this.#watch.report(`${live} ${name} live, expected ${expected[name]}`);
    }
  }

  #measure(): void {
    collectGarbage();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    this.#heap.add(this.#world.nowMs / 60_000, (heapUsed + arrayBuffers) / BYTES_PER_MB);
  }

  #line(chapter: number): string {
    const heapMb = this.#heap.ends(0).end.toFixed(2);
    const minutes = (this.#world.nowMs / 60_000).toFixed(1);
    return `chapter ${chapter + 1}, minute ${minutes}: ${heapMb} MB, ${this.#watch.problems.length} problems`;
  }

  #report(seconds: number): SimulatedSoakReport {
    const { minutes, seed } = this.#options;
    const slopeLimitKbPerMinute = (minutes < SHORT_MINUTES ? SHORT_GROWTH_KB : GROWTH_KB) / minutes;
    const { counts } = this.#director;
    const settled = this.#heap.settled;
    const { start, end } = settled.ends(0.1);
    const slope = settled.slopeKbPerMinute;
    const problems = [...this.#watch.problems];
    if (slope > slopeLimitKbPerMinute) {
      problems.push(
        `memory grows by ${slope.toFixed(1)} KB per minute, at most ${slopeLimitKbPerMinute.toFixed(1)} were expected`,
      );
    }
    return {
      soak: "simulated",
      seed,
      minutes: round(this.#world.nowMs / 60_000, 10),
      seconds: round(seconds, 10),
      heapStartMb: round(start, 1000),
      heapEndMb: round(end, 1000),
      heapSlopeKbPerMinute: round(slope, 100),
      heapSlopeLimitKbPerMinute: round(slopeLimitKbPerMinute, 100),
      corrections: this.#watch.corrections,
      maxCorrectionMm: round(this.#watch.maxCorrectionMm, 1000),
      excusedCorrections: this.#watch.excusedCorrections,
      reconnects: counts.reconnects,
      connectionsLost: this.#watch.connectionsLost,
      visitors: counts.visitors,
      serverRestarts: counts.serverRestarts,
      featureSwitches: this.#features.switches,
      sleeps: counts.sleeps,
      linkCuts: counts.linkCuts,
      comparedViews: this.#watch.comparedViews,
      maxRestErrorMm: round(this.#maxRestErrorMm, 1000),
      malformed: this.#malformed,
      ok: problems.length === 0,
      problems,
    };
  }
}

function round(value: number, parts: number): number {
  return Math.round(value * parts) / parts;
}
