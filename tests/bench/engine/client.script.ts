import { getHeapStatistics } from "node:v8";
import { type CanvasLayer, Input, Node, type PackedScene, Performance, RenderingServer, ResourceLoader } from "godot";
import type Main from "../../../scripts/game/main.ts";
import type FrameMark from "./frame-mark.script.ts";

const { DARKAGES_BENCH_ENTITIES = "100", DARKAGES_BENCH_SECONDS = "20" } = process.env;
const WARM_UP_MS = 5_000;
/** Everybody must have come by then. */
const JOIN_MS = 90_000;
/** Of the time after warming up, the share in which the interface is hidden, to see what it costs. */
const HIDDEN_SHARE = 0.25;
const TURN_STRENGTH = 0.12;
const BYTES_PER_MB = 1024 * 1024;

/**
 * The whole game in a window, among others of a real server: time of all scripts per frame, from the first `_process` to the last and in the
 * queue of what they put off, draw calls, and what it allocates. The view turns slowly, so that everybody is seen in turn.
 */
export default class ClientBench extends Node {
  readonly #entities = Number(DARKAGES_BENCH_ENTITIES);
  readonly #seconds = Number(DARKAGES_BENCH_SECONDS);
  readonly #scriptMs: number[] = [];
  readonly #frameMs: number[] = [];
  readonly #bareFrameMs: number[] = [];
  readonly #allocated: number[] = [];
  #drawCalls = 0;
  #shadowDrawCalls = 0;
  #canvasDrawCalls = 0;
  #startedMs = performance.now();
  #fullSinceMs = 0;
  #firstMs = 0;
  #processMs = 0;
  #queueMs = 0;
  #lastFrameMs = 0;
  #heap = 0;
  #bytesFrom = 0;
  #bytesFromMs = 0;
  #nodesFrom = 0;
  #rssFrom = 0;
  #ended = false;
  #least = Number.POSITIVE_INFINITY;

  override _ready(): void {
    const main = ResourceLoader.load<PackedScene>("res://scenes/main.tscn")?.instantiate();
    if (main === null || main === undefined) throw new Error("the main scene cannot be loaded");
    this.add_child(main);
    this.get_node<FrameMark>("First").on_frame = () => this.#begin();
    this.get_node<FrameMark>("Last").on_frame = () => this.#end();
  }

  queue_begins(): void {
    this.#queueMs = performance.now();
  }

  queue_ends(): void {
    const queueMs = performance.now() - this.#queueMs;
    if (this.#counts && !this.#hides) this.#scriptMs.push(this.#processMs + queueMs);
  }

  #begin(): void {
    const nowMs = performance.now();
    if (this.#counts) {
      const frameMs = nowMs - this.#lastFrameMs;
      (this.#hides ? this.#bareFrameMs : this.#frameMs).push(frameMs);
      const heap = getHeapStatistics().used_heap_size;
      if (!this.#hides) this.#allocated.push(heap - this.#heap);
    }
    this.#lastFrameMs = nowMs;
    this.call_deferred("queue_begins");
    this.#heap = getHeapStatistics().used_heap_size;
    this.#firstMs = performance.now();
  }

  #end(): void {
    this.#processMs = performance.now() - this.#firstMs;
    this.call_deferred("queue_ends");
    if (!this.#ended) this.#advance(performance.now());
  }

  get #client() {
    return this.get_node<Main>("Main").client;
  }

  get #counts(): boolean {
    return this.#bytesFromMs > 0 && !this.#ended;
  }

