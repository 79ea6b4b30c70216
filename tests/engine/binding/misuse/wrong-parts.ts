import * as godot from "godot";
import { apply, construct, invoke, loose, type MisuseCase } from "./misuse-case.ts";

const { Vector2, Vector2i, Vector3 } = godot;

/** The engine's strings end at a NUL character: each way that a text takes to it, and how the message names the place. */
const nulCharacters: readonly MisuseCase[] = (
  [
    ["in a property", ({ node }) => Reflect.set(node, "editor_description", "a\0b"), "parameter 'editor_description'"],
    ["in an argument", ({ node }) => node.set_editor_description("a\0b"), "parameter 'editor_description'"],
    ["beside wide characters", ({ node }) => node.set_editor_description("ä€\0"), "at index 2"],
    ["in a name", ({ node }) => node.set_name("a\0b"), "Node.set_name: parameter 'name'"],
    ["in a path", ({ node }) => node.get_node_or_null("a\0b"), "parameter 'path'"],
    ["in a NodePath", () => construct(godot.NodePath, "a\0b"), "new NodePath: argument 1"],
    ["in a Variant", ({ node }) => node.set_meta("a", "a\0b"), "Object.set_meta: parameter 'value':"],
    ["in an array", ({ node }) => node.set_meta("a", ["", "a\0b"]), "parameter 'value', at [1]:"],
    ["in a packed array", () => godot.OS.execute("true", ["", "a\0b"]), "parameter 'arguments', at [1]:"],
    ["in a key", ({ node }) => node.set_meta("a", { "a\0b": 1 }), String.raw`at ["a\u0000b"]`],
    ["in a Map's key", ({ node }) => node.set_meta("a", loose(new Map([["a\0b", 1]]))), String.raw`at ["a\u0000b"]`],
    ["in a signal's argument", ({ node }) => invoke(node, "emit_signal", "renamed", "a\0b"), "emit_signal: argument 2"],
    ["in a signal's name", ({ node }) => invoke(node, "emit_signal", "a\0b"), "parameter 'signal'"],
    ["in a method's name", ({ node }) => node.call("get_\0name"), "parameter 'method'"],
    ["in a method's name, with a vector", ({ node }) => node.call("set_\0position", new Vector3()), "'method'"],
    ["in a utility's argument", () => godot.str("a\0b"), "str: parameter 'arg1'"],
    ["in a function for strings", () => godot.GodotString.length("a\0b"), "GodotString.length: parameter 'text'"],
    ["in an operand", () => godot.GodotString.add("a", loose("a\0b")), "add: the right operand"],
  ] as const satisfies readonly (readonly [string, MisuseCase[1], string])[]
).map(([name, wrong, part]) => [`a NUL character ${name}`, wrong, "TypeError", "a string with a NUL character", part]);

/** What is wrong with a part of a value, and where in it. */
const parts: readonly MisuseCase[] = [
  [
    "a number among strings",
    () => invoke(godot.OS, "execute", "true", ["a", 5]),
    "TypeError",
    "OS.execute: parameter 'arguments' must be an array of strings, got an array whose element 1 is the number 5",
  ],
  [
    "a string among vectors",
    () => Reflect.set(new godot.ConvexPolygonShape3D(), "points", [new Vector3(), "here"]),
    "TypeError",
    "must be an array of Vector3, got an array whose element 1 is a string",
  ],
  [
    "another vector among cells",
    () => {
      const layer = new godot.TileMapLayer();
      try {
        invoke(layer, "set_cells_terrain_connect", [new Vector2i(1, 1), new Vector2(1, 1)], 0, 0);
      } finally {
        layer.free();
      }
    },
    "TypeError",
    "parameter 'cells' must be an array of Vector2i, got an array whose element 1 is a Vector2",
  ],
  [
    "another resource among effects",
    () => Reflect.set(new godot.Compositor(), "compositor_effects", [null, new godot.Resource()]),
    "TypeError",
    "must be an array of CompositorEffect, got an array whose element 1 is a Resource",
  ],
  [
    "a fraction among integers",
    () => new godot.PhysicsTestMotionParameters2D().set_exclude_objects([1, 2.5]),
    "TypeError",
    "must be an array of integers, got an array whose element 1 is the number 2.5",
  ],
  [
    "a number among RIDs",
    () => Reflect.set(new godot.PhysicsRayQueryParameters2D(), "exclude", [new godot.RID(), 5]),
    "TypeError",
    "must be an array of RID, got an array whose element 1 is the number 5",
  ],
  [
    "a string among outlines",
    () => invoke(new godot.NavigationMeshSourceGeometryData2D(), "set_traversable_outlines", ["a"]),
    "TypeError",
    "must be an array of arrays of Vector2, got an array whose element 0 is a string",
  ],
  [
    "deep in data",
    ({ node }) => node.set_meta("a", loose({ items: [1, { "the x": Symbol("x") }] })),
    "TypeError",
    `Object.set_meta: parameter 'value', at .items[1]["the x"]: a symbol cannot be passed`,
  ],
  [
    "in a Map",
    ({ node }) => node.set_meta("a", loose(new Map<unknown, unknown>([[7, [new Date()]]]))),
    "TypeError",
    "at [7][0]: a Date cannot be passed",
  ],
  [
    "a Map's key",
    ({ node }) => node.set_meta("a", loose([new Map([[Symbol("k"), 1]])])),
    "TypeError",
    "at [0].keys(): a symbol",
  ],
  [
    "a later argument of call",
    ({ node }) => node.call("set_meta", "a", loose([Symbol("x")])),
    "TypeError",
    "Object.call: argument 3, at [0]: a symbol",
  ],
  [
    "a vector's member, as an argument",
    ({ node }) => node.set_position(Object.assign(new Vector3(), { y: "q" })),
    "TypeError",
    "Node3D.set_position: parameter 'position': Vector3.y must be a number, got a string",
  ],
  [
    "a vector's member, in a signal",
    ({ node }) => invoke(node, "emit_signal", "renamed", Object.assign(new Vector3(), { y: null })),
    "TypeError",
    "Object.emit_signal: argument 2: Vector3.y must be a number, got null",
  ],
  [
    "a vector's member, in data",
    ({ node }) => node.set_meta("a", loose([Object.assign(new Vector3(), { y: {} })])),
    "TypeError",
    "parameter 'value', at [0]: Vector3.y must be a number, got a plain object",
  ],
];

