// Wrong uses from inside calls of the engine: scripts that throw, free themselves or change what is being walked through.
import { once } from "node:events";
import { stat } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import {
  Callable,
  GodotArray,
  is_instance_valid,
  Node,
  Node3D,
  ObjectFreedError,
  Resource,
  ResourceLoader,
  Signal,
  Vector3,
} from "godot";
import { expectError, Tap } from "../tap.ts";

const loose = (value: unknown) => value as never;
const fail = (place: string): never => {
  throw new Error(`thrown in ${place}`);
};

class ThrowsInReady extends Node {
  override _ready(): void {
    fail("_ready");
  }
}
class ThrowsInEnterTree extends Node {
  override _enter_tree(): void {
    fail("_enter_tree");
  }
}
class ThrowsInExitTree extends Node {
  override _exit_tree(): void {
    fail("_exit_tree");
  }
}
class ThrowsInProcess extends Node {
  runs = 0;
  override _process(): void {
    this.runs += 1;
    if (this.runs === 1) fail("_process");
  }
}
class ThrowsInNotification extends Node {
  override _notification(what: number): void {
    if (what === 13) fail("_notification");
  }
}
class ThrowsInAccessors extends Node {
  static exports = { level: { type: "int" } };
  armed = false;
  get level(): number {
    return this.armed ? fail("a getter") : 0;
  }
  set level(_: number) {
    fail("a setter");
  }
}
class ThrowsInText extends Node {
  override _to_string(): string {
    return fail("_to_string");
  }
}
class ThrowsInGet extends Node {
  override _get(property: string): number | undefined {
    return property === "trap" ? fail("_get") : undefined;
  }
  override _set(property: string): boolean {
    return property === "trap" ? fail("_set") : false;
  }
}
class ThrowsInField extends Resource {
  value = fail("a field");
}
class FreesItselfInReady extends Node {
  override _ready(): void {
    this.free();
  }
}
class FreesItselfInProcess extends Node {
  override _process(): void {
    this.free();
  }
}
class FreesItselfInMethod extends Node {
  go(): string {
    this.free();
    return "gone";
  }
}
class FreesItselfInSetter extends Node {
  static exports = { fuse: { type: "int" } };
  get fuse(): number {
    return 0;
  }
  set fuse(_: number) {
    this.free();
  }
}
class FreesParentInReady extends Node {
  override _enter_tree(): void {
    this.get_parent()?.queue_free();
  }
}
class AsyncReady extends Node {
  override async _ready(): Promise<void> {
    await null;
    fail("an async _ready");
  }
}
/** Read for its default value before there is an engine object. */
class NeedsTheEngine extends Node {
  static exports = { named: { type: "String" } };
  get named(): string {
    return this.get_name().toUpperCase();
  }
  set named(_: string) {}
}
class StrangeResults extends Node {
  *numbers(): Generator<number> {
    yield 1;
  }
  text(): string {
    return "a\0b";
  }
  data(): never {
    return loose({ items: [1, Symbol("s")] });
  }
}
class WrongResults extends Node {
  override _get_property_list(): never {
    return loose(5);
  }
  override _get_configuration_warnings(): never {
    return loose("no array");
  }
}
class NamelessProperty extends Node {
  override _get_property_list(): never {
    return loose([{ type: 2 }]);
  }
}
class Recursive extends Node {
  static signals = { again: [] };
  depth = 0;
  dig(): void {
    this.depth += 1;
    this.emit_signal("again");
  }
}

export default class ReentrancyFixture extends Node {
  static signals = { fired: [{ name: "value", type: "Variant" }] };
  readonly #tap = new Tap();

