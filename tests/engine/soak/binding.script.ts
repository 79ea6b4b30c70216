import {
  Curve,
  FastNoiseLite,
  Gradient,
  InputEventKey,
  Node,
  Node3D,
  type Signals,
  Sprite2D,
  StandardMaterial3D,
  Timer,
  Vector2,
  Vector3,
} from "godot";
import { collectGarbage } from "../../../tools/soak/memory/collect-garbage.ts";
import { printSample } from "./engine-sampler.ts";
import { plantLeak } from "./planted-leak.ts";

const SAMPLES = 60;
const SETTLE_FRAMES = 10;
const LEAK_INTERVAL_SECONDS = 0.1;
/** Of each kind, per frame. */
const CHURN = 40;

/** Makes and lets go of everything that the binding keeps a record of: nodes, resources, signals, callables, timers, promises. */
export default class BindingSoak extends Node {
  static signals = { told: [{ name: "what", type: "String" }] } satisfies Signals;

  readonly #startedMs = performance.now();
  readonly #limitSeconds = Number(process.env.DARKAGES_SOAK_SECONDS ?? "30");
  #samples = 0;
  #heard = 0;
  #ticked = 0;
  #rounds = 0;
  #leakSeconds = 0;
  #settleFrames = 0;
  #ended = false;

  _process(delta: number): void {
    if (this.#ended) return;
    this.#leakSeconds += delta;
    for (; this.#leakSeconds > LEAK_INTERVAL_SECONDS; this.#leakSeconds -= LEAK_INTERVAL_SECONDS) plantLeak();
    if (this.#settleFrames === 0) this.#churn();
    const seconds = (performance.now() - this.#startedMs) / 1000;
    const interval = Math.min(10, this.#limitSeconds / Math.min(SAMPLES, 10));
    if (seconds < (this.#samples + 1) * interval) return;
    // What JavaScript let go of is freed by its garbage collector, in the frames after it ran.
    if (this.#settleFrames === 0) collectGarbage();
    this.#settleFrames += 1;
    if (this.#settleFrames < SETTLE_FRAMES) return;
    this.#settleFrames = 0;
    this.#samples += 1;
    printSample(this.#startedMs);
    if (seconds >= this.#limitSeconds) this.#end();
  }

  #end(): void {
    this.#ended = true;
    if (this.#heard === 0 || this.#ticked === 0) console.error("ERROR: no signal was heard, or no timer ran out");
    console.log(`soak cycles ${this.#rounds}`);
    this.get_tree().quit(0);
  }

  #churn(): void {
    this.#churnNodes();
    this.#churnResources();
    this.#churnSignals();
    this.#churnTimers();
    this.#churnValues();
    this.#rounds += 1;
  }

  #churnNodes(): void {
    const parent = new Node3D();
    this.add_child(parent);
    for (let i = 0; i < CHURN; i += 1) {
      // No controls: of each that was freed, headless Godot 4.6 keeps an entry of its accessibility queue, from GDScript as well.
      const node = i % 2 === 0 ? new Node3D() : new Sprite2D();
      node.name = `Child${i}`;
      parent.add_child(node);
      node.set_meta("round", this.#rounds);
    }
    // Half of them by the engine, half of them by hand.
    for (const child of parent.get_children().slice(0, CHURN / 2)) child.free();
    parent.queue_free();
  }

  #churnResources(): void {
    for (let i = 0; i < CHURN / 4; i += 1) {
      const material = new StandardMaterial3D();
      material.albedo_color.r = 0.5;
      const gradient = new Gradient();
      gradient.add_point(0.5, material.albedo_color);
      const curve = new Curve();
      curve.add_point(new Vector2(0.5, 0.5));
      const noise = new FastNoiseLite();
      noise.seed = i;
      const event = new InputEventKey();
      event.set_meta("material", material);
      this.set_meta("resource", i % 2 === 0 ? noise : event);
    }
    this.remove_meta("resource");
  }

  #churnSignals(): void {
    for (let i = 0; i < CHURN; i += 1) {
      const listener = () => {
        this.#heard += 1;
      };
      this.connect("told", listener);
      if (i % 8 === 0) this.emit_signal("told", `round ${this.#rounds}`);
      this.disconnect("told", listener);
    }
    // One that goes with its node, still connected.
    const node = new Node();
    node.connect("renamed", () => {
      this.#heard += node.get_child_count();
    });
    node.name = "Renamed";
    node.free();
  }

  #churnTimers(): void {
    const timer = new Timer();
    timer.one_shot = true;
    timer.wait_time = 0.02;
    timer.autostart = true;
    timer.connect("timeout", () => {
      this.#ticked += 1;
      timer.queue_free();
    });
    this.add_child(timer);
    this.get_tree()
      .create_timer(0.02)
      .connect("timeout", () => {
        this.#ticked += 1;
      });
    setTimeout(() => {
      this.#ticked += 1;
    }, 5);
    void this.#waitOneFrame();
  }

  async #waitOneFrame(): Promise<void> {
    await this.get_tree().to_signal("process_frame");
    this.#ticked += 1;
  }

  #churnValues(): void {
    this.call_deferred("get_child_count");
    this.set_meta("value", { list: [1, "two", new Vector3(1, 2, 3)] });
    this.get_meta("value");
    this.remove_meta("value");
    this.set_meta("bytes", new Uint8Array(4096));
    this.remove_meta("bytes");
  }
}
