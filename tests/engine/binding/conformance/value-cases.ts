import {
  AABB,
  Basis,
  Color,
  NodePath,
  Plane,
  Projection,
  Quaternion,
  Rect2,
  Rect2i,
  RID,
  Transform2D,
  Transform3D,
  Vector2,
  Vector2i,
  Vector3,
  Vector3i,
  Vector4,
  Vector4i,
} from "godot";

/** A value, what GDScript writes for it, and its type there. */
export interface ValueCase {
  readonly name: string;
  readonly value: unknown;
  readonly expression: string;
  /** Variant.Type */
  readonly type: number;
  /** Type of a property that holds it, as `static exports` names it. */
  readonly property: string;
}

const one = (type: number, property: string, name: string, value: unknown, expression = name): ValueCase => ({
  name,
  value,
  expression,
  type,
  property,
});

const numbers = [
  one(1, "bool", "true", true),
  one(1, "bool", "false", false),
  one(2, "int", "0", 0),
  one(2, "int", "-1", -1),
  one(2, "int", "2147483648", 2 ** 31),
  one(2, "int", "2^53 - 1", Number.MAX_SAFE_INTEGER, "9007199254740991"),
  one(2, "int", "2^53 + 1", 2n ** 53n + 1n, "9007199254740993"),
  one(2, "int", "-2^53 - 1", -(2n ** 53n) - 1n, "-9007199254740993"),
  one(2, "int", "the largest int", 2n ** 63n - 1n, "9223372036854775807"),
  one(2, "int", "the smallest int", -(2n ** 63n), "-9223372036854775807 - 1"),
  one(3, "float", "0.1", 0.1),
  one(3, "float", "-0.0", -0, "-1.0 * 0.0"),
  one(3, "float", "NaN", Number.NaN, "NAN"),
  one(3, "float", "infinity", Number.POSITIVE_INFINITY, "INF"),
  one(3, "float", "-infinity", Number.NEGATIVE_INFINITY, "-INF"),
  one(3, "float", "1e300", 1e300),
  one(3, "float", "1e-300", 1e-300),
];

const texts = [
  one(4, "String", "an empty string", "", '""'),
  one(4, "String", "ascii", "abc", '"abc"'),
  one(4, "String", "latin", "häß", '"häß"'),
  one(4, "String", "beyond the plane", "🙂漢字", '"🙂漢字"'),
  one(4, "String", "600 characters", "ab".repeat(300), '"ab".repeat(300)'),
  one(4, "String", "600 wide characters", "ä漢".repeat(300), '"ä漢".repeat(300)'),
  one(22, "NodePath", "a node path", new NodePath("a/b:c:d"), 'NodePath("a/b:c:d")'),
  one(22, "NodePath", "an empty node path", new NodePath(""), 'NodePath("")'),
];

const math = [
  one(5, "Vector2", "Vector2(1.5, -2)", new Vector2(1.5, -2)),
  one(
    5,
    "Vector2",
    "Vector2 of NaN and infinity",
    new Vector2(Number.NaN, Number.POSITIVE_INFINITY),
    "Vector2(NAN, INF)",
  ),
  one(6, "Vector2i", "Vector2i(2147483647, -2147483648)", new Vector2i(2147483647, -2147483648)),
  one(7, "Rect2", "Rect2(1, 2, -3, 4.5)", new Rect2(1, 2, -3, 4.5)),
  one(8, "Rect2i", "Rect2i(1, 2, 3, 4)", new Rect2i(1, 2, 3, 4)),
  one(9, "Vector3", "Vector3(1.5, -2, 3)", new Vector3(1.5, -2, 3)),
  one(10, "Vector3i", "Vector3i(1, -2, 3)", new Vector3i(1, -2, 3)),
  one(
    11,
    "Transform2D",
    "Transform2D(Vector2(1, 2), Vector2(3, 4), Vector2(5, 6))",
    new Transform2D(new Vector2(1, 2), new Vector2(3, 4), new Vector2(5, 6)),
  ),
  one(12, "Vector4", "Vector4(1, 2, 3, 4.5)", new Vector4(1, 2, 3, 4.5)),
  one(13, "Vector4i", "Vector4i(1, 2, 3, -4)", new Vector4i(1, 2, 3, -4)),
  one(14, "Plane", "Plane(0, 1, 0, 2.5)", new Plane(0, 1, 0, 2.5)),
  one(15, "Quaternion", "Quaternion(0, 1, 0, 0)", new Quaternion(0, 1, 0, 0)),
  one(16, "AABB", "AABB(Vector3(1, 2, 3), Vector3(4, 5, 6))", new AABB(new Vector3(1, 2, 3), new Vector3(4, 5, 6))),
  one(
    17,
    "Basis",
    "Basis(Vector3(1, 2, 3), Vector3(4, 5, 6), Vector3(7, 8, 9))",
    new Basis(new Vector3(1, 2, 3), new Vector3(4, 5, 6), new Vector3(7, 8, 9)),
  ),
  one(
    18,
    "Transform3D",
    "Transform3D(Basis(Vector3(1, 2, 3), Vector3(4, 5, 6), Vector3(7, 8, 9)), Vector3(10, 11, 12))",
    new Transform3D(
      new Basis(new Vector3(1, 2, 3), new Vector3(4, 5, 6), new Vector3(7, 8, 9)),
      new Vector3(10, 11, 12),
    ),
  ),
  one(
    19,
    "Projection",
    "Projection(Vector4(1, 2, 3, 4), Vector4(5, 6, 7, 8), Vector4(9, 10, 11, 12), Vector4(13, 14, 15, 16))",
    new Projection(
      new Vector4(1, 2, 3, 4),
      new Vector4(5, 6, 7, 8),
      new Vector4(9, 10, 11, 12),
      new Vector4(13, 14, 15, 16),
    ),
  ),
  one(20, "Color", "Color(0.5, 0.25, 2, 0.75)", new Color(0.5, 0.25, 2, 0.75)),
  one(23, "RID", "RID()", new RID()),
];

