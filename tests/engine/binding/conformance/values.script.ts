// Every Variant type by every way that a value can go between JavaScript, the engine and GDScript.
import { Callable, type GodotObject, Node, RenderingServer, Resource, RID, Signal, Vector2 } from "godot";
import { Tap } from "../tap.ts";
import { show } from "./show.ts";
import { plainCases, typedCases, type ValueCase } from "./value-cases.ts";

const loose = (value: unknown) => value as never;
const allCases = [...plainCases, ...typedCases];
const propertyName = (type: string) => `held_${type.toLowerCase()}`;

export default class ValuesConformance extends Node {
  static exports = Object.fromEntries(allCases.map(({ property }) => [propertyName(property), { type: property }]));
  static signals = { told: [{ name: "value", type: "Variant" }] };
  readonly #tap = new Tap();

  give_back(value: unknown): unknown {
    return value;
  }

  override _ready(): void {
    const gd = this.get_node("Gd");
    gd.call("listen", this);
    for (const one of plainCases) this.#everyWay(gd, one);
    for (const one of typedCases) this.#typed(gd, one);
    this.#objects(gd);
    this.#callables(gd);
    this.#containers(gd);
    this.#tap.finish(this);
  }

  #is({ name }: ValueCase, way: string, actual: unknown, expected: unknown): void {
    this.#tap.ok(`${name} ${way}`, show(actual) === show(expected), `expected ${show(expected)}, got ${show(actual)}`);
  }

  #everyWay(gd: Node, one: ValueCase): void {
    const value = loose(one.value);
    this.#is(one, "is of its type", gd.call("kind", value), one.type);
    this.#is(one, "is GDScript's own", gd.call("same", value, one.expression), true);
    this.#is(one, "made by GDScript", gd.call("made", one.expression), value);
    this.#is(one, "as an argument and a result", gd.call("echo", value), value);
    this.#is(one, "in arrays of GDScript", gd.call("in_array", value), [value, [value]]);
    this.#is(one, "in an array", gd.call("first_of", loose([value])), value);
    this.#is(one, "in dictionaries of GDScript", gd.call("in_dictionary", value), { v: value, inner: { v: value } });
    this.#is(one, "in a dictionary", gd.call("v_of", loose({ v: value })), value);
    // A Map's keys know no -0.
    if (!Object.is(value, -0)) this.#is(one, "as a key", gd.call("key_kind", loose(new Map([[value, 1]]))), one.type);
    this.#is(one, "given back to GDScript", gd.call("ask", this, value), value);
    gd.set("held", value);
    this.#is(one, "in a variable of GDScript", gd.get("held"), value);
    this.emit_signal("told", value);
    this.#is(one, "through a signal to GDScript", gd.call("last_heard"), value);
    let heard: unknown;
    const listener = (given: unknown) => {
      heard = given;
    };
    gd.connect("sent", listener);
    gd.emit_signal("sent", value);
    gd.disconnect("sent", listener);
    this.#is(one, "through a signal of GDScript", heard, value);
    if (one.type !== 0) this.set_meta("value", value);
    if (one.type !== 0) this.#is(one, "as metadata", this.get_meta("value"), value);
    this.#typed(gd, one);
  }

  /** Through an exported property of its type, where GDScript writes and reads it. */
  #typed(gd: Node, one: ValueCase): void {
    const name = propertyName(one.property);
    gd.call("write", this, name, gd.call("made", one.expression));
    this.#is(one, "made by GDScript in an exported property", Reflect.get(this, name), one.value);
    Reflect.set(this, name, one.value);
    this.#is(one, "from an exported property", gd.call("read", this, name), one.value);
    this.#is(one, "is of its type in an exported property", gd.call("kind_in", this, name), one.type);
  }

  #objects(gd: Node): void {
    const tap = this.#tap;
    const resource = new Resource();
    tap.ok("an object is itself", loose(gd.call("echo", resource)) === resource);
    tap.ok("a node is itself in an array", (gd.call("in_array", this) as unknown[])[0] === this);
    tap.ok(
      "as a key too",
      (loose(gd.call("echo", loose(new Map([[resource, 1]])))) as Map<unknown, number>).get(resource) === 1,
    );
    tap.equal("no object is null", gd.call("echo", null), null);
    tap.equal("undefined is null", gd.call("echo", loose(undefined)), null);
    const child = new Node();
    gd.set("held", child);
    child.free();
    tap.equal("a freed object in a variable is null", gd.get("held"), null);
    const canvas = RenderingServer.canvas_create();
    const back = gd.call("echo", canvas) as unknown;
    tap.ok("a RID is the same one", back instanceof RID && back.get_id() === canvas.get_id() && back.equals(canvas));
    RenderingServer.free_rid(canvas);
  }

  #callables(gd: Node): void {
    const tap = this.#tap;
    const add = (a: number, b: number) => a + b;
    tap.ok("a function is itself", (gd.call("echo", add) as unknown) === add);
    tap.equal("GDScript calls it", gd.call("call_it", add, 1, 2), 3);
    const bound = gd.call(
      "bind_three",
      loose((...given: unknown[]) => given.length),
    ) as unknown;
    tap.ok("one that GDScript bound is a Callable", bound instanceof Callable);
    tap.equal("that can be called", (bound as Callable).call(1, 2), 3);
    const method = new Callable(gd, "echo");
    tap.equal("a Callable of a method", method.call(loose(new Vector2(1, 2))), new Vector2(1, 2));
    tap.equal("goes as one", gd.call("kind", loose(method)), 25);
    tap.ok("and comes back as one", (gd.call("echo", loose(method)) as unknown) instanceof Callable);
    const signal = new Signal(gd, "sent");
    tap.equal("a Signal", gd.call("kind", loose(signal)), 26);
    const back = gd.call("echo", loose(signal)) as unknown;
    tap.equal("comes back with its name", back instanceof Signal ? back.get_name() : "", "sent");
    tap.ok("and its object", back instanceof Signal && (back.get_object() as GodotObject) === gd);
  }

  #containers(gd: Node): void {
    const tap = this.#tap;
    tap.equal("a typed array", gd.call("typed_ints"), [1, 2]);
    tap.equal("a typed dictionary", gd.call("typed_names"), { a: 1 });
    const list = [1, 2];
    const copy = gd.call("echo", loose(list)) as unknown as number[];
    copy.push(3);
    tap.equal("an array that came back is a copy", list, [1, 2]);
    tap.equal("holes are null", gd.call("echo", loose(new Array(3))), [null, null, null]);
    tap.equal("inherited members are none", gd.call("echo", loose(Object.create(null))), {});
    const owner = { own: 1, [Symbol("s")]: 2 };
    tap.equal("symbols are no keys", gd.call("echo", loose(owner)), { own: 1 });
    const proto = JSON.parse('{"__proto__": 1, "constructor": 2}');
    const back = gd.call("echo", loose(proto)) as object;
    tap.equal("keys like __proto__ are data", Object.keys(back), ["__proto__", "constructor"]);
    tap.throws("a NUL character does not go to GDScript", () => gd.call("echo", "a\0b"), "TypeError", "argument 2");
    tap.equal("half a surrogate does, as U+FFFD", gd.call("echo", "\ud800x"), "\ufffdx");
    let depth = 0;
    for (let at = gd.call("deep", 40) as unknown; Array.isArray(at) && at.length > 0; at = at[0]) depth += 1;
    tap.equal("forty levels arrive", depth, 40);
  }
}
