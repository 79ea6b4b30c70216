import { PerformanceObserver } from "node:perf_hooks";
import { MultiMesh, Node, Node3D, QuadMesh, RenderingServer, ResourceLoader, type Script, Vector3 } from "godot";
import BindingMarker from "./binding-marker.script.ts";

const ROUNDS = 15;
const NODES = 2000;
/** Both sets of nodes are processed in each of these frames; the first are for warming up. */
const FRAMES = 120;
const WARM_UP_FRAMES = 30;
/** So long nothing happens but frames, seconds; their pumps are the idle ones. And so long with one script in each frame. */
const IDLE_SECONDS = 0.5;
/** What a busy frame goes through besides, as games do with their own data: more than a processor keeps near itself. */
const BUSY_FRAME_BYTES = 32e6;

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const round = (value: number): number => Math.round(value * 10) / 10;

/** Nanoseconds per iteration of one round. */
function measureRound(work: (count: number) => unknown, count: number): number {
  const start = performance.now();
  work(count);
  return ((performance.now() - start) * 1e6) / count;
}

/** Compares the binding with typed GDScript in one process and prints one JSON line. */
export default class BindingBench extends Node3D {
  static signals = { plain: [] } as const;
  #heard = 0;

  override _ready(): void {
    void this.#run();
  }

