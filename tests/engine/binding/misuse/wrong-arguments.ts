import * as godot from "godot";
import { apply, construct, invoke, loose, type MisuseCase } from "./misuse-case.ts";

const { Vector2, Vector2i, Vector3, Color, Basis, Transform3D, RID, NodePath } = godot;
const vector = new Vector3(1, 2, 3);

/** [method of the node, parameter, what it takes, a wrong value, what the message calls that] */
const parameters: readonly (readonly [string, string, string, unknown, string])[] = [
  ["set_position", "position", "Vector3", undefined, "undefined"],
  ["set_position", "position", "Vector3", null, "null"],
  ["set_position", "position", "Vector3", 3, "3"],
  ["set_position", "position", "Vector3", Number.NaN, "NaN"],
  ["set_position", "position", "Vector3", "1,2,3", "a string"],
  ["set_position", "position", "Vector3", [1, 2, 3], "an array"],
  ["set_position", "position", "Vector3", { x: 1, y: 2, z: 3 }, "a plain object"],
  ["set_position", "position", "Vector3", new Vector2(1, 2), "Vector2"],
  ["set_position", "position", "Vector3", Vector3, "a function"],
  ["set_position", "position", "Vector3", Symbol("v"), "a symbol"],
  ["set_position", "position", "Vector3", 1n, "a bigint"],
  ["set_position", "position", "Vector3", new Float32Array(3), "Float32Array"],
  ["set_basis", "basis", "Basis", new Transform3D(), "Transform3D"],
  ["set_transform", "local", "Transform3D", new Basis(), "Basis"],
  ["set_quaternion", "quaternion", "Quaternion", new godot.Vector4(0, 0, 0, 1), "Vector4"],
  ["set_process", "enable", "a boolean", 1, "1"],
  ["set_process", "enable", "a boolean", "true", "a string"],
  ["set_process", "enable", "a boolean", null, "null"],
  ["set_process", "enable", "a boolean", {}, "a plain object"],
  ["set_process_priority", "priority", "an integer", 1.5, "1.5"],
  ["set_process_priority", "priority", "an integer", Number.NaN, "NaN"],
  ["set_process_priority", "priority", "an integer", Number.POSITIVE_INFINITY, "Infinity"],
  ["set_process_priority", "priority", "an integer", 2 ** 53, "9007199254740992"],
  ["set_process_priority", "priority", "an integer", "1", "a string"],
  ["set_process_priority", "priority", "an integer", 2n ** 64n, "a bigint"],
  ["set_process_priority", "priority", "an integer", -(2n ** 63n) - 1n, "a bigint"],
  ["set_process_priority", "priority", "an integer", true, "a boolean"],
  ["set_process_mode", "mode", "an integer", Number.NaN, "NaN"],
  ["set_process_mode", "mode", "an integer", "PROCESS_MODE_ALWAYS", "a string"],
  ["set_process_mode", "mode", "an integer", undefined, "undefined"],
  ["set_name", "name", "a string", 5, "5"],
  ["set_name", "name", "a string", null, "null"],
  ["set_name", "name", "a string", {}, "a plain object"],
  ["set_name", "name", "a string", new String("boxed"), "String"],
  ["set_editor_description", "editor_description", "a string", Symbol("s"), "a symbol"],
  ["get_node", "path", "a string or NodePath", 1, "1"],
  ["get_node", "path", "a string or NodePath", null, "null"],
  ["get_node", "path", "a string or NodePath", new RID(), "RID"],
  ["add_child", "node", "Node or null", {}, "a plain object"],
  ["add_child", "node", "Node or null", "Node", "a string"],
  ["add_child", "node", "Node or null", godot.Node, "a function"],
  ["add_child", "node", "Node or null", Object.create(godot.Node.prototype), "Node"],
  ["remove_child", "node", "Node or null", 0, "0"],
  ["rotate_x", "angle", "a number", "1", "a string"],
  ["rotate_x", "angle", "a number", 1n, "a bigint"],
  ["rotate_x", "angle", "a number", undefined, "undefined"],
  ["rotate_x", "angle", "a number", new Number(1), "Number"],
  ["rotate_x", "angle", "a number", new Date(0), "Date"],
];

const onNode: MisuseCase[] = parameters.map(([method, parameter, expected, value, given]) => [
  `${method}(${given})`,
  ({ node }) => invoke(node, method, value),
  "TypeError",
  `.${method}`,
  `'${parameter}'`,
  expected,
  given,
]);

