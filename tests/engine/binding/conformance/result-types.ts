import * as godot from "godot";

const PACKED_VIEWS: Readonly<Record<string, unknown>> = {
  PackedByteArray: Uint8Array,
  PackedInt32Array: Int32Array,
  PackedInt64Array: BigInt64Array,
  PackedFloat32Array: Float32Array,
  PackedFloat64Array: Float64Array,
};
const engine: Readonly<Record<string, unknown>> = godot as never;

/** Why `value` is not what a method that returns `type` gives; undefined if it is. */
export function mismatch(type: string, value: unknown): string | undefined {
  return fits(type, value) ? undefined : `returned ${describe(value)} instead of ${type}`;
}

function fits(type: string, value: unknown): boolean {
  if (type === "void") return value === undefined;
  if (type === "Variant") return value !== undefined;
  if (type === "bool") return typeof value === "boolean";
  if (type === "int" || /^(enum|bitfield)::/.test(type)) return Number.isInteger(value) || typeof value === "bigint";
  if (type === "float") return typeof value === "number";
  if (type === "String" || type === "StringName") return typeof value === "string";
  if (type === "Array" || type.startsWith("typedarray::")) return Array.isArray(value);
  if (type === "Dictionary" || type.startsWith("typeddictionary::")) return typeof value === "object" && value !== null;
  if (type === "Callable" && typeof value === "function") return true;
  const view = PACKED_VIEWS[type];
  if (typeof view === "function") return value instanceof view;
  if (/^Packed\w+Array$/.test(type)) return Array.isArray(value);
  if (type === "Object") return value === null || value instanceof godot.GodotObject;
  const made = engine[type];
  // A singleton stands in the place of its class.
  const expected = typeof made === "object" && made !== null ? made.constructor : made;
  if (typeof expected !== "function") return value === null;
  return value instanceof expected || (value === null && expected.prototype instanceof godot.GodotObject);
}

function describe(value: unknown): string {
  if (typeof value !== "object" || value === null) return `${typeof value} ${String(value)}`;
  return `an object of ${value.constructor?.name}`;
}