const containers = [
  one(28, "Array", "[]", []),
  one(
    28,
    "Array",
    "a nested array",
    [1, [2.5, ["x", [null, true]]], { k: [1] }],
    '[1, [2.5, ["x", [null, true]]], {"k": [1]}]',
  ),
  one(27, "Dictionary", "{}", {}),
  one(
    27,
    "Dictionary",
    "a nested dictionary",
    { a: { b: { c: [1, { d: null }] } } },
    '{"a": {"b": {"c": [1, {"d": null}]}}}',
  ),
  one(27, "Dictionary", "a dictionary with an empty key", { "": 1, ä: 2 }, '{"": 1, "ä": 2}'),
  one(
    27,
    "Dictionary",
    "a dictionary of many kinds of keys",
    new Map<unknown, unknown>([
      [1, "int"],
      [1.5, "float"],
      [true, "bool"],
      [new Vector2(1, 2), "vector"],
      [null, "nothing"],
    ]),
    '{1: "int", 1.5: "float", true: "bool", Vector2(1, 2): "vector", null: "nothing"}',
  ),
];

const LARGE = 100_000;
const packed = [
  one(29, "PackedByteArray", "no bytes", new Uint8Array(), "PackedByteArray()"),
  one(29, "PackedByteArray", "bytes", new Uint8Array([0, 127, 255]), "PackedByteArray([0, 127, 255])"),
  one(29, "PackedByteArray", "many bytes", new Uint8Array(LARGE), `zeros(29, ${LARGE})`),
  one(
    30,
    "PackedInt32Array",
    "32-bit ints",
    new Int32Array([0, -(2 ** 31), 2 ** 31 - 1]),
    "PackedInt32Array([0, -2147483648, 2147483647])",
  ),
  one(30, "PackedInt32Array", "no 32-bit ints", new Int32Array(), "PackedInt32Array()"),
  one(
    31,
    "PackedInt64Array",
    "64-bit ints",
    new BigInt64Array([0n, 2n ** 63n - 1n]),
    "PackedInt64Array([0, 9223372036854775807])",
  ),
  one(31, "PackedInt64Array", "no 64-bit ints", new BigInt64Array(), "PackedInt64Array()"),
  one(
    32,
    "PackedFloat32Array",
    "32-bit floats",
    new Float32Array([0.5, -0, Number.POSITIVE_INFINITY]),
    "PackedFloat32Array([0.5, -1.0 * 0.0, INF])",
  ),
  one(32, "PackedFloat32Array", "many 32-bit floats", new Float32Array(LARGE), `zeros(32, ${LARGE})`),
  one(33, "PackedFloat64Array", "64-bit floats", new Float64Array([0.1, 1e300]), "PackedFloat64Array([0.1, 1e300])"),
  one(33, "PackedFloat64Array", "no 64-bit floats", new Float64Array(), "PackedFloat64Array()"),
];

/** Which arrive as arrays, and need a place that says which array it is to go back as one of these. */
const packedOfValues = [
  one(34, "PackedStringArray", "strings", ["", "ä", "🙂"], 'PackedStringArray(["", "ä", "🙂"])'),
  one(34, "PackedStringArray", "no strings", [], "PackedStringArray()"),
  one(
    35,
    "PackedVector2Array",
    "vectors",
    [new Vector2(1, 2), new Vector2(3, 4)],
    "PackedVector2Array([Vector2(1, 2), Vector2(3, 4)])",
  ),
  one(36, "PackedVector3Array", "3D vectors", [new Vector3(1, 2, 3)], "PackedVector3Array([Vector3(1, 2, 3)])"),
  one(37, "PackedColorArray", "colours", [new Color(1, 0, 0, 0.5)], "PackedColorArray([Color(1, 0, 0, 0.5)])"),
  one(38, "PackedVector4Array", "4D vectors", [new Vector4(1, 2, 3, 4)], "PackedVector4Array([Vector4(1, 2, 3, 4)])"),
];

/** Values whose type JavaScript tells by itself. */
export const plainCases: readonly ValueCase[] = [
  one(0, "Variant", "null", null),
  ...numbers,
  ...texts,
  ...math,
  ...containers,
  ...packed,
];

/** Values that need a typed place in the engine to be told from others. */
export const typedCases: readonly ValueCase[] = [
  ...packedOfValues,
  one(21, "StringName", "a name", "häß", 'StringName("häß")'),
  one(21, "StringName", "an empty name", "", 'StringName("")'),
  one(3, "float", "1.0", 1),
  one(2, "int", "1", 1),
];
