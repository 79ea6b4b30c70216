import { Engine, Input, Node, Performance, RenderingServer } from "godot";
import { FightCount } from "../../../scripts/client/combat/fight-count.ts";
import { FightPilot } from "../../../scripts/client/combat/fight-pilot.ts";
import type { GameClient } from "../../../scripts/client/game-client.ts";
import type Main from "../../../scripts/game/main.ts";
import { collectGarbage } from "../../../tools/soak/memory/collect-garbage.ts";
import { addGame } from "../../engine/game/add-game.ts";
import { DrawCalls } from "./draw-calls.ts";
import type FrameMark from "./frame-mark.script.ts";
import { FrameParts } from "./frame-parts.ts";
import { ScriptProfile } from "./script-profile.ts";
import { ScriptTimes } from "./script-times.ts";
import { TIMED_METHODS } from "./timed-methods.ts";

const { env } = process;
const ENTITIES = Number(env.DARKAGES_BENCH_ENTITIES ?? "100");
const SECONDS = Number(env.DARKAGES_BENCH_SECONDS ?? "20");
const DRAWN_SECONDS = Number(env.DARKAGES_BENCH_DRAWN_SECONDS ?? "10");
const FIGHTS = env.DARKAGES_BENCH_FIGHT === "1";
const TIMES_PARTS = env.DARKAGES_BENCH_PARTS === "1";
const PROFILE_FOLDER = env.DARKAGES_BENCH_PROFILE;
/** What a player's screen shows; the software renderer would not get there. */
const FRAMES_PER_SECOND = 60;
/** All that is run often is compiled by then. */
const WARM_UP_SECONDS = 12;
/** Everybody must have come by then. */
const JOIN_SECONDS = 90;
/** Of the part that is drawn, the share in which the interface is hidden, to see what it costs. */
const HIDDEN_SHARE = 0.35;
const TURN_STRENGTH = 0.12;
const NOTICE_METERS = 25;
const BYTES_PER_MB = 1024 * 1024;

/** `scripts`: nothing is drawn, 60 frames a second; `drawn` and `bare`: the picture is drawn in software, with the interface and without it. */
type Part = "joining" | "warm-up" | "scripts" | "counting" | "drawn" | "bare" | "done";

/**
 * The whole game in a window, among others of a real server. First what scripts take of each frame of 60 a second, from the first `_process` to
 * the last and in the queue of what they put off, while nothing is drawn: a software renderer would fill the processors and make frames
 * that bring six snapshots at once. Then the picture: draw calls, and what the interface costs. The view turns slowly, so that everybody is seen in turn.
 */
export default class ClientBench extends Node {
  readonly #times = new ScriptTimes();
  readonly #parts = TIMES_PARTS ? new FrameParts() : undefined;
  readonly #draws = new DrawCalls();
  readonly #profile = PROFILE_FOLDER === undefined ? undefined : new ScriptProfile(PROFILE_FOLDER);
  readonly #frameMs: number[] = [];
  readonly #bareFrameMs: number[] = [];
  readonly #count = new FightCount();
  #part: Part = "joining";
  #partSinceMs = performance.now();
  #lastFrameMs = 0;
  #pilot: FightPilot | undefined;
  #least = Number.POSITIVE_INFINITY;
  #events = 0;
  #bytesIn = 0;
  #snapshots = 0;
  #snapshotsBefore = 0;
  #nodes = 0;
  #heapMb = 0;
  #rssMb = 0;
  /** Of the part without a picture. */
  #figures: Record<string, number> = {};

  override _ready(): void {
    this.#parts?.time(TIMED_METHODS);
    addGame(this);
    this.get_node<FrameMark>("First").on_frame = () => this.#begin();
    this.get_node<FrameMark>("Last").on_frame = () => this.#end();
    Engine.max_fps = FRAMES_PER_SECOND;
    RenderingServer.render_loop_enabled = false;
  }

  queue_begins(): void {
    this.#beginSection();
  }

  queue_ends(): void {
    this.#endSection();
    const client = this.#client;
    if (this.#measures && client !== undefined) this.#closeFrame(client);
    this.#advance();
  }

  #begin(): void {
    const nowMs = performance.now();
    if (this.#part === "drawn") this.#frameMs.push(nowMs - this.#lastFrameMs);
    if (this.#part === "bare") this.#bareFrameMs.push(nowMs - this.#lastFrameMs);
    this.#lastFrameMs = nowMs;
    this.call_deferred("queue_begins");
    this.#beginSection();
  }

  #end(): void {
    this.#endSection();
    this.call_deferred("queue_ends");
  }

  /** Also while everything warms up: code that first ran with the first figures would be compiled while others are measured. */
  get #measures(): boolean {
    return this.#part === "warm-up" || this.#part === "scripts";
  }

  #beginSection(): void {
    if (!this.#measures) return;
    this.#parts?.begin();
    this.#times.begin();
  }

  #endSection(): void {
    if (!this.#measures) return;
    this.#times.end();
    this.#parts?.end();
  }

