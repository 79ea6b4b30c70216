// The types of exported properties and of signals' arguments: from `static exports` to what the inspector wants to know.

const { tableOf } = modules.classes;
const { classes: valueClasses } = modules.values;
const { variantTypes } = native;

const typeByName = new Map(
  variantTypes.flatMap((name, index) => [
    [name, index],
    [name.toLowerCase(), index],
  ]),
);
typeByName.set("Nil", 0).set("Variant", 39).set("variant", 39).set("boolean", 1).set("number", 3).set("string", 4);
const TYPE = { bool: 1, int: 2, float: 3, string: 4, object: 24, dictionary: 27, array: 28, variant: 39 };
const HINT = { none: 0, enum: 2, flags: 6, resource_type: 17, type_string: 23, node_type: 34 };

let hintNames;
/** `"range"` is PROPERTY_HINT_RANGE. */
function hintNumber(hint, where) {
  if (hint === undefined || typeof hint === "number") return hint;
  hintNames ??= JSON.parse(native.apiRecord("enum:PropertyHint"));
  const number = hintNames[`PROPERTY_HINT_${String(hint).toUpperCase()}`];
  if (number === undefined) throw new TypeError(`${where}: unknown hint "${hint}"`);
  return number;
}

/** The class that a class extends: one of the engine, or a script's with a name in the whole project. */
function parentClass(name) {
  const table = tableOf(name);
  if (table !== undefined) return table.p;
  const known = modules.classes.namespace.ProjectSettings.get_global_class_list();
  return known.find((entry) => entry.class === name)?.base;
}

/** An object's class says what the inspector offers: a resource of it, or a node of it. */
function objectHint(className) {
  for (let name = className; name; name = parentClass(name)) {
    if (name === "Resource") return HINT.resource_type;
    if (name === "Node") return HINT.node_type;
  }
  return HINT.none;
}

function objectType(className) {
  const hint = objectHint(className);
  return { type: TYPE.object, class_name: className, hint, hint_string: hint === HINT.none ? "" : className };
}

/** The names and values of a TypeScript enum, which has the way back from its numbers as well. */
const entriesOf = (values) => Object.entries(values).filter(([name]) => Number.isNaN(Number(name)));

function enumType(info, where) {
  const entries = entriesOf(info.enum ?? info.flags);
  const texts = entries.filter(([, value]) => typeof value === "string");
  if (texts.length === entries.length && info.flags === undefined)
    return { type: TYPE.string, class_name: "", hint: HINT.enum, hint_string: texts.map(([, text]) => text).join() };
  if (!entries.every(([, value]) => Number.isSafeInteger(value)))
    throw new TypeError(`${where}: expected an enum of integers, or of strings only, got ${JSON.stringify(entries)}`);
  const { GodotString } = modules.classes.namespace;
  const named = entries.map(([name, value]) => `${GodotString.capitalize(name)}:${value}`);
  return {
    type: TYPE.int,
    class_name: "",
    hint: info.flags === undefined ? HINT.enum : HINT.flags,
    hint_string: named.join(),
  };
}

/** What is in an array or dictionary, in the form that the inspector reads: `3/1:0,20,0.1`. */
function elementText(name, info, where) {
  const type = typeByName.get(name);
  if (type === TYPE.variant) return "0:";
  const hint = hintNumber(info.hint, where);
  if (type !== undefined && type !== TYPE.object)
    return hint === undefined ? `${type}:` : `${type}/${hint}:${info.hint_string ?? ""}`;
  const found = objectType(classOf(name, info, where));
  return `${TYPE.object}/${found.hint}:${found.hint_string}`;
}

/**
 * The type of what is in an array or dictionary, for the engine's own: `Array[int]` in GDScript takes no other. Those of script classes have
 * none, they are of anything to the engine.
 */
function elementType(name, info, where) {
  const type = typeByName.get(name);
  if (type !== undefined && type !== TYPE.object) return { type };
  const class_name = classOf(name, info, where) || "Object";
  return tableOf(class_name) === undefined ? undefined : { type: TYPE.object, class_name };
}

/** A class that can be the type of a property, by its name. */
function classOf(name, info, where) {
  if (name === "Object") return info.class_name ?? "";
  if (parentClass(name) === undefined) throw new TypeError(`${where}: unknown type "${name}"`);
  return name;
}

/** None if one of them has none. */
function typesOfElements(names, info, where) {
  const types = names.map((name) => elementType(name, info, where));
  return types.includes(undefined) || types.every(({ type }) => type === TYPE.variant) ? undefined : types;
}

function containerType(info, where) {
  const [, container, inside] = /^(Array|Dictionary)\[(.+)\]$/.exec(info.type) ?? [];
  if (container === undefined) return undefined;
  const names = inside.split(",").map((name) => name.trim());
  if (names.length !== (container === "Array" ? 1 : 2)) throw new TypeError(`${where}: unknown type "${info.type}"`);
  return {
    type: container === "Array" ? TYPE.array : TYPE.dictionary,
    class_name: "",
    hint: HINT.type_string,
    hint_string: names.map((name) => elementText(name, info, where)).join(";"),
    elements: typesOfElements(names, info, where),
  };
}

function declaredType(info, where) {
  const type = typeByName.get(info.type);
  if (type === TYPE.object && info.class_name) return objectType(info.class_name);
  if (type !== undefined) return { type, class_name: info.class_name ?? "" };
  return containerType(info, where) ?? objectType(classOf(info.type, info, where));
}

function typeOfValue(value) {
  if (typeof value === "boolean") return TYPE.bool;
  if (typeof value === "number") return TYPE.float;
  if (typeof value === "string") return TYPE.string;
  if (Array.isArray(value)) return TYPE.array;
  const valueType = value?.[native.typeSymbol];
  if (typeof valueType === "number") return valueType;
  return value !== null && typeof value === "object" ? TYPE.dictionary : TYPE.variant;
}

/**
 * Type, class and hint of an exported property or an argument: from its declaration, else from its initial value.
 * @throws {TypeError} that begins with `where`
 */
function propertyType(info, value, where) {
  if (info.enum !== undefined || info.flags !== undefined) return enumType(info, where);
  if (info.type !== undefined) return declaredType(info, where);
  if (info.class_name) return objectType(info.class_name);
  return { type: typeOfValue(value), class_name: "" };
}

/** The same with the hint that the declaration adds to it. */
function hintedType(info, value, where) {
  const found = propertyType(info, value, where);
  const hint = found.hint === HINT.type_string ? undefined : hintNumber(info.hint, where);
  return {
    type: found.type,
    hint: hint ?? found.hint ?? HINT.none,
    hint_string: (found.hint === HINT.type_string ? undefined : info.hint_string) ?? found.hint_string ?? "",
    elements: found.elements,
  };
}

/** Defaults of types that a field may leave undefined. */
function zeroOf(type) {
  switch (type) {
    case 1:
      return false;
    case 2:
    case 3:
      return 0;
    case 4:
    case 21:
      return "";
    case 27:
      return {};
    case 28:
    case 34:
    case 35:
    case 36:
    case 37:
    case 38:
      return [];
    case 29:
      return new Uint8Array();
    case 30:
      return new Int32Array();
    case 31:
      return new BigInt64Array();
    case 32:
      return new Float32Array();
    case 33:
      return new Float64Array();
    default: {
      const made = valueClasses[variantTypes[type]];
      return made && type !== 23 && type !== 25 && type !== 26 ? new made() : null;
    }
  }
}

modules.propertyTypes = { propertyType, hintedType, zeroOf, TYPE };