  async #run(): Promise<void> {
    let gcMaxPauseMs = 0;
    const collections = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) gcMaxPauseMs = Math.max(gcMaxPauseMs, duration);
    });
    collections.observe({ entryTypes: ["gc"] });
    const results = { bench: "binding", ...this.#calls(), ...(await this.#process()), ...(await this.#busyProcess()) };
    const measures = (globalThis as Record<symbol, unknown>)[Symbol.for("godot-ts.measures")] as (
      pumpTwice: boolean,
    ) => Record<string, number>;
    const pumpsOf = async () => {
      measures(true);
      await this.get_tree()?.create_timer(IDLE_SECONDS).to_signal("timeout");
      return measures(false);
    };
    const idle = await pumpsOf();
    this.add_child(new BindingMarker());
    const { idlePumpUs: pumpUs } = await pumpsOf();
    collections.disconnect();
    const all = { ...results, ...idle, pumpUs, gcMaxPauseMs };
    console.log(JSON.stringify(all, (_, value: unknown) => (typeof value === "number" ? round(value) : value)));
    this.get_tree()?.quit();
  }

  #calls(): Record<string, number> {
    const node = new Node3D();
    const position = new Vector3(1, 2, 3);
    const other = new Vector3(4, 5, 6);
    const listener = () => {
      this.#heard += 1;
    };
    this.connect("plain", listener);
    const buffer = new Float32Array(20_000);
    const multimesh = new MultiMesh();
    multimesh.transform_format = MultiMesh.TRANSFORM_3D;
    multimesh.use_colors = true;
    multimesh.mesh = new QuadMesh();
    multimesh.instance_count = 1250;
    const rid = multimesh.get_rid();
    const gd = this.get_node("Gd");
    const results: Record<string, number> = {};
    /** The rounds of both languages take turns, so that both see the same machine. */
    const compare = (
      name: string,
      count: number,
      work: (count: number) => unknown,
      gdName?: string,
      gdWork?: string,
    ) => {
      const own: number[] = [];
      const others: number[] = [];
      for (let index = 0; index < ROUNDS + 2; index++) {
        const time = measureRound(work, count);
        const other = gdWork === undefined ? 0 : Number(gd.call("measure_round", gdWork, count));
        if (index < 2) continue; // warming up
        own.push(time);
        others.push(other);
      }
      results[name] = median(own);
      if (gdName !== undefined) results[gdName] = median(others);
    };
    const setPosition = (count: number) => {
      for (let index = 0; index < count; index++) {
        position.x = index;
        node.set_position(position);
      }
    };
    const getPosition = (count: number) => {
      let sum = 0;
      for (let index = 0; index < count; index++) sum += node.get_position().x;
      return sum;
    };
    const callVariant = (count: number) => {
      for (let index = 0; index < count; index++) node.call("set_position", position);
    };
    const floatLoop = (count: number) => {
      let x = 0.5;
      for (let index = 0; index < count; index++) x = x * 1.0000001 + index * 0.5 - x * 0.25;
      return x;
    };
    const emit = (count: number) => {
      for (let index = 0; index < count; index++) this.emit_signal("plain");
    };
    const newNode = (count: number) => {
      for (let index = 0; index < count; index++) new Node3D().free();
    };
    const noop = (count: number) => {
      for (let index = 0; index < count; index++) node.is_queued_for_deletion();
    };
    const add = (count: number) => {
      let sum = position;
      for (let index = 0; index < count; index++) sum = sum.add(other);
      return sum;
    };
    const setBuffer = (count: number) => {
      for (let index = 0; index < count; index++) RenderingServer.multimesh_set_buffer(rid, buffer);
    };
    compare("setPositionNs", 100_000, setPosition, "gdSetPositionNs", "_set_position");
    compare("getPositionNs", 100_000, getPosition, "gdGetPositionNs", "_get_position");
    compare("callVariantNs", 20_000, callVariant, "gdCallVariantNs", "_call_variant");
    compare("signalNs", 20_000, emit, "gdSignalNs", "_signals");
    compare("floatLoopNs", 200_000, floatLoop, "gdFloatLoopNs", "_float_loop");
    compare("newNodeNs", 5000, newNode, "gdNewNodeNs", "_new_nodes");
    compare("noopNs", 100_000, noop);
    compare("addNs", 200_000, add);
    compare("multimesh20kUs", 500, setBuffer);
    results.multimesh20kUs = (results.multimesh20kUs ?? 0) / 1000;
    this.disconnect("plain", listener);
    node.free();
    return results;
  }

  /** In frames in which nothing else happens: the processor wakes up for the first node. */
  async #process(): Promise<{ process2000Us: number; gdProcess2000Us: number }> {
    const { ownUs, gdUs } = await this.#processIn(() => {});
    return { process2000Us: ownUs, gdProcess2000Us: gdUs };
  }

  /** In frames like a game's: awake, and nodes have to come from memory again. */
  async #busyProcess(): Promise<{ busyProcess2000Us: number; gdBusyProcess2000Us: number }> {
    const data = new Float64Array(BUSY_FRAME_BYTES / Float64Array.BYTES_PER_ELEMENT);
    const { ownUs, gdUs } = await this.#processIn(() => {
      for (let index = 0; index < data.length; index++) data[index] = (data[index] ?? 0) + 1;
    });
    return { busyProcess2000Us: ownUs, gdBusyProcess2000Us: gdUs };
  }

  /** Microseconds that one frame's _process of 2000 nodes takes, in both languages in the same frames. */
  async #processIn(restOfFrame: () => void): Promise<{ ownUs: number; gdUs: number }> {
    const own = this.#addNodes("res://tests/bench/engine/binding-process.script.ts");
    const others = this.#addNodes("res://tests/bench/engine/binding-process.gd");
    const ownUs: number[] = [];
    const othersUs: number[] = [];
    for (let frame = 0; frame < FRAMES; frame++) {
      // Who comes second finds the first one's memory in the processor's cache: they take turns.
      this.move_child(frame % 2 === 0 ? own.parent : others.parent, -1);
      restOfFrame();
      await this.get_tree()?.to_signal("process_frame");
      if (frame < WARM_UP_FRAMES) continue;
      ownUs.push(own.last.timeUs - own.first.timeUs);
      othersUs.push(others.last.timeUs - others.first.timeUs);
    }
    own.parent.free();
    others.parent.free();
    return { ownUs: median(ownUs), gdUs: median(othersUs) };
  }

  /** Nodes with this script, between two that note the time. */
  #addNodes(path: string): { parent: Node; first: BindingMarker; last: BindingMarker } {
    const script = ResourceLoader.load<Script>(path);
    const parent = new Node();
    const first = new BindingMarker();
    const last = new BindingMarker();
    parent.add_child(first);
    for (let index = 0; index < NODES; index++) {
      const node = new Node();
      node.set_script(script);
      parent.add_child(node);
    }
    parent.add_child(last);
    this.add_child(parent);
    return { parent, first, last };
  }
}
