// Turns the engine's extension_api.json into C++ source: one compact JSON text per class, built-in type and enum, which
// the runtime parses when a script first names it. Usage: node generate-api.mjs extension_api.json out.cpp
import { readFileSync, writeFileSync } from "node:fs";
import { CONTAINERS } from "./containers.mjs";
import { cppString } from "./cpp-string.mjs";
import { operatorMethodName } from "./operators.mjs";

const [, , input, output] = process.argv;
const api = JSON.parse(readFileSync(input, "utf8"));

/** Numbers are Variant types as in the engine; the three above them are ours (src/variant_types.h). */
const VARIANT = 39;
const VOID = 40;
const UNSUPPORTED = 41;
/** The engine lists its types in the order of their numbers, without Object, which is a class. */
const OBJECT = 24;
const variantTypes = api.builtin_classes.map((entry) => entry.name).toSpliced(OBJECT, 0, "Object");
const typeNumber = new Map(variantTypes.map((name, index) => [name, index]));
const numbered = api.global_enums.find((entry) => entry.name === "Variant.Type")?.values.length;
if (variantTypes.length + 1 !== numbered)
  throw new Error(`expected ${numbered} Variant types and their count, got ${variantTypes.length} and the count`);
const classNames = new Set(api.classes.map((entry) => entry.name));

/** A number for what a Variant type says, the class's name for objects. */
function encodeType(type) {
  if (type === undefined || type === "void") return VOID;
  if (type === "Variant") return VARIANT;
  if (type.startsWith("enum::") || type.startsWith("bitfield::")) return typeNumber.get("int");
  if (type.startsWith("typedarray::")) return typeNumber.get("Array");
  if (type.startsWith("typeddictionary::")) return typeNumber.get("Dictionary");
  const number = typeNumber.get(type);
  if (number !== undefined) return number;
  return classNames.has(type) ? type : UNSUPPORTED;
}

/** An argument's type: of an array whose elements have one, "[]" and that. */
function encodeArgumentType(type) {
  if (!type.startsWith("typedarray::")) return encodeType(type);
  const element = encodeType(type.slice("typedarray::".length));
  return element === UNSUPPORTED ? encodeType("Array") : `[]${element}`;
}

const FLAG = { static: 1, vararg: 2, const: 4 };

/** [hash, flags, return type, [argument types], required arguments, [argument names], [defaults as the engine writes them]] */
function encodeMethod(method) {
  const args = method.arguments ?? [];
  const flags =
    (method.is_static ? FLAG.static : 0) | (method.is_vararg ? FLAG.vararg : 0) | (method.is_const ? FLAG.const : 0);
  const required = args.filter((arg) => arg.default_value === undefined).length;
  const result = method.return_value?.type ?? method.return_type;
  return [
    method.hash ?? 0,
    flags,
    encodeType(result),
    args.map((arg) => encodeArgumentType(arg.type)),
    required,
    args.map((arg) => arg.name),
    args.slice(required).map((arg) => arg.default_value),
  ];
}

const encodeEnums = (enums) =>
  Object.fromEntries(
    (enums ?? []).map((entry) => [entry.name, Object.fromEntries(entry.values.map((item) => [item.name, item.value]))]),
  );

/**
 * Classes are numbered so that those that extend a class follow it: [its number, how many extend it]. Whether an object is of a class is then one
 * comparison.
 */
const classRanges = new Map();
function numberClasses(parent) {
  for (const { name, inherits = "" } of api.classes) {
    if (inherits !== parent) continue;
    const number = classRanges.size;
    classRanges.set(name, [number, 0]);
    numberClasses(name);
    classRanges.set(name, [number, classRanges.size - number - 1]);
  }
}
numberClasses("");

function encodeClass(entry) {
  const methods = entry.methods ?? [];
  return {
    p: entry.inherits ?? "",
    n: classRanges.get(entry.name),
    r: entry.is_refcounted ? 1 : 0,
    i: entry.is_instantiable ? 1 : 0,
    m: Object.fromEntries(
      methods.filter((method) => !method.is_virtual).map((method) => [method.name, encodeMethod(method)]),
    ),
    v: methods.filter((method) => method.is_virtual).map((method) => method.name),
    q: (entry.properties ?? []).map((property) => [
      property.name,
      property.getter ?? "",
      property.setter ?? "",
      property.index ?? -1,
    ]),
    g: (entry.signals ?? []).map((signal) => signal.name),
    e: encodeEnums(entry.enums),
    c: Object.fromEntries((entry.constants ?? []).map((constant) => [constant.name, constant.value])),
  };
}

function encodeBuiltin(entry) {
  return {
    t: typeNumber.get(entry.name),
    m: Object.fromEntries((entry.methods ?? []).map((method) => [method.name, encodeMethod(method)])),
    k: (entry.constants ?? []).map((constant) => constant.name),
    e: encodeEnums(entry.enums),
  };
}

const FLAG_TAKES_VALUE = 8; // the value is the first argument, not `this`

function encodeContainer({ type, first, leftOut }) {
  const entry = api.builtin_classes.find((builtin) => builtin.name === type);
  const methods = entry.methods.filter((method) => !leftOut.includes(method.name));
  return {
    t: typeNumber.get(type),
    m: Object.fromEntries(methods.map((method) => [method.name, encodeFunction(method, type, first)])),
    o: [...new Set(entry.operators.map((operator) => operatorMethodName(operator.name)))].filter((it) => it !== null),
  };
}

/** A method as a function of the value. */
function encodeFunction(method, type, first) {
  const [hash, flags, result, types, required, names, defaults] = encodeMethod(method);
  if (flags & FLAG.static) return [hash, flags, result, types, required, names, defaults];
  return [
    hash,
    flags | FLAG_TAKES_VALUE,
    result,
    [typeNumber.get(type), ...types],
    required + 1,
    [first, ...names],
    defaults,
  ];
}

const records = [];
const add = (kind, name, value) => records.push([`${kind}:${name}`, JSON.stringify(value)]);
for (const entry of api.classes) add("class", entry.name, encodeClass(entry));
for (const entry of api.builtin_classes) add("type", entry.name, encodeBuiltin(entry));
for (const entry of CONTAINERS) add("container", entry.name, encodeContainer(entry));
for (const entry of api.global_enums)
  add("enum", entry.name, Object.fromEntries(entry.values.map((item) => [item.name, item.value])));
for (const entry of api.global_enums) for (const item of entry.values) add("const", item.name, item.value);
for (const entry of api.utility_functions) add("function", entry.name, encodeMethod(entry));
for (const entry of api.singletons) add("singleton", entry.name, entry.type);

// One name may be a class, a singleton and an enum value at once; the runtime asks for the kinds in its own order.
const unique = new Map(records);
const sorted = [...unique].sort(([a], [b]) => (a < b ? -1 : 1));
const lines = sorted.map(([name, text]) => `  {${cppString(name)}, ${cppString(text)}, ${Buffer.byteLength(text)}},`);
writeFileSync(
  output,
  `// Generated by src/generate-api.mjs from Godot ${api.header.version_full_name}.
#include "api_data.h"
namespace gts {
const ApiRecord api_records[] = {
${lines.join("\n")}
};
const size_t api_record_count = ${sorted.length};
const char *const api_precision = "${api.header.precision}";
} // namespace gts
`,
);
