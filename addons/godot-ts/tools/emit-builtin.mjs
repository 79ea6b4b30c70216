import { operatorMethodName } from "../src/operators.mjs";
import { callParameters, emitEnums, entryDoc } from "./emit-members.mjs";
import { mapType } from "./type-mapping.mjs";

/**
 * The declarations of one value type: constructors, members, constants, methods, operators as methods.
 * @param {import("./extension-api.mjs").ApiBuiltin} builtin
 * @param {import("./emit-members.mjs").EmitContext} context
 * @returns {string}
 */
export function emitBuiltin(builtin, context) {
  const { name } = builtin;
  let out = `${entryDoc({ ...builtin, description: builtin.brief_description ?? "" }, context, "")}export class ${name} {\n`;
  // Without it TypeScript would take a Vector3 for a Vector2: it has all its members.
  out += `  private readonly __godot_type: "${name}";\n`;
  for (const constant of builtin.constants ?? []) {
    const type = mapType(constant.type, "out");
    out += `${entryDoc(constant, context, "  ")}  static readonly ${constant.name}: ${type};\n`;
  }
  for (const { name: enumName, values } of builtin.enums ?? []) {
    for (const value of values) {
      out += `${entryDoc(value, context, "  ")}  static readonly ${value.name}: ${name}.${enumName}.${value.name};\n`;
    }
  }
  out += unique(
    (builtin.constructors ?? []).map((item) => [
      `constructor(${callParameters(plainInts(builtin, { name: "constructor", ...item }), context)});`,
      entryDoc(item, context, "  "),
    ]),
  );
  for (const member of builtin.members ?? []) {
    out += `${entryDoc(member, context, "  ")}  ${member.name}: ${mapType(member.type, "out")};\n`;
  }
  for (const method of builtin.methods ?? []) {
    const result = RESULTS[`${name}.${method.name}`] ?? mapType(method.return_type ?? "void", "out");
    const nullable = method.return_type === "Object" ? " | null" : "";
    const prefix = method.is_static ? "static " : "";
    out += `${entryDoc(method, context, "  ")}  ${prefix}${method.name}(${callParameters(plainInts(builtin, method), context)}): ${result}${nullable};\n`;
  }
  if ((builtin.members?.length ?? 0) > 0)
    out += `  /** A copy of its own, bound to no property. */\n  clone(): ${name};\n`;
  out += emitOperators(builtin, context);
  out += "}\n";
  const enums = builtin.enums ?? [];
  if (enums.length > 0) out += `export namespace ${name} {\n${emitEnums(enums, "  ", "enum")}}\n`;
  return out;
}

/**
 * The integers inside value types have 32 bits: a BigInt is never right there. Ids, in RID and Callable, have 64.
 * @template {{ arguments?: import("./extension-api.mjs").ApiArgument[] }} T
 * @param {import("./extension-api.mjs").ApiBuiltin} builtin
 * @param {T} method
 * @returns {T}
 */
function plainInts(builtin, method) {
  if ((builtin.members?.length ?? 0) === 0 || method.arguments === undefined) return method;
  const parameters = method.arguments.map((item) => (item.type === "int" ? { ...item, type: "float" } : item));
  return { ...method, arguments: parameters };
}

/** Results that can be past 2^53. */
const RESULTS = /** @type {Readonly<Record<string, string>>} */ (
  Object.freeze({
    "RID.get_id": "number | bigint",
    "Callable.get_object_id": "number | bigint",
    "Signal.get_object_id": "number | bigint",
  })
);

/**
 * @param {import("./extension-api.mjs").ApiBuiltin} builtin
 * @param {import("./emit-members.mjs").EmitContext} context
 */
function emitOperators(builtin, context) {
  /** @type {[string, string][]} */
  const entries = [];
  for (const operator of builtin.operators ?? []) {
    const method = operatorMethodName(operator.name);
    if (method === null) continue;
    // Comparing with anything is `==` with Variant; the narrower overloads would only repeat it.
    if (/^[=!]=$/.test(operator.name) && operator.right_type !== "Variant") continue;
    const right = operator.right_type === undefined ? "" : `right: ${operandType(operator.right_type)}`;
    entries.push([`${method}(${right}): ${mapType(operator.return_type, "out")};`, entryDoc(operator, context, "  ")]);
  }
  return unique(entries);
}

/** @param {string} type */
function operandType(type) {
  return type === "int" ? "number" : mapType(type, "in");
}

/**
 * Overloads that are the same in TypeScript (`int` and `float`) once, keeping the first comment. Overloads of a name
 * have to be adjacent.
 * @param {readonly (readonly [signature: string, doc: string])[]} entries
 */
function unique(entries) {
  /** @type {Map<string, Map<string, string>>} */
  const byName = new Map();
  for (const [signature, doc] of entries) {
    const name = signature.slice(0, signature.indexOf("("));
    const overloads = byName.get(name) ?? new Map();
    byName.set(name, overloads);
    if (!overloads.get(signature)) overloads.set(signature, doc);
  }
  return [...byName.values()]
    .flatMap((overloads) => [...overloads])
    .map(([signature, doc]) => `${doc}  ${signature}\n`)
    .join("");
}