  get #hides(): boolean {
    return this.#counts && this.#lastFrameMs - this.#bytesFromMs > this.#seconds * 1000 * (1 - HIDDEN_SHARE);
  }

  #advance(nowMs: number): void {
    const client = this.#client;
    const count = client?.remotes.count ?? 0;
    if (this.#fullSinceMs === 0) {
      if (count >= this.#entities) {
        this.#fullSinceMs = nowMs;
        Input.action_press("look_left", TURN_STRENGTH);
      } else if (nowMs - this.#startedMs > JOIN_MS) {
        console.error(`expected ${this.#entities} others within ${JOIN_MS / 1000} s, ${count} are there`);
        this.#ended = true;
        this.get_tree()?.quit(1);
      }
      return;
    }
    if (!this.#counts) {
      if (nowMs - this.#fullSinceMs > WARM_UP_MS) this.#start(nowMs);
      return;
    }
    this.#least = Math.min(this.#least, count);
    if (!this.#hides) this.#countDrawCalls();
    const surface = this.get_node<CanvasLayer>("Main/Interface");
    if (surface.visible === this.#hides) surface.visible = !this.#hides;
    if (nowMs - this.#bytesFromMs > this.#seconds * 1000) this.#report(nowMs);
  }

  #start(nowMs: number): void {
    this.#bytesFromMs = nowMs;
    this.#bytesFrom = this.#client?.telemetry.bytesIn ?? 0;
    this.#nodesFrom = Performance.get_monitor(Performance.OBJECT_NODE_COUNT);
    this.#rssFrom = process.memoryUsage.rss() / BYTES_PER_MB;
    this.#lastFrameMs = nowMs;
    this.#heap = getHeapStatistics().used_heap_size;
  }

  /** Of the last frame; the most of all frames is told. */
  #countDrawCalls(): void {
    const root = this.get_tree()?.root.get_viewport_rid();
    if (root === undefined) return;
    const calls = RenderingServer.VIEWPORT_RENDER_INFO_DRAW_CALLS_IN_FRAME;
    const of = (pass: number) => RenderingServer.viewport_get_render_info(root, pass, calls);
    const seen = of(RenderingServer.VIEWPORT_RENDER_INFO_TYPE_VISIBLE);
    const shadow = of(RenderingServer.VIEWPORT_RENDER_INFO_TYPE_SHADOW);
    const canvas = of(RenderingServer.VIEWPORT_RENDER_INFO_TYPE_CANVAS);
    this.#shadowDrawCalls = Math.max(this.#shadowDrawCalls, shadow);
    this.#canvasDrawCalls = Math.max(this.#canvasDrawCalls, canvas);
    this.#drawCalls = Math.max(this.#drawCalls, seen + shadow + canvas);
  }

  #report(nowMs: number): void {
    this.#ended = true;
    const client = this.#client;
    const seconds = (nowMs - this.#bytesFromMs) / 1000;
    const bytes = (client?.telemetry.bytesIn ?? 0) - this.#bytesFrom;
    const frameMs = mean(this.#frameMs);
    // A frame in which the collector ran says nothing of what was allocated in it.
    const allocated = this.#allocated.filter((grown) => grown >= 0);
    const nodes = Performance.get_monitor(Performance.OBJECT_NODE_COUNT);
    const rssMb = process.memoryUsage.rss() / BYTES_PER_MB;
    const report = {
      bench: "client",
      entities: this.#least,
      scriptP50Ms: round(quantile(this.#scriptMs, 0.5)),
      scriptP99Ms: round(quantile(this.#scriptMs, 0.99)),
      drawCalls: this.#drawCalls,
      canvasDrawCalls: this.#canvasDrawCalls,
      shadowDrawCalls: this.#shadowDrawCalls,
      uiMsSoftware: round(frameMs - mean(this.#bareFrameMs)),
      fpsSoftware: round(1000 / frameMs),
      allocBytesPerFrame: Math.round(mean(allocated)),
      nodes,
      nodesGrown: nodes - this.#nodesFrom,
      rssMb: round(rssMb),
      rssGrownMb: round(rssMb - this.#rssFrom),
      downstreamBytesPerSecond: Math.round(bytes / seconds),
      frames: this.#scriptMs.length,
    };
    console.log(JSON.stringify(report));
    this.get_tree()?.quit();
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}

function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
