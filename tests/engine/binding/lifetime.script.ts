import { createHash, randomBytes } from "node:crypto";
import { createSecureContext } from "node:tls";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  Callable,
  instance_from_id,
  is_instance_valid,
  Node,
  Node3D,
  OS,
  type PackedScene,
  Performance,
  RefCounted,
  Resource,
  ResourceLoader,
  type Script,
  Vector3,
} from "godot";
import ErrorLog, { expectError, Tap } from "./tap.ts";

class Counter extends Resource {
  static exports = { value: { type: "int" } } as const;
  value = 1;
  note = "kept";
}

const COLLECTED = 20_000;
const HALF_BUILT = "res://tests/engine/binding/half-built";

class ThrowsAtLast extends Node {
  constructor() {
    super();
    throw new Error("thrown in a constructor");
  }
}
class ThrowsInField extends Node {
  value = fail();
}
/** Has used itself by then, but in no way by which the engine could know it. */
class ThrowsAfterUse extends Node3D {
  constructor() {
    super();
    this.name = "HalfBuilt";
    this.position = new Vector3(1, 2, 3);
    this.set_process(false);
    if (this.position.x === 1 && this.get_child_count() === 0) throw new Error("thrown after use");
  }
}
class ThrowsInHeir extends ThrowsInField {
  more = 1;
}
function fail(): never {
  throw new Error("thrown in a field");
}

/** Is known to a signal of another node only. */
class Listener extends Node {
  note = "kept";
  constructor(to: Node, heard: string[], how: "closure" | "callable") {
    super();
    this.heard = heard;
    if (how === "closure") to.connect("renamed", () => this.hear());
    else to.connect("renamed", new Callable(this, "hear"));
  }
  heard: string[];
  hear(): void {
    this.heard.push(this.note);
    this.queue_free();
  }
}

/** Notes that it was processed; may free a neighbour first. */
class Walker extends Node {
  index = 0;
  steps: number[] = [];
  victim: Node | null = null;

  override _process(_delta: number): void {
    this.steps.push(this.index);
    if (this.victim !== null && is_instance_valid(this.victim)) this.victim.free();
    this.victim = null;
  }
}

export default class LifetimeFixture extends Node {
  override _ready(): void {
    void this.#run();
  }