  override _ready(): void {
    void this.#run().catch((error: unknown) => {
      this.#tap.ok("the fixture itself", false, String(error));
      this.#tap.finish(this);
    });
  }

  async #run(): Promise<void> {
    await this.#frame();
    await this.#throwing();
    await this.#freeing();
    this.#emitting();
    await this.#later();
    await this.#idleFrames();
    await this.#workers();
    this.#tap.finish(this);
  }

  async #frame(): Promise<void> {
    await this.get_tree()?.to_signal("process_frame");
  }

  #added<T extends Node>(node: T): T {
    this.add_child(node);
    return node;
  }

  async #throwing(): Promise<void> {
    const tap = this.#tap;
    for (const place of [
      "_ready",
      "_enter_tree",
      "_exit_tree",
      "_process",
      "_notification",
      "_to_string",
      "_get",
      "_set",
    ])
      expectError(`thrown in ${place}`);
    for (const made of [ThrowsInReady, ThrowsInEnterTree, ThrowsInExitTree, ThrowsInNotification]) {
      const node = this.#added(new made());
      tap.ok(`${made.name} is in the tree all the same`, node.is_inside_tree());
      this.remove_child(node);
      tap.ok(`${made.name} can leave it`, !node.is_inside_tree());
      node.free();
    }
    const ticking = this.#added(new ThrowsInProcess());
    await this.#frame();
    await this.#frame();
    await this.#frame();
    tap.ok("_process goes on after it threw", ticking.runs > 1, `${ticking.runs} runs`);
    const guarded = this.#added(new ThrowsInAccessors());
    guarded.armed = true;
    tap.throws("a throwing getter throws in JavaScript", () => guarded.level, "Error", "thrown in a getter");
    expectError("thrown in a getter");
    tap.equal("and is null for the engine", guarded.get("level"), null);
    expectError("thrown in a setter");
    guarded.set("level", 1);
    tap.ok("a throwing setter leaves the node", is_instance_valid(guarded));
    const text = this.#added(new ThrowsInText());
    tap.ok("a throwing _to_string gives some text", typeof `${text}` === "string");
    const trapped = this.#added(new ThrowsInGet());
    tap.equal("a throwing _get is null", trapped.get("trap"), null);
    trapped.set("trap", 1);
    tap.throws("a throwing field throws where it is made", () => new ThrowsInField(), "Error", "thrown in a field");
    const odd = this.#added(new WrongResults());
    expectError("_get_property_list");
    tap.ok("a wrong property list is none", Array.isArray(odd.get_property_list()));
    expectError("NamelessProperty._get_property_list: element 0 must be an object with a name");
    const nameless = this.#added(new NamelessProperty());
    tap.ok("so is one with a property without a name", Array.isArray(nameless.get_property_list()));
    tap.ok("wrong warnings do no harm", odd.get_name() !== "");
    const needy = this.#added(new NeedsTheEngine());
    needy.set_name("ada");
    tap.equal("an exported accessor that needs the engine has no default, and works", needy.get("named"), "ADA");
    const strange = this.#added(new StrangeResults());
    expectError("the result of StrangeResults.numbers: a generator cannot be passed");
    expectError("the result of StrangeResults.text: a string with a NUL character, at index 1,");
    expectError("the result of StrangeResults.data, at .items[1]: a symbol cannot be passed");
    for (const method of ["numbers", "text", "data"]) tap.equal(`${method} is null`, strange.call(method), null);
    for (const child of this.get_children()) child.free();
  }

  async #freeing(): Promise<void> {
    const tap = this.#tap;
    const ready = new FreesItselfInReady();
    this.add_child(ready);
    tap.ok("a node that frees itself in _ready is gone", !is_instance_valid(ready));
    const ticking = this.#added(new FreesItselfInProcess());
    await this.#frame();
    await this.#frame();
    tap.ok("in _process", !is_instance_valid(ticking));
    const direct = this.#added(new FreesItselfInMethod());
    tap.equal("in a method that JavaScript calls", direct.go(), "gone");
    tap.throws("and then it is gone", () => direct.get_name(), "ObjectFreedError", "Node.get_name");
    const called = this.#added(new FreesItselfInMethod());
    let outcome: unknown;
    try {
      outcome = called.call("go");
    } catch (error) {
      outcome = String(error);
    }
    tap.ok(
      "in a method that the engine calls",
      outcome === "gone" || String(outcome).includes("Error"),
      String(outcome),
    );
    const fused = this.#added(new FreesItselfInSetter());
    fused.set("fuse", 1);
    tap.ok("in a setter that the engine calls", typeof is_instance_valid(fused) === "boolean");
    const parent = new Node();
    parent.add_child(new FreesParentInReady());
    this.add_child(parent);
    await this.#frame();
    await this.#frame();
    tap.ok("a parent on entering", !is_instance_valid(parent));
    const emitter = this.#added(new Node3D());
    emitter.connect("renamed", () => emitter.free());
    expectError("was freed or unreferenced while a signal is being emitted");
    try {
      emitter.emit_signal("renamed");
    } catch {
      // Either is right: it is refused while it emits, or it is gone.
    }
    tap.ok("the emitter in its own signal", typeof is_instance_valid(emitter) === "boolean");
    const waiting = this.#added(new Node());
    const promise = waiting.to_signal("renamed");
    waiting.free();
    const reason = await promise.then(
      () => undefined,
      (error: unknown) => error,
    );
    tap.ok("waiting for a signal of a freed node is rejected", reason instanceof ObjectFreedError);
    const node = this.#added(new Node3D());
    const bound = node.position;
    node.free();
    tap.throws(
      "a property kept from before",
      () => {
        bound.x = 1;
      },
      "ObjectFreedError",
      "Node3D.get_position",
    );
  }

  #emitting(): void {
    const tap = this.#tap;
    const heard: string[] = [];
    const first = () => {
      heard.push("first");
      this.disconnect("fired", first);
      if (this.is_connected("fired", second)) this.disconnect("fired", second);
    };
    const second = () => heard.push("second");
    this.connect("fired", first);
    this.connect("fired", second);
    this.emit_signal("fired", 1);
    this.emit_signal("fired", 2);
    tap.ok("listeners that disconnect while it emits", heard[0] === "first" && heard.length <= 2, heard.join());
    const late: number[] = [];
    const adder = () => {
      if (late.length < 3) this.connect("fired", () => late.push(1));
      late.push(0);
    };
    this.connect("fired", adder);
    this.emit_signal("fired", 1);
    tap.ok("listeners that connect while it emits", late.length >= 1 && late.length < 10);
    this.disconnect("fired", adder);
    expectError("thrown in a listener");
    let after = 0;
    this.connect("fired", () => fail("a listener"), 4);
    this.connect(
      "fired",
      () => {
        after += 1;
      },
      4,
    );
    this.emit_signal("fired", 1);
    tap.equal("a listener after one that threw is called", after, 1);
    for (const result of [new Set([1]), Symbol("s"), setTimeout(() => {}, 0)])
      this.connect(
        "fired",
        loose(() => result),
        4,
      );
    new Signal(this, "fired").connect(
      loose(() => new Set([1])),
      4,
    );
    this.emit_signal("fired", 1);
    tap.ok("what a listener returns is nobody's business", true);
    expectError("the result of giveSymbol: a symbol cannot be passed");
    GodotArray.map([1], loose({ giveSymbol: () => Symbol("s") }.giveSymbol));
    expectError("is already connected");
    this.connect("fired", adder);
    tap.ok("connecting twice is an error code", this.connect("fired", adder) !== 0);
    this.disconnect("fired", adder);
    expectError("nonexistent connection");
    this.disconnect("fired", adder);
    expectError("nonexistent signal");
    this.connect("no_such_signal", adder);
    expectError("Maximum call stack");
    const deep = new Recursive();
    deep.connect("again", () => deep.dig());
    deep.dig();
    tap.ok("a signal that emits itself ends", deep.depth > 10, `${deep.depth} levels`);
    deep.free();
    const throwing = new Callable(this, "no_such_method");
    tap.throws("a Callable of no method", () => throwing.call(), "TypeError", "Callable.call");
    expectError("thrown in a result");
    const odd = loose(() => ({
      get x() {
        return fail("a result");
      },
    }));
    this.set_meta("odd", odd);
    (this.get_meta("odd") as unknown as () => unknown)();
    GodotArray.map([1], odd);
  }

  async #later(): Promise<void> {
    const tap = this.#tap;
    const rejection = (promise: Promise<unknown>) =>
      promise.then(
        () => "nothing",
        (error: unknown) => String(error),
      );
    tap.equal(
      "waiting for a signal that is none",
      await rejection(this.to_signal(loose("no_such_signal"))),
      'Error: ReentrancyFixture.to_signal: there is no signal "no_such_signal"',
    );
    const missing = await rejection(import(new URL("./missing.js", import.meta.url).href));
    tap.ok(
      "importing what is not there",
      /Cannot find res:.*missing\.js\. Is the project built/.test(missing),
      missing,
    );
    expectError("extends Node, so it cannot be attached to this object");
    new Resource().set_script(ResourceLoader.load("res://tests/engine/binding/misuse/misuse.script.ts"));
    expectError("thrown in an async _ready");
    this.#added(new AsyncReady());
    expectError("thrown in a timer");
    setTimeout(() => fail("a timer"), 0);
    expectError("thrown in a promise");
    void Promise.resolve().then(() => fail("a promise"));
    expectError("thrown in a microtask");
    queueMicrotask(() => fail("a microtask"));
    expectError("Thrown value");
    setTimeout(() => {
      throw { not: "an error" };
    }, 0);
    const node = this.#added(new Node3D());
    expectError("Node3D.set_position");
    setTimeout(() => node.set_position(new Vector3(1, 1, 1)), 2);
    node.free();
    expectError("thrown in a deferred call");
    this.call_deferred("no_such_method_at_all");
    expectError("no_such_method_at_all");
    new Callable(this, "get_name").call_deferred();
    const deferred = loose(() => fail("a deferred call"));
    this.set_meta("deferred", deferred);
    this.connect("fired", deferred, 1 | 4);
    this.emit_signal("fired", 1);
    const started = Date.now();
    while (Date.now() - started < 20) await this.#frame();
    await this.#frame();
    const resource = new Resource();
    tap.ok("the engine lives", resource.get_reference_count() >= 1);
  }

  /** Frames in which no script runs leave out what has nothing to do, but nothing that has. */
  async #idleFrames(): Promise<void> {
    const seen: string[] = [];
    const see = (what: string) => () => void seen.push(what);
    process.nextTick(see("tick"));
    queueMicrotask(see("microtask"));
    setImmediate(see("immediate"));
    setImmediate(see("unreferenced")).unref();
    setTimeout(see("timer"), 100);
    await this.get_tree()?.create_timer(1).to_signal("timeout");
    this.#tap.equal("ticks, jobs, immediates and timers run", seen.sort(), [
      "immediate",
      "microtask",
      "tick",
      "timer",
      "unreferenced",
    ]);
    const server = createServer((socket) => socket.end("heard"));
    server.listen(0, "127.0.0.1").unref();
    await once(server, "listening");
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    const parts: unknown[] = await socket.toArray();
    this.#tap.equal("and sockets", String(parts[0]), "heard");
    const { size } = await stat(process.execPath);
    this.#tap.ok("and files are read in the background", size > 0);
    let hops = 0;
    while (hops < 3) hops += await sleep(20, 1);
    this.#tap.equal("a timer after a timer", hops, 3);
    const worker = new Worker("require('node:worker_threads').parentPort.postMessage('from a worker')", { eval: true });
    this.#tap.equal("messages of workers come", await once(worker, "message"), ["from a worker"]);
    expectError("rejected in an idle frame");
    setTimeout(() => void Promise.reject(new Error("rejected in an idle frame")), 20);
    await once(process, "unhandledRejection");
    server.close();
  }

  async #workers(): Promise<void> {
    const inWorker = (source: string) =>
      new Promise<string>((resolve) => {
        const worker = new Worker(source, { eval: true });
        worker.on("message", (message) => resolve(String(message)));
        worker.on("error", (error) => resolve(String(error)));
        worker.on("exit", () => resolve("ended"));
      });
    const tell = 'require("node:worker_threads").parentPort.postMessage';
    const refused = [
      `import("godot").then(() => ${tell}("got it"), (e) => ${tell}(String(e)))`,
      `try { process._linkedBinding("godot_ts").loadSource("x"); ${tell}("got it") } catch (e) { ${tell}(String(e)) }`,
      `${tell}(typeof globalThis[Symbol.for("godot-ts.namespace")] === "undefined" ? "Error: none" : "got it")`,
    ];
    for (const source of refused) {
      const said = await inWorker(source);
      this.#tap.ok(`a worker has no engine: ${source.slice(0, 40)}`, said.includes("Error"), said);
    }
    this.#tap.equal("a worker that exits ends itself alone", await inWorker("process.exit(3)"), "ended");
    this.#tap.ok(
      "a worker that throws ends itself alone",
      (await inWorker('throw new Error("mine")')).includes("mine"),
    );
  }
}