  #closeFrame({ telemetry, combat }: GameClient): void {
    const { snapshotsReceived } = telemetry;
    this.#parts?.close({ snapshot: snapshotsReceived !== this.#snapshotsBefore, events: combat.events.count });
    this.#snapshotsBefore = snapshotsReceived;
  }

  get #client(): GameClient | undefined {
    return this.get_node<Main>("Main").client;
  }

  /** Between frames: nothing here counts as the game's. */
  #advance(): void {
    const client = this.#client;
    if (client === undefined) return;
    if (FIGHTS) this.#fight(client);
    const seconds = (performance.now() - this.#partSinceMs) / 1000;
    switch (this.#part) {
      case "joining":
        this.#awaitAll(client.remotes.count, seconds);
        return;
      case "warm-up":
        if (seconds > WARM_UP_SECONDS) this.#startScripts(client);
        return;
      case "scripts":
        this.#least = Math.min(this.#least, client.remotes.count);
        this.#events += client.combat.events.count;
        if (seconds > SECONDS) void this.#endScripts(client, seconds);
        return;
      case "drawn": {
        const root = this.get_tree()?.root;
        if (root !== undefined) this.#draws.count(root);
        if (seconds > DRAWN_SECONDS * (1 - HIDDEN_SHARE)) this.#enter("bare");
        return;
      }
      case "bare":
        if (seconds > DRAWN_SECONDS * HIDDEN_SHARE) this.#report();
    }
  }

  #enter(part: Part): void {
    this.#part = part;
    this.#partSinceMs = performance.now();
    this.#lastFrameMs = this.#partSinceMs;
    this.get_node("Main/Interface").set("visible", part !== "bare");
  }

  #awaitAll(count: number, seconds: number): void {
    if (count >= ENTITIES) {
      Input.action_press("look_left", TURN_STRENGTH);
      this.#enter("warm-up");
    } else if (seconds > JOIN_SECONDS) {
      console.error(`expected ${ENTITIES} others within ${JOIN_SECONDS} s, ${count} are there`);
      this.#enter("done");
      this.get_tree()?.quit(1);
    }
  }

  /** The player fights as well as everybody else. */
  #fight(client: GameClient): void {
    const { combat, own, remotes } = client;
    if (combat.data === undefined) return;
    this.#pilot ??= new FightPilot(combat.data, { prey: "everybody", noticeMeters: NOTICE_METERS });
    const { intent } = this.#pilot.decide(combat, own, remotes, 1 / FRAMES_PER_SECOND);
    if (intent !== undefined) client.act(intent);
    this.#count.add(combat.events, own.entityId);
  }

  #startScripts(client: GameClient): void {
    collectGarbage();
    this.#bytesIn = client.telemetry.bytesIn;
    this.#nodes = Performance.get_monitor(Performance.OBJECT_NODE_COUNT);
    const { heapUsed, rss } = process.memoryUsage();
    this.#heapMb = heapUsed / BYTES_PER_MB;
    this.#rssMb = rss / BYTES_PER_MB;
    void this.#profile?.start();
    this.#snapshots = client.telemetry.snapshotsReceived;
    console.log("scripts are measured from now on");
    this.#times.start();
    this.#parts?.start();
    this.#enter("scripts");
  }

  async #endScripts({ telemetry }: GameClient, seconds: number): Promise<void> {
    this.#enter("counting");
    const { cpuMs, wallMs, allocatedBytes } = this.#times;
    const bytesIn = telemetry.bytesIn - this.#bytesIn;
    const snapshots = telemetry.snapshotsReceived - this.#snapshots;
    const { rss } = process.memoryUsage();
    await this.#profile?.finish();
    this.#times.finish();
    for (const line of this.#parts?.report() ?? []) console.log(`part: ${line}`);
    collectGarbage();
    // A frame in which the collector ran says nothing of what was allocated in it.
    const allocated = allocatedBytes.filter((grown) => grown >= 0);
    const nodes = Performance.get_monitor(Performance.OBJECT_NODE_COUNT);
    this.#figures = {
      scriptP50Ms: quantile(cpuMs, 0.5),
      scriptP99Ms: quantile(cpuMs, 0.99),
      scriptMaxMs: Math.max(...cpuMs),
      scriptWallP50Ms: quantile(wallMs, 0.5),
      scriptWallP99Ms: quantile(wallMs, 0.99),
      frames: cpuMs.length,
      scriptFps: cpuMs.length / seconds,
      allocBytesPerFrame: mean(allocated),
      collectorMsPerSecond: this.#times.pausesMs / seconds,
      heapGrownMb: process.memoryUsage().heapUsed / BYTES_PER_MB - this.#heapMb,
      rssMb: rss / BYTES_PER_MB,
      rssGrownMb: rss / BYTES_PER_MB - this.#rssMb,
      nodes,
      nodesGrown: nodes - this.#nodes,
      downstreamBytesPerSecond: bytesIn / seconds,
      snapshotsPerSecond: snapshots / seconds,
      eventsPerSecond: this.#events / seconds,
    };
    RenderingServer.render_loop_enabled = true;
    console.log("the picture is drawn from now on");
    this.#enter("drawn");
  }

  #report(): void {
    this.#enter("done");
    const frameMs = mean(this.#frameMs);
    const { abilitiesUsed, kills, deaths } = this.#count;
    const figures = {
      entities: this.#least,
      ...this.#figures,
      drawCalls: this.#draws.all,
      canvasDrawCalls: this.#draws.canvas,
      shadowDrawCalls: this.#draws.shadow,
      uiMsSoftware: frameMs - mean(this.#bareFrameMs),
      fpsSoftware: 1000 / frameMs,
      ...(FIGHTS && { abilitiesUsed, kills, deaths }),
    };
    const rounded = Object.entries(figures).map(([name, value]) => [name, Math.round(value * 1000) / 1000]);
    console.log(JSON.stringify({ bench: "client", fight: FIGHTS, ...Object.fromEntries(rounded) }));
    this.get_tree()?.quit();
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}

function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
}
