import * as godot from "godot";
import type { Receivers } from "./receivers.ts";
import type { SweepJob } from "./sweep-order.ts";

type Make = (name: string) => unknown;

/** A process that does not exist: ids end below it. */
const NO_PROCESS = 99_999_999;

const INTEGERS: readonly (readonly [RegExp, number])[] = [
  [/(^|_)port($|_)/, 0],
  [/pid|process_id/, NO_PROCESS],
  [/index|idx|(^|_)id($|_)|column|line|item|layer|track|surface|slot|bone|point|from|to|at/, 0],
  [/width|height|size|count|amount/, 4],
];

const STRINGS: readonly (readonly [RegExp, string])[] = [
  [/url/, "http://127.0.0.1:9/"],
  [/host|address|^ip|_ip$/, "127.0.0.1"],
  [/path|file|dir|folder/, "res://conformance.txt"],
];

const pick = <T>(table: readonly (readonly [RegExp, T])[], name: string, other: T): T =>
  table.find(([pattern]) => pattern.test(name))?.[1] ?? other;

const values: Readonly<Record<string, Make>> = {
  bool: () => true,
  int: (name) => pick(INTEGERS, name, 1),
  float: () => 0.5,
  String: (name) => pick(STRINGS, name, "conformance"),
  StringName: (name) =>
    name.includes("signal") ? "script_changed" : name.includes("method") ? "get_class" : "conformance",
  NodePath: () => new godot.NodePath("."),
  Variant: () => 1,
  Array: () => [],
  Dictionary: () => ({}),
  Callable: () => () => undefined,
  PackedByteArray: () => new Uint8Array([1, 2, 3, 4]),
  PackedInt32Array: () => new Int32Array([0, 1, 2]),
  PackedInt64Array: () => new BigInt64Array([0n, 1n, 2n]),
  PackedFloat32Array: () => new Float32Array([0, 0.5, 1]),
  PackedFloat64Array: () => new Float64Array([0, 0.5, 1]),
  PackedStringArray: () => ["a", "b"],
  PackedVector2Array: () => [new godot.Vector2(0, 0), new godot.Vector2(1, 0), new godot.Vector2(0, 1)],
  PackedVector3Array: () => [new godot.Vector3(0, 0, 0), new godot.Vector3(1, 0, 0), new godot.Vector3(0, 1, 0)],
  PackedVector4Array: () => [new godot.Vector4(0, 0, 0, 1)],
  PackedColorArray: () => [new godot.Color(1, 0, 0), new godot.Color(0, 1, 0)],
  Vector2: () => new godot.Vector2(1, 1),
  Vector2i: () => new godot.Vector2i(1, 1),
  Vector3: () => new godot.Vector3(1, 1, 1),
  Vector3i: () => new godot.Vector3i(1, 1, 1),
  Vector4: () => new godot.Vector4(1, 1, 1, 1),
  Vector4i: () => new godot.Vector4i(1, 1, 1, 1),
  Rect2: () => new godot.Rect2(0, 0, 4, 4),
  Rect2i: () => new godot.Rect2i(0, 0, 4, 4),
  AABB: () => new godot.AABB(new godot.Vector3(0, 0, 0), new godot.Vector3(1, 1, 1)),
  Plane: () => new godot.Plane(0, 1, 0, 0),
  Quaternion: () => new godot.Quaternion(),
  Basis: () => new godot.Basis(),
  Transform2D: () => new godot.Transform2D(),
  Transform3D: () => new godot.Transform3D(),
  Projection: () => new godot.Projection(),
  Color: () => new godot.Color(1, 0.5, 0.25),
  RID: () => new godot.RID(),
};

/** A plausible argument of a type as the tables write it. */
export function argumentFor(type: string, job: SweepJob, index: number, receivers: Receivers): unknown {
  const own = OWN[`${job.className}.${job.method}`]?.[index];
  if (own !== undefined) return own;
  const name = job.names[index] ?? "";
  if (type.startsWith("enum:")) return Number(type.slice("enum:".length));
  if (type.startsWith("typeddictionary::")) return {};
  if (type.startsWith("typedarray::")) {
    const element = values[type.slice("typedarray::".length)];
    return element === undefined ? [] : [element(name)];
  }
  if (type === "Signal") return new godot.Signal(receivers.owner, "ready");
  const make = values[type];
  return make === undefined ? (receivers.make(type) ?? null) : make(name);
}

/** Arguments for methods that would go on for ever, or leave the project, with the usual ones; or that take less than their type says. */
const OWN: Readonly<Record<string, readonly unknown[]>> = {
  "Object.set_script": [null],
  "OS.create_instance": [["--version"]],
  "OS.create_process": ["/bin/true", []],
  "OS.execute": ["/bin/true", []],
  "OS.execute_with_pipe": ["/bin/true", []],
};