const counts: MisuseCase[] = [
  [
    "no argument where one is needed",
    ({ node }) => invoke(node, "set_position"),
    "TypeError",
    "set_position",
    "1 argument, got 0",
  ],
  ["one too many", ({ node }) => invoke(node, "set_position", vector, 1), "TypeError", "1 argument, got 2"],
  ["an argument where there is none", ({ node }) => invoke(node, "get_position", 1), "TypeError", "0 arguments, got 1"],
  [
    "an undefined one too many",
    ({ node }) => invoke(node, "get_position", undefined),
    "TypeError",
    "0 arguments, got 1",
  ],
  [
    "too few of two",
    ({ node }) => invoke(node, "rotate", vector),
    "TypeError",
    "Node3D.rotate(axis, angle)",
    "2 arguments, got 1",
  ],
  ["too few with defaults", ({ node }) => invoke(node, "look_at"), "TypeError", "1 to 3 arguments, got 0"],
  [
    "too many with defaults",
    ({ node }) => invoke(node, "look_at", vector, vector, true, 1),
    "TypeError",
    "1 to 3 arguments, got 4",
  ],
  ["forty arguments", ({ node }) => invoke(node, "get_name", ...new Array(40).fill(0)), "TypeError", "got 40"],
  [
    "a thousand arguments",
    ({ node }) => invoke(node, "set_name", ...new Array(1000).fill("a")),
    "TypeError",
    "got 1000",
  ],
  ["too few for varargs", ({ node }) => invoke(node, "call"), "TypeError", "at least 1 argument, got 0"],
  ["too few for a signal", ({ node }) => invoke(node, "emit_signal"), "TypeError", "at least 1"],
  ["too few for a static method", () => invoke(godot.Image, "create_empty", 1), "TypeError", "Image.create_empty"],
  ["too few for a utility", () => apply(godot.clampf, 1), "TypeError", "clampf", "3 arguments, got 1"],
  ["too many for a utility", () => apply(godot.sin, 1, 2), "TypeError", "sin", "1 argument, got 2"],
  ["too few for a method of a value", () => invoke(new Color(1, 1, 1), "lerp"), "TypeError", "Color.lerp"],
  ["too few for a singleton", () => invoke(godot.OS, "get_environment"), "TypeError", "OS.get_environment"],
  ["connect with no function", ({ node }) => invoke(node, "connect", "renamed"), "TypeError", "Object.connect"],
];

const receivers: MisuseCase[] = [
  ["a plain receiver", ({ node }) => Reflect.apply(node.get_position, {}, []), "TypeError", "Node3D.get_position"],
  [
    "an object of another class as receiver",
    ({ node }) => Reflect.apply(node.set_position, new godot.Resource(), [vector]),
    "TypeError",
    "Node3D.set_position: must be called on a Node3D, got",
  ],
  [
    "an object of another class, asked for a value",
    ({ node }) => Reflect.apply(node.get_position, new godot.Resource(), []),
    "TypeError",
    "Node3D.get_position: must be called on a Node3D, got",
  ],
  [
    "an object of another class, given an object",
    ({ node }) => Reflect.apply(node.add_child, new godot.Resource(), [node]),
    "TypeError",
    "Node.add_child: must be called on a Node, got",
  ],
  [
    "an object of another class, with a vowel",
    ({ node }) => Reflect.apply(godot.Image.prototype.get_width, node, []),
    "TypeError",
    "Image.get_width: must be called on an Image, got a Node3D",
  ],
  [
    "an object of the parent's class as receiver",
    ({ node }) => {
      const plain = new godot.Node();
      try {
        Reflect.apply(node.set_position, plain, [vector]);
      } finally {
        plain.free();
      }
    },
    "TypeError",
    "Node3D.set_position: must be called on a Node3D, got",
  ],
  [
    "the property of another class",
    () => {
      const getter = Object.getOwnPropertyDescriptor(godot.Node3D.prototype, "position")?.get;
      if (getter !== undefined) Reflect.apply(getter, new godot.Resource(), []);
    },
    "TypeError",
    "Node3D.get_position: must be called on a Node3D, got",
  ],
  ["no receiver", ({ node }) => Reflect.apply(node.get_name, undefined, []), "TypeError", "Node.get_name"],
  [
    "a null receiver",
    ({ node }) => Reflect.apply(node.set_position, null, [vector]),
    "TypeError",
    "Node3D.set_position",
  ],
  ["a number as receiver", ({ node }) => Reflect.apply(node.get_name, 5, []), "TypeError", "Node.get_name"],
  ["a value as receiver", ({ node }) => Reflect.apply(node.get_name, vector, []), "TypeError", "Node.get_name"],
  ["a proxy as receiver", ({ node }) => new Proxy(node, {}).get_position(), "TypeError", "Node3D.get_position"],
  ["the prototype as receiver", () => godot.Node3D.prototype.get_position(), "TypeError", "Node3D.get_position"],
  [
    "an heir by prototype",
    ({ node }) => (Object.create(node) as godot.Node3D).get_position(),
    "TypeError",
    "Node3D.get_position",
  ],
  ["the property of the prototype", () => godot.Node3D.prototype.position, "TypeError", "Node3D.get_position"],
  [
    "a method of a value on another",
    () => Reflect.apply(new Color(1, 1, 1).to_html, vector, []),
    "TypeError",
    "Color.to_html",
  ],
  [
    "a method of a value on nothing",
    () => Reflect.apply(new Color(1, 1, 1).to_html, undefined, []),
    "TypeError",
    "Color.to_html",
  ],
  [
    "a method of a node path on a string",
    () => Reflect.apply(new NodePath("a").get_name_count, "a", []),
    "TypeError",
    "NodePath",
  ],
  ["a signal of a function", () => Reflect.apply(godot.Signal.prototype.get_name, () => 1, []), "TypeError", "Signal"],
];