  async #run(): Promise<void> {
    const tap = new Tap();
    const measures = (globalThis as Record<symbol, unknown>)[Symbol.for("godot-ts.measures")] as () => {
      sourcesParsed: number;
    };
    tap.equal("nothing of the runtime itself had to be parsed", measures().sourcesParsed, 0);
    tap.equal(
      "OpenSSL is there when it is asked for",
      createHash("sha256").update("a").digest("hex").slice(0, 8),
      "ca978112",
    );
    tap.ok("and makes keys", randomBytes(8).some((byte) => byte !== 0) && createSecureContext().context !== undefined);
    this.#freed(tap);
    await this.#collected(tap);
    await this.#stateful(tap);
    await this.#processed(tap);
    await this.#halfBuilt(tap);
    await this.#unused(tap);
    this.#inScenes(tap);
    tap.finish(this);
  }

  #freed(tap: Tap): void {
    const node = new Node3D();
    this.add_child(node);
    const same = this.get_child(0);
    tap.ok("one wrapper per object", same === node);
    tap.ok("valid while it lives", is_instance_valid(node));
    node.free();
    tap.ok("not valid after free", !is_instance_valid(node));
    tap.throws("a method", () => node.get_name(), "ObjectFreedError", "Node.get_name", "Node3D");
    tap.throws("a property", () => node.position, "ObjectFreedError", "Node3D");
    tap.throws(
      "a property write",
      () => {
        node.visible = true;
      },
      "ObjectFreedError",
      "Node3D",
    );
    tap.throws("as an argument", () => this.add_child(node), "ObjectFreedError");
    tap.throws("free again", () => node.free(), "ObjectFreedError", "free");
    tap.throws("connect", () => node.connect("renamed", () => {}), "ObjectFreedError");
    tap.equal("printable", String(node), "<freed Node3D>");
    tap.throws("free of a RefCounted", () => new RefCounted().free(), "Error", "RefCounted");
    const child = new Node();
    const parent = new Node();
    parent.add_child(child);
    parent.free();
    tap.ok("children go with their parent", !is_instance_valid(child));
  }

  /** The engine goes through nodes frame after frame while they free each other. */
  async #processed(tap: Tap): Promise<void> {
    const steps: number[] = [];
    const add = (index: number): Walker => {
      const walker = new Walker();
      walker.index = index;
      walker.steps = steps;
      this.add_child(walker);
      return walker;
    };
    const frame = async (): Promise<string> => {
      await this.get_tree()?.to_signal("process_frame");
      steps.length = 0;
      await this.get_tree()?.to_signal("process_frame");
      return steps.join(" ");
    };
    const walkers = Array.from({ length: 8 }, (_, index) => add(index));
    const at = (index: number): Walker => walkers[index] as Walker;
    tap.equal("nodes are processed in the order of the tree", await frame(), "0 1 2 3 4 5 6 7");
    at(2).victim = at(3);
    at(4).victim = at(2);
    at(5).victim = at(7);
    tap.equal("without those that others freed just then or before", await frame(), "0 1 4 5 6");
    at(0).victim = add(8);
    add(9);
    tap.equal("and with those that came", await frame(), "0 1 4 5 6 9");
    this.move_child(at(6), 0);
    at(1).process_priority = 1;
    at(4).set_process(false);
    tap.equal("in a new order", await frame(), "6 0 5 9 1");
    for (const walker of [at(0), at(5), at(6), at(1)]) walker.free();
    tap.equal("down to the last", await frame(), "9");
  }

  /** Nodes whose constructor threw are known to nobody. */
  async #halfBuilt(tap: Tap): Promise<void> {
    const count = 100;
    const left = await this.#leftOver(() => {
      for (let index = 0; index < count; index++)
        for (const made of [ThrowsAtLast, ThrowsInField, ThrowsInHeir, ThrowsAfterUse])
          try {
            new made();
            tap.ok(`new ${made.name} throws`, false);
          } catch {
            // As it must.
          }
    });
    tap.ok("nodes whose constructor threw are freed", left < count, `${left} of ${4 * count} left`);
    tap.throws("and one just before the end", () => new ThrowsAtLast(), "Error", "thrown in a constructor");
  }

  /** So are nodes that nothing has used, but none that anything knows. */
  async #unused(tap: Tap): Promise<void> {
    const heard: string[] = [];
    const emitter = new Node();
    const holder = new Node();
    const kept: Walker[] = [];
    const left = await this.#leftOver(() => {
      for (let index = 0; index < 200; index++) new Walker();
    });
    let id: number | bigint = 0;
    const identify = () => {
      id = new Walker().get_instance_id();
    };
    identify();
    await this.#collect();
    const identified = instance_from_id(id);
    tap.ok("but not one whose number was asked for", identified instanceof Walker);
    identified?.free();
    tap.ok("nodes that nothing uses are freed", left < 100, `${left} of 200 left`);
    const make = () => {
      kept.push(Object.assign(new Walker(), { index: 7 }));
      new Listener(emitter, heard, "closure");
      new Listener(emitter, heard, "callable");
      holder.set_meta("walker", Object.assign(new Walker(), { index: 8 }));
      const child = Object.assign(new Walker(), { index: 9 });
      holder.add_child(child);
    };
    make();
    await this.#collect();
    tap.ok("not one that JavaScript holds", kept[0]?.index === 7 && kept[0].get_child_count() === 0);
    emitter.emit_signal("renamed");
    tap.equal("nor one that a signal knows, by a closure or by name", heard, ["kept", "kept"]);
    const walker = holder.get_meta("walker") as Walker;
    tap.equal("nor one that the engine was given", [walker.index, walker.get_class()], [8, "Node"]);
    tap.equal("nor a child", (holder.get_child(0) as Walker).index, 9);
    const steady = new Walker();
    await this.#collect();
    tap.ok("nor one in a variable, freed later", is_instance_valid(steady));
    for (const node of [steady, walker, emitter, holder, ...kept]) node.free();
    tap.throws("and freed is freed", () => steady.get_name(), "ObjectFreedError", "Node.get_name");
  }

  /** The engine makes the node: it stays, without the script, and the reason is an error at its line. */
  #inScenes(tap: Tap): void {
    const log = new ErrorLog();
    OS.add_logger(log);
    expectError("half built on purpose");
    const root = ResourceLoader.load<PackedScene>(`${HALF_BUILT}.tscn`)?.instantiate();
    const { file, line } = log.errors.find(({ message }) => message.includes("half built on purpose")) ?? {};
    tap.equal("a scene with a script that cannot be made names its line", [file, line], [`${HALF_BUILT}.script.ts`, 4]);
    tap.ok("and is there all the same", root !== undefined && root.get_child_count() === 1);
    tap.ok("as a node of the engine's class", root?.constructor === Node, root?.constructor.name);
    if (root) this.add_child(root);
    root?.free();
    const made = ResourceLoader.load<Script>(`${HALF_BUILT}.script.ts`)?.call("new");
    tap.equal("what GDScript makes by new() is null then", made, null);
    OS.remove_logger(log);
  }

  /** Objects that are there after `work` and a collection, and were not before. */
  async #leftOver(work: () => void): Promise<number> {
    await this.#collect();
    const before = Performance.get_monitor(Performance.OBJECT_COUNT);
    work();
    await this.#collect();
    return Performance.get_monitor(Performance.OBJECT_COUNT) - before;
  }

  async #collected(tap: Tap): Promise<void> {
    await this.#collect();
    const before = Performance.get_monitor(Performance.OBJECT_COUNT);
    for (let index = 0; index < COLLECTED; index++) new RefCounted();
    await this.#collect();
    const left = Performance.get_monitor(Performance.OBJECT_COUNT) - before;
    tap.ok("unused RefCounted objects are freed", left < 100, `${left} of ${COLLECTED} left`);
  }

  async #stateful(tap: Tap): Promise<void> {
    const holder = new Node();
    const hold = () => {
      const counter = new Counter();
      counter.note = "changed";
      holder.set_meta("counter", counter);
    };
    hold();
    await this.#collect();
    const found = holder.get_meta("counter") as Counter;
    tap.equal("a script object that the engine holds keeps its fields", found.note, "changed");
    tap.equal("and its exports", found.get("value"), 1);
    const before = Performance.get_monitor(Performance.OBJECT_COUNT);
    const drop = () => {
      for (let index = 0; index < 100; index++) new Counter();
    };
    drop();
    await this.#collect();
    const left = Performance.get_monitor(Performance.OBJECT_COUNT) - before;
    tap.ok("unused script objects are freed", left < 10, `${left} of 100 left`);
    holder.free();
  }

  async #collect(): Promise<void> {
    setFlagsFromString("--expose-gc");
    const gc = runInNewContext("gc") as () => void;
    for (let round = 0; round < 3; round++) {
      gc();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}
