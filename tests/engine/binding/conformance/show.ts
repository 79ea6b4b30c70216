import { NodePath, RID } from "godot";

/** A value in words that tell apart what JSON does not: -0, NaN, bigints, kinds of arrays, maps. */
export function show(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  if (ArrayBuffer.isView(value))
    return `${value.constructor.name}(${Array.from(value as Float64Array, show).join(", ")})`;
  if (value instanceof Map) return `Map(${[...value].map(([key, item]) => `${show(key)}: ${show(item)}`).join(", ")})`;
  if (value instanceof NodePath || value instanceof RID) return `${value.constructor.name}(${String(value)})`;
  const name = value.constructor?.name ?? "";
  const members = Object.entries(value).map(([key, item]) => `${key}: ${show(item)}`);
  return `${name === "Object" ? "" : name}{${members.join(", ")}}`;
}