const construction: MisuseCase[] = [
  ["an engine class without new", () => apply(godot.Node3D), "TypeError", "new"],
  ["a value class without new", () => apply(Vector3, 1, 2, 3), "TypeError", "new"],
  ["a node path without new", () => apply(NodePath, "a"), "TypeError", "new"],
  ["an abstract class", () => construct(godot.CanvasItem), "TypeError", "CanvasItem cannot be constructed"],
  ["an abstract resource", () => construct(godot.Shape3D), "TypeError", "Shape3D cannot be constructed"],
  ["a singleton", () => construct(godot.Input.constructor), "TypeError", "Input cannot be constructed"],
  [
    "a second AudioServer",
    () => construct(godot.AudioServer.constructor),
    "TypeError",
    "AudioServer cannot be constructed",
  ],
  [
    "a server that would take another's place",
    () => construct(godot.PhysicsServer2DExtension),
    "TypeError",
    "PhysicsServer2DExtension cannot be constructed",
    "extend it",
  ],
  [
    "a class of abstract base",
    () => construct(class Mine extends (godot.CanvasItem as never as typeof godot.Node) {}),
    "TypeError",
    "CanvasItem",
  ],
  ["a vector of strings", () => construct(Vector3, "1", "2", "3"), "TypeError", "Vector3", "a string"],
  ["a vector of too few", () => construct(Vector3, 1, 2), "TypeError", "no constructor of Vector3"],
  ["a vector of null", () => construct(Vector3, null), "TypeError", "no constructor of Vector3"],
  ["an int vector of a symbol", () => construct(Vector2i, Symbol("x"), 1), "TypeError", "symbol"],
  ["a colour of an object", () => construct(Color, {}), "TypeError", "no constructor of Color"],
  ["a basis of numbers", () => construct(Basis, 1, 2, 3), "TypeError", "no constructor of Basis"],
  ["a node path of a number", () => construct(NodePath, 5), "TypeError", "no constructor of NodePath"],
  ["a signal of nothing", () => construct(godot.Signal, null, null), "TypeError", "Signal"],
  ["the class behind node paths", () => construct(Object.getPrototypeOf(NodePath), "x"), "TypeError", "constructed"],
  ["the class behind, with a type", () => construct(Object.getPrototypeOf(NodePath), 24), "TypeError", "constructed"],
];

