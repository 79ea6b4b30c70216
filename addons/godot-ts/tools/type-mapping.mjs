/**
 * How the engine's types read in TypeScript. "Out" is what the engine hands to a script (results, property values,
 * arguments of signals and virtual methods), "in" what a script may hand to the engine.
 */

/** @type {Readonly<Record<string, readonly [out: string, input: string]>>} */
const BUILTIN_TYPES = Object.freeze({
  Nil: ["null", "null"],
  void: ["void", "void"],
  bool: ["boolean", "boolean"],
  int: ["number", "number | bigint"],
  float: ["number", "number"],
  String: ["string", "string"],
  StringName: ["string", "string"],
  NodePath: ["NodePath", "NodePath | string"],
  Variant: ["Variant", "VariantInput"],
  Object: ["GodotObject", "GodotObject"],
  Array: ["Variant[]", "readonly VariantInput[]"],
  Dictionary: ["Dictionary", "DictionaryInput"],
  Callable: ["Callable", "CallableInput"],
  PackedByteArray: ["Uint8Array<ArrayBuffer>", "Uint8Array"],
  PackedInt32Array: ["Int32Array<ArrayBuffer>", "Int32Array"],
  PackedInt64Array: ["BigInt64Array<ArrayBuffer>", "BigInt64Array"],
  PackedFloat32Array: ["Float32Array<ArrayBuffer>", "Float32Array"],
  PackedFloat64Array: ["Float64Array<ArrayBuffer>", "Float64Array"],
  PackedStringArray: ["string[]", "readonly string[]"],
  PackedVector2Array: ["Vector2[]", "readonly Vector2[]"],
  PackedVector3Array: ["Vector3[]", "readonly Vector3[]"],
  PackedVector4Array: ["Vector4[]", "readonly Vector4[]"],
  PackedColorArray: ["Color[]", "readonly Color[]"],
});

/** Builtins that are JavaScript values in scripts, so the module has no class for them. */
export const NATIVE_BUILTINS = new Set([
  ...["Nil", "bool", "int", "float", "String", "StringName", "Array", "Dictionary"],
  ...Object.keys(BUILTIN_TYPES).filter((name) => name.startsWith("Packed")),
]);

/**
 * @typedef {{ isClass(name: string): boolean }} TypeNames says which names are engine classes (object types)
 * @typedef {"out" | "in"} Direction
 */

/**
 * The TypeScript type of an engine type, without `null` for objects.
 * @param {string} type as in `extension_api.json`: `"int"`, `"enum::Window.Mode"`, `"typedarray::Node"`, `"MeshA,MeshB"`...
 * @param {Direction} direction
 * @returns {string}
 */
export function mapType(type, direction) {
  const builtin = Object.hasOwn(BUILTIN_TYPES, type) ? BUILTIN_TYPES[type] : undefined;
  if (builtin) return builtin[direction === "out" ? 0 : 1];
  if (type.startsWith("enum::")) return type.slice("enum::".length);
  if (type.startsWith("bitfield::")) {
    const name = type.slice("bitfield::".length);
    return direction === "out" ? name : `${name} | number`;
  }
  if (type.startsWith("typedarray::")) return arrayOf(type.slice("typedarray::".length), direction);
  if (type.startsWith("typeddictionary::")) return mapType("Dictionary", direction);
  if (type.includes("*")) return "NativePointer";
  if (type.includes(",")) {
    // A property's hint: classes it takes, and with a minus those that it does not. TypeScript has no "but not".
    return type
      .split(",")
      .filter((name) => !name.startsWith("-"))
      .join(" | ");
  }
  return type;
}

/**
 * @param {string} element `"Node"`, or with type and hint numbers before the class: `"24/17:Font"`
 * @param {Direction} direction
 */
function arrayOf(element, direction) {
  const colon = element.indexOf(":");
  const name = colon >= 0 && /^\d+\/\d+$/.test(element.slice(0, colon)) ? element.slice(colon + 1) : element;
  const item = mapType(name === "" ? "Dictionary" : name, direction);
  const wrapped = /[ |]/.test(item) ? `(${item})` : item;
  return direction === "out" ? `${wrapped}[]` : `readonly ${wrapped}[]`;
}

/**
 * Whether an engine type is an object, which may be null.
 * @param {string} type
 * @param {TypeNames} names
 */
export function isObjectType(type, names) {
  return type === "Object" || names.isClass(type) || type.includes(",");
}

/** Words that cannot name a parameter in a module. */
const RESERVED = new Set(
  "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield".split(
    " ",
  ),
);

/**
 * A parameter's name as a valid identifier.
 * @param {string} name
 */
export function parameterName(name) {
  const identifier = name.replaceAll(/\W/g, "_");
  return RESERVED.has(identifier) ? `${identifier}_` : identifier;
}

/**
 * Whether a name can be used for an exported function or variable.
 * @param {string} name
 */
export function isReservedWord(name) {
  return RESERVED.has(name);
}