/** Numbers that the engine has no integer for. */
const numbers: readonly MisuseCase[] = [
  ["NaN for a cell", () => new Vector2i(Number.NaN, 1), "TypeError", "new Vector2i", "the number NaN"],
  ["too much for a cell", () => new Vector2i(2 ** 40, 1), "TypeError", "new Vector2i", "a number of 32 bits"],
  ["infinity for a rectangle", () => new godot.Rect2i(0, 0, Infinity, 1), "TypeError", "new Rect2i", "Infinity"],
  [
    "NaN in a cell",
    ({ node }) => node.set_meta("a", Object.assign(new Vector2i(1, 1), { y: Number.NaN })),
    "TypeError",
    "parameter 'value': Vector2i.y must be a number of 32 bits, got the number NaN",
  ],
  [
    "too much in a cell, as an argument",
    () => {
      const layer = new godot.TileMapLayer();
      try {
        layer.set_cell(Object.assign(new Vector2i(1, 1), { x: 2 ** 31 }));
      } finally {
        layer.free();
      }
    },
    "TypeError",
    "TileMapLayer.set_cell: parameter 'coords': Vector2i.x must be a number of 32 bits",
  ],
  [
    "a bigint of 65 bits beside a vector",
    () => new godot.Gradient().set_color(loose(2n ** 64n), new godot.Color()),
    "TypeError",
    "Gradient.set_color: parameter 'point' must be an integer (number or bigint), got a bigint",
  ],
  [
    "a symbol beside a vector",
    () => new godot.Gradient().set_color(loose(Symbol("s")), new godot.Color()),
    "TypeError",
    "Gradient.set_color: parameter 'point' must be an integer",
    "got a symbol",
  ],
  ["a dot product with nothing", () => invoke(new Vector3(), "dot"), "TypeError", "Vector3.dot: parameter 'with'"],
  ["a distance to a number", () => invoke(new Vector2(), "distance_to", 1), "TypeError", "Vector2.distance_to", "'to'"],
  ["the end of a rectangle", () => Reflect.set(new godot.Rect2(), "end", 5), "TypeError", "Rect2.end", "a Vector2"],
  [
    "the normal of a plane",
    () => Reflect.set(new godot.Plane(), "normal", 5),
    "TypeError",
    "Plane.normal",
    "a Vector3",
  ],
  ["the hue of a colour", () => Reflect.set(new godot.Color(), "h", "a"), "TypeError", "Color.h", "a number"],
  ["a byte of a colour", () => Reflect.set(new godot.Color(), "r8", null), "TypeError", "Color.r8", "got null"],
  ["lerp of strings", () => apply(godot.lerp, "a", 1, 2), "TypeError", "lerp: cannot take (a string, the number 1"],
  ["lerp of two kinds", () => apply(godot.lerp, new Vector3(), 1, 0.5), "TypeError", "lerp: cannot take (a Vector3"],
  ["abs of a text", () => apply(godot.abs, "a"), "TypeError", "abs: cannot take (a string)"],
  ["the larger of two kinds", () => apply(godot.max, new Vector3(), 1), "TypeError", "max: cannot take"],
];

export const wrongParts: readonly MisuseCase[] = [...nulCharacters, ...parts, ...numbers];