const members: MisuseCase[] = [
  [
    "a string as a property's member",
    ({ node }) => Reflect.set(node.position, "x", "1"),
    "TypeError",
    "Vector3.x",
    "a number",
  ],
  [
    "null as a property's member",
    ({ node }) => Reflect.set(node.position, "y", null),
    "TypeError",
    "Vector3.y",
    "null",
  ],
  [
    "a number as a member of members",
    ({ node }) => Reflect.set(node.transform, "origin", 1),
    "TypeError",
    "Transform3D.origin",
    "Vector3",
  ],
  ["a string two levels down", ({ node }) => Reflect.set(node.transform.basis.x, "x", "1"), "TypeError", "Vector3.x"],
  ["a property", ({ node }) => Reflect.set(node, "position", "here"), "TypeError", "Node3D.set_position", "a string"],
  [
    "a property of the wrong vector",
    ({ node }) => Reflect.set(node, "rotation", new Vector2(1, 1)),
    "TypeError",
    "set_rotation",
  ],
  ["a boolean property", ({ node }) => Reflect.set(node, "visible", "yes"), "TypeError", "set_visible", "a boolean"],
  [
    "an enum property",
    ({ node }) => Reflect.set(node, "process_mode", Number.NaN),
    "TypeError",
    "set_process_mode",
    "NaN",
  ],
  ["an object property", ({ node }) => Reflect.set(node, "owner", {}), "TypeError", "set_owner"],
  [
    "a vector with a string in it, by property",
    ({ node }) => {
      const v = new Vector3(1, 2, 3);
      v.x = loose("a");
      node.position = v;
    },
    "TypeError",
    "Vector3.x",
    "a number",
  ],
  [
    "a vector with a hole in it, by method",
    ({ node }) => {
      const v = new Vector3(1, 2, 3);
      v.y = loose(undefined);
      node.set_position(v);
    },
    "TypeError",
    "Vector3.y",
  ],
  [
    "a vector with a string in it, in a Variant",
    ({ node }) => {
      const v = new Vector3(1, 2, 3);
      v.z = loose("a");
      node.set_meta("v", loose(v));
    },
    "TypeError",
    "Vector3.z",
  ],
  [
    "a transform with a hole in it",
    ({ node }) => {
      const t = new Transform3D();
      t.basis.x.x = loose(null);
      node.set_transform(t);
    },
    "TypeError",
    "a number",
  ],
  ["an operator of strangers", () => vector.add(loose(new Color(1, 1, 1))), "TypeError", "no such operator: add of"],
  ["an operator with null", () => vector.add(loose(null)), "TypeError", "null"],
  [
    "an operator with a string",
    () => invoke(new Basis(), "multiply", "a"),
    "TypeError",
    "no such operator: multiply of",
  ],
  ["a dot product with a number", () => vector.dot(loose(1)), "TypeError", "Vector3"],
  ["a vector's method with the wrong type", () => vector.angle_to(loose("a")), "TypeError", "Vector3.angle_to"],
  ["a utility", () => apply(godot.clampf, "a", 0, 1), "TypeError", "clampf", "'value'"],
  ["a utility of a vector", () => apply(godot.sin, vector), "TypeError", "sin"],
  ["a singleton's method", () => invoke(godot.Input, "is_action_pressed", 5), "TypeError", "Input.is_action_pressed"],
  ["a static method", () => invoke(godot.Image, "create_empty", "a", 1, false, 0), "TypeError", "Image.create_empty"],
  [
    "bytes from an array",
    () => invoke(new godot.Image(), "load_png_from_buffer", [1, 2]),
    "TypeError",
    "a Uint8Array",
    "an array",
  ],
  [
    "floats from doubles",
    () => invoke(godot.RenderingServer, "multimesh_set_buffer", new RID(), new Float64Array(2)),
    "TypeError",
    "a Float32Array",
  ],
  ["vectors from numbers", () => invoke(new godot.Curve3D(), "get_baked_points", [1]), "TypeError", "0 arguments"],
  ["strings from numbers", () => invoke(godot.OS, "execute", "true", [1, 2]), "TypeError", "an array of strings"],
  [
    "vectors from a short Float32Array",
    () => {
      new godot.ConvexPolygonShape3D().points = loose(new Float32Array(4));
    },
    "TypeError",
    "an array of Vector3",
  ],
  [
    "vectors among others",
    () => {
      new godot.ConvexPolygonShape3D().points = loose([vector, 1]);
    },
    "TypeError",
    "an array of Vector3",
  ],
  ["a dictionary from an array", () => invoke(new godot.Resource(), "set_meta", "a", new Set([1])), "TypeError", "Set"],
  ["a RID from a number", () => invoke(godot.RenderingServer, "free_rid", 5), "TypeError", "RID"],
  ["a read-only property", ({ node }) => Reflect.set(node, "multiplayer", null), "TypeError", "read-only"],
];

export const wrongArguments: readonly MisuseCase[] = [...onNode, ...counts, ...receivers, ...construction, ...members];
