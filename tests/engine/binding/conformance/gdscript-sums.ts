// Things to compute both ways, by JavaScript and by GDScript, which must come to the same.
import * as godot from "godot";
import type { Tap } from "../tap.ts";

/** One thing to compute both ways. */
export interface Sum {
  readonly name: string;
  readonly expression: string;
  /** Statements of GDScript before it, each with its tab and line feed. */
  readonly before?: string;
  readonly compute: () => unknown;
}

export const OPERATORS: Readonly<Record<string, string>> = {
  "==": "equals",
  "!=": "not_equals",
  "<": "less_than",
  "<=": "less_than_or_equals",
  ">": "greater_than",
  ">=": "greater_than_or_equals",
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "/": "divide",
  "%": "modulo",
  "unary-": "negate",
};

/** An example of each type, as GDScript writes it. */
export const SAMPLES: Readonly<Record<string, string>> = {
  bool: "true",
  int: "3",
  float: "1.5",
  String: '"ab"',
  StringName: 'StringName("ab")',
  NodePath: 'NodePath("a/b:c")',
  Vector2: "Vector2(1.5, -2.25)",
  Vector2i: "Vector2i(7, -3)",
  Rect2: "Rect2(1, 2, 3.5, 4)",
  Rect2i: "Rect2i(1, 2, 3, 4)",
  Vector3: "Vector3(1.5, -2.25, 3)",
  Vector3i: "Vector3i(7, -3, 2)",
  Vector4: "Vector4(1.5, -2.25, 3, 4)",
  Vector4i: "Vector4i(7, -3, 2, 5)",
  Transform2D: "Transform2D(0.5, Vector2(2, 3))",
  Plane: "Plane(0, 1, 0, 2.5)",
  Quaternion: "Quaternion(Vector3(0, 1, 0), 0.5)",
  AABB: "AABB(Vector3(1, 2, 3), Vector3(4, 5, 6))",
  Basis: "Basis(Vector3(0, 1, 0), 0.5)",
  Transform3D: "Transform3D(Basis(Vector3(0, 1, 0), 0.5), Vector3(1, 2, 3))",
  Projection: "Projection(Vector4(2, 0, 0, 1), Vector4(0, 3, 0, 0), Vector4(0, 0, 4, 0), Vector4(1, 0, 0, 1))",
  Color: "Color(0.5, 0.25, 0.75, 0.5)",
  RID: "RID()",
  Array: "[1, 2]",
  Dictionary: '{"a": 1}',
  PackedByteArray: "PackedByteArray([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])",
  PackedInt32Array: "PackedInt32Array([3, -1, 2])",
  PackedInt64Array: "PackedInt64Array([3, -1, 2])",
  PackedFloat32Array: "PackedFloat32Array([1.5, -2.25, 3])",
  PackedFloat64Array: "PackedFloat64Array([1.5, -2.25, 3])",
  PackedStringArray: 'PackedStringArray(["ab", "cd"])',
  PackedVector2Array: "PackedVector2Array([Vector2(1, 2), Vector2(3, 4)])",
  PackedVector3Array: "PackedVector3Array([Vector3(1, 2, 3), Vector3(3, 4, 5)])",
  PackedVector4Array: "PackedVector4Array([Vector4(1, 2, 3, 4), Vector4(3, 4, 5, 6)])",
  PackedColorArray: "PackedColorArray([Color(1, 0.5, 0), Color(0, 0.5, 1)])",
  Variant: "3",
};
/** Computes and compares them. GDScript's answers are reckoned in one script. */
export function checkSums(tap: Tap, sums: readonly Sum[]): void {
  const expected = run(sums.map(({ before = "", expression }) => `${before}\treturn var_to_str(${expression})`));
  for (const [index, sum] of sums.entries()) check(tap, sum, String(expected(index)).replace(/^&"/, '"'));
}

function check(tap: Tap, { name, compute }: Sum, wanted: string): void {
  let given: string;
  try {
    const value = compute();
    // Arrays of vectors have no type of their own in JavaScript.
    given = godot.var_to_str(value as never);
    if (wanted.startsWith("Packed") && given.startsWith("["))
      given = `${wanted.split("(")[0]}(${given.replaceAll(/^\[|\]$|(?:Vector\d|Color)\(|\)/g, "")})`;
  } catch (error) {
    given = String(error);
  }
  tap.ok(name, alike(given, wanted), `GDScript says ${wanted}, got ${given}`);
}

/** Values of GDScript expressions, by their number. */
export function evaluate(expressions: readonly string[]): (index: number) => unknown {
  return run(expressions.map((expression) => `\treturn ${expression}`));
}

/** What functions of GDScript return, by their number. */
function run(bodies: readonly string[]): (index: number) => unknown {
  const script = new godot.GDScript();
  const functions = bodies.map((body, index) => `static func f${index}():\n${body}\n`);
  script.source_code = `extends RefCounted\n${functions.join("")}`;
  script.reload();
  const object = script.new() as unknown as godot.GodotObject;
  return (index) => object.call(`f${index}`);
}

const NUMBER = /-?(?:\d+\.?\d*(?:e[+-]?\d+)?|inf|nan)\b/gi;

/** The same text, or the same but for the last digits of numbers: JavaScript reckons in doubles. */
function alike(given: string, wanted: string): boolean {
  if (given === wanted) return true;
  const [ours, theirs] = [given.match(NUMBER) ?? [], wanted.match(NUMBER) ?? []];
  if (ours.length !== theirs.length || given.replace(NUMBER, "#") !== wanted.replace(NUMBER, "#")) return false;
  return ours.every((text, index) => {
    const [a, b] = [Number(text), Number(theirs[index])];
    return text === theirs[index] || Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(b));
  });
}
