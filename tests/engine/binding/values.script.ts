import {
  AABB,
  Basis,
  Color,
  clampf,
  Engine,
  GDScript,
  GodotObject,
  GodotString,
  Gradient,
  Image,
  Input,
  KEY_W,
  Key,
  lerp,
  MeshInstance3D,
  max,
  NavigationMeshSourceGeometryData2D,
  Node,
  Node2D,
  Node3D,
  NodePath,
  PackedScene,
  PhysicsServer3D,
  Projection,
  Quaternion,
  Rect2,
  RenderingServer,
  ResourceLoader,
  SystemFont,
  Transform2D,
  Transform3D,
  Vector2,
  Vector2i,
  Vector3,
  Vector3i,
  Vector4,
  Window,
} from "godot";
import { Tap } from "./tap.ts";

const loose = (value: unknown) => value as never;

class Overriding extends Node3D {
  override set_position(_to: Vector3): string {
    return "own";
  }
}

export default class ValuesFixture extends Node {
  override _ready(): void {
    const tap = new Tap();
    const node = new Node3D();
    this.#members(tap, node);
    this.#types(tap, node);
    this.#unusual(tap, node);
    this.#math(tap);
    this.#mistakes(tap, node);
    this.#leftOut(tap, node);
    this.#calledByName(tap, node);
    this.#receivers(tap);
    node.free();
    tap.finish(this);
  }

  /** `undefined` is an argument that was left out, as in JavaScript. */
  #leftOut(tap: Tap, node: Node3D): void {
    const child = new Node3D();
    node.add_child(child, undefined, Node.INTERNAL_MODE_FRONT);
    tap.equal(
      "undefined between arguments is the default",
      [node.get_child_count(), node.get_child_count(true)],
      [0, 1],
    );
    tap.equal("and after them", node.get_child_count(undefined), 0);
    const named = new Node3D();
    node.add_child(named);
    tap.equal(
      "of several",
      node.find_children("*", undefined, undefined, false),
      node.find_children("*", "", true, false),
    );
    tap.equal("with another one behind", node.find_children("*", undefined, true, true), []);
    named.free();
    node.look_at_from_position(new Vector3(), new Vector3(0, 0, -1), undefined, true);
    tap.equal("with numbers around", node.basis.z.z.toFixed(3), "-1.000");
    tap.equal("in the functions of strings", GodotString.split("a,b", undefined, true), ["a", ",", "b"]);
    tap.equal(
      "in methods of values",
      new Transform3D().looking_at(new Vector3(0, 0, -1), undefined, true).basis.z.z.toFixed(3),
      "-1.000",
    );
    tap.throws("but not where one is needed", () => node.set_position(loose(undefined)), "TypeError", "position");
    child.free();
    node.rotation = new Vector3();
  }

  /** Methods of the engine are called by name without a detour: nobody must notice. */
  #calledByName(tap: Tap, node: Node3D): void {
    const call = (name: string, ...args: unknown[]) => node.call(name, ...args.map(loose));
    tap.equal("a call by name gives null for nothing", call("set_position", new Vector3(1, 2, 3)), null);
    tap.equal("and arrives", call("get_position"), new Vector3(1, 2, 3));
    tap.throws("too few arguments", () => call("set_position"), "TypeError", "Object.call");
    tap.throws("too many", () => call("set_position", new Vector3(), 1), "TypeError", "Object.call");
    tap.throws("another type", () => call("set_position", "left"), "TypeError", "Object.call");
    tap.throws("no such method", () => call("set_positions", 1), "TypeError", "set_positions");
    call("set_position", new Vector3i(4, 5, 6));
    tap.equal("the engine converts what it can", node.position, new Vector3(4, 5, 6));
    const own = new Overriding();
    tap.equal("a script's method comes first", own.call("set_position", new Vector3(1, 1, 1)), "own");
    tap.equal("and the engine's is left alone", own.get_position(), new Vector3());
    tap.equal("another method of the engine", own.call("get_position"), new Vector3());
    own.free();
    const scripted = new Node3D();
    const gdscript = new GDScript();
    gdscript.source_code =
      "extends Node3D\n@warning_ignore('native_method_override')\nfunc set_position(_to):\n\treturn 'theirs'\n";
    gdscript.reload();
    tap.equal("before a script is attached", scripted.call("set_position", new Vector3(2, 2, 2)), null);
    scripted.set_script(gdscript);
    tap.equal("one in GDScript, too", scripted.call("set_position", new Vector3(1, 1, 1)), "theirs");
    scripted.free();
    tap.throws("a freed object", () => scripted.call("set_position", new Vector3()), "ObjectFreedError", "Object.call");
  }

  /** What counts is of which class the engine's object is, not which JavaScript object stands for it. */
  #receivers(tap: Tap): void {
    const body = new MeshInstance3D();
    body.set_script(ResourceLoader.load("res://tests/engine/binding/threaded-child.script.ts"));
    body.set_transparency(0.25);
    tap.equal("what stood for an object before its script", body.get_transparency(), 0.25);
    const packed = new PackedScene();
    packed.pack(body);
    const instance = packed.instantiate();
    tap.equal("a script of a class above", Reflect.get(instance, "power"), 3);
    tap.equal(
      "and a method of the object's own class",
      MeshInstance3D.prototype.get_transparency.call(loose(instance)),
      0.25,
    );
    tap.throws(
      "not one of another class",
      () => Node2D.prototype.get_position.call(loose(instance)),
      "TypeError",
      "Node2D.get_position: must be called on a Node2D, got",
    );
    instance.free();
    body.free();
  }

  #members(tap: Tap, node: Node3D): void {
    node.position = new Vector3(1, 2, 3);
    node.position.x = 10;
    tap.equal("writing a member writes the property", node.get_position(), new Vector3(10, 2, 3));
    node.transform.origin.y = 5;
    tap.equal("and a member of a member", node.get_position(), new Vector3(10, 5, 3));
    node.position.z += 1;
    tap.equal("compound assignment", node.position, new Vector3(10, 5, 4));
    const detached = node.get_position();
    detached.x = 0;
    tap.equal("what a method returns is a copy", node.position.x, 10);
    const old = node.position;
    node.position = new Vector3(0, 7, 0);
    old.x = 3;
    tap.equal("a member write keeps the others as they are now", node.get_position(), new Vector3(3, 7, 0));
    tap.ok("a bound value is an instance of its class", node.position instanceof Vector3);
    const flat = new Node2D();
    flat.position.y = 4;
    tap.equal("2D too", flat.get_position(), new Vector2(0, 4));
    flat.free();
  }

  #types(tap: Tap, node: Node3D): void {
    const trip = (name: string, value: unknown) => {
      node.set_meta("value", loose(value));
      tap.equal(`${name} goes to the engine and back`, node.get_meta("value"), value);
    };
    trip("true", true);
    trip("an integer", 42);
    trip("a large integer", 2 ** 40);
    trip("a BigInt", 2n ** 62n);
    trip("a float", 1.25);
    trip("a string", "häß 🙂");
    trip("Vector2", new Vector2(1, 2));
    trip("Vector2i", new Vector2i(1, -2));
    trip("Rect2", new Rect2(1, 2, 3, 4));
    trip("Vector3", new Vector3(1, 2, 3));
    trip("Vector4", new Vector4(1, 2, 3, 4));
    trip("Transform2D", new Transform2D(0.5, new Vector2(1, 2)));
    trip("Quaternion", new Quaternion(0, 1, 0, 0));
    trip("AABB", new AABB(new Vector3(1, 2, 3), new Vector3(4, 5, 6)));
    trip("Basis", new Basis(new Vector3(0, 1, 0), 1));
    trip("Transform3D", new Transform3D(new Basis(new Vector3(0, 1, 0), 1), new Vector3(1, 2, 3)));
    trip("Projection", new Projection());
    trip("Color", new Color(0.5, 0.25, 1, 0.5));
    trip("NodePath", new NodePath("a/b"));
    trip("an array", [1, "two", [3]]);
    trip("a dictionary", { a: 1, b: { c: [true] } });
    node.set_meta(
      "value",
      loose(
        new Map<unknown, unknown>([
          [1, "one"],
          [new Vector2(1, 2), 2],
          ["three", 3],
        ]),
      ),
    );
    const keyed = node.get_meta("value") as unknown;
    tap.ok("a dictionary with keys that are not all strings is a Map", keyed instanceof Map);
    tap.equal("with keys of their types", keyed instanceof Map ? [...keyed] : [], [
      [1, "one"],
      [{ x: 1, y: 2 }, 2],
      ["three", 3],
    ]);
    trip("Uint8Array", new Uint8Array([1, 2, 255]));
    trip("Int32Array", new Int32Array([1, -2]));
    trip("BigInt64Array", new BigInt64Array([1n, -(2n ** 60n)]));
    trip("Float32Array", new Float32Array([1.5, 2.5]));
    trip("Float64Array", new Float64Array([1.1, 2.2]));
    trip("an empty array", []);
    node.set_meta("value", loose(this));
    tap.ok("an object is the same object", node.get_meta("value") === this);
    const callback = () => 1;
    node.set_meta("value", loose(callback));
    tap.ok("a function is the same function", (node.get_meta("value") as unknown) === callback);
    node.remove_meta("value");

    const image = Image.create_from_data(2, 1, false, Image.FORMAT_RGB8, new Uint8Array([1, 2, 3, 4, 5, 6]));
    tap.equal("a packed argument and result", image?.get_data(), new Uint8Array([1, 2, 3, 4, 5, 6]));
    const rid = RenderingServer.canvas_item_create();
    tap.ok("RID", rid.is_valid() && rid.get_id() !== 0);
    RenderingServer.free_rid(rid);
    const space = PhysicsServer3D.space_create();
    tap.ok("RID goes back", PhysicsServer3D.space_is_active(space) === false);
    PhysicsServer3D.free_rid(space);
    tap.equal("constants", [KEY_W, Key.KEY_W, Window.MODE_FULLSCREEN, Window.Mode.MODE_FULLSCREEN], [87, 87, 3, 3]);
    tap.equal("constants of a singleton", Input.MOUSE_MODE_CAPTURED, 2);
    tap.equal("a utility function", clampf(5, 0, 1), 1);
    tap.ok("a dictionary result", Engine.get_version_info().major === 4);
    tap.ok("classes extend each other", node instanceof Node && node instanceof GodotObject);
    tap.ok(
      "an id finds the object",
      typeof node.get_instance_id() === "bigint" || typeof node.get_instance_id() === "number",
    );
  }

  /** Values that seldom come, and that are right. */
  #unusual(tap: Tap, node: Node3D): void {
    const trip = (value: unknown): unknown => {
      node.set_meta("value", loose(value));
      return node.get_meta("value");
    };
    tap.equal("half a surrogate pair is replaced", trip("a\ud800b\udc00"), "a\ufffdb\ufffd");
    node.set_name("c\ud83dd");
    tap.equal("in a name, too", node.get_name(), "c\ufffdd");
    tap.equal("a proxy of an array is one", trip(new Proxy([1, "b"], {})), [1, "b"]);
    tap.equal("a proxy of an object", trip([new Proxy({ a: 1 }, {})]), [{ a: 1 }]);
    tap.equal("a proxy of a vector", trip(new Proxy(new Vector3(1, 2, 3), {})), new Vector3(1, 2, 3));
    tap.equal("strings in a proxy", GodotString.join(",", new Proxy(["a", "b"], {})), "a,b");
    const gradient = new Gradient();
    gradient.set_color(loose(1n), new Color(1, 0, 0));
    tap.equal("a bigint beside a value", gradient.get_color(1), new Color(1, 0, 0));
    const outlines = [[new Vector2(1, 2), new Vector2(3, 4)], []];
    const geometry = new NavigationMeshSourceGeometryData2D();
    geometry.set_traversable_outlines(outlines);
    tap.equal("arrays of packed arrays", geometry.get_traversable_outlines(), outlines);
    const font = new SystemFont();
    const other = new SystemFont();
    font.fallbacks = [other, loose(null)];
    tap.equal("nothing among resources", [font.fallbacks.length, font.fallbacks[0] === other], [2, true]);
    tap.equal("shared memory is copied", trip(new Uint8Array(new SharedArrayBuffer(2))), new Uint8Array(2));
    const buffer = new ArrayBuffer(8, { maxByteLength: 16 });
    const behind = new Uint8Array(buffer, 4, 4);
    buffer.resize(2);
    tap.equal("what a buffer no longer has is empty", trip(behind), new Uint8Array(0));
    tap.equal("fractions are dropped from integers", trip(Object.assign(new Vector2i(1, 1), { x: 2.5 })), {
      x: 2,
      y: 1,
    });
    tap.equal("functions of any value", [lerp(0, 10, 0.5), max(1, 2.5)], [5, 2.5]);
    node.remove_meta("value");
  }

  #math(tap: Tap): void {
    tap.equal("add", new Vector3(1, 2, 3).add(new Vector3(1, 1, 1)), new Vector3(2, 3, 4));
    tap.equal("multiply", new Vector3(1, 2, 3).multiply(2), new Vector3(2, 4, 6));
    tap.equal("cross", Vector3.RIGHT.cross(Vector3.UP), new Vector3(0, 0, 1));
    tap.equal("length", new Vector2(3, 4).length(), 5);
    const turned = new Transform3D(new Basis(Vector3.UP, Math.PI / 2), new Vector3(1, 0, 0)).multiply(
      new Vector3(0, 0, 1),
    );
    tap.ok("transform times vector", turned.is_equal_approx(new Vector3(2, 0, 0)), String(turned));
    tap.ok("equals", new Vector3(1, 2, 3).equals(new Vector3(1, 2, 3)) && !Vector3.ZERO.equals(Vector3.ONE));
    const constant = Vector3.ZERO;
    constant.x = 5;
    tap.equal("a changed constant is a copy", Vector3.ZERO.x, 0);
    tap.equal("a method of the engine", new Color("red").to_html(false), "ff0000");
    tap.equal("a static method", Vector2.from_angle(0), new Vector2(1, 0));
    tap.equal("a node path's method", new NodePath("a/b:c").get_name_count(), 2);
  }

  #mistakes(tap: Tap, node: Node3D): void {
    tap.throws(
      "a number for a vector",
      () => node.set_position(loose(3)),
      "TypeError",
      "Node3D.set_position",
      "'position'",
      "Vector3",
      "3",
    );
    tap.throws("undefined for a vector", () => node.set_position(loose(undefined)), "TypeError", "Node3D.set_position");
    tap.throws(
      "a property",
      () => {
        node.position = loose("x");
      },
      "TypeError",
      "Node3D.set_position",
      "a string",
    );
    tap.throws("a float for an int", () => node.set_process_priority(loose(1.5)), "TypeError", "integer", "1.5");
    tap.throws("a string for a bool", () => node.set_process(loose("yes")), "TypeError", "boolean");
    tap.throws("a wrong class", () => node.add_child(loose(new Image())), "TypeError", "Node or null", "Image");
    tap.throws("too few", () => (node.add_child as () => void)(), "TypeError");
    tap.throws(
      "too few arguments",
      () => (node.add_child as (this: Node) => void).call(node),
      "TypeError",
      "1 to 3 arguments, got 0",
    );
    tap.throws(
      "too many arguments",
      () => (node.get_name as (...args: unknown[]) => unknown).call(node, 1),
      "TypeError",
      "0 arguments, got 1",
    );
    tap.throws("a foreign receiver", () => node.get_name.call(loose({})), "TypeError", "Node.get_name");
    tap.throws(
      "a plain object for a vector",
      () => node.set_position(loose({ x: 1, y: 2, z: 3 })),
      "TypeError",
      "plain object",
    );
    tap.throws("a symbol", () => node.set_meta("a", loose(Symbol("s"))), "TypeError", "symbol");
    tap.throws("a class instance", () => node.set_meta("a", loose(new Date())), "TypeError", "Date");
    const circle: unknown[] = [];
    circle.push(circle);
    tap.throws("circular data", () => node.set_meta("a", loose(circle)), "TypeError", "circular");
    tap.throws(
      "a throwing getter",
      () =>
        node.set_meta(
          "a",
          loose({
            get x() {
              throw new RangeError("mine");
            },
          }),
        ),
      "RangeError",
      "mine",
    );
    tap.throws(
      "a wrong vector member",
      () => {
        node.position.x = loose("1");
      },
      "TypeError",
      "Vector3.x",
    );
    tap.throws("too large an integer", () => node.set_meta("a", loose(2n ** 70n)), "TypeError", "64 bits");

    tap.ok("the node lives on", node.position.y === 7);
  }
}
