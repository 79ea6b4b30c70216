/**
 * Strings, arrays and dictionaries are JavaScript's own values in scripts, so what the engine can do with them is in functions
 * that take the value first: `GodotString.capitalize(text)`. The runtime and the typings both read this table.
 */

/** They would mark the engine's own array, of which JavaScript has a copy. */
const WITHOUT_EFFECT = ["make_read_only"];
/** They change the length, which JavaScript's typed arrays have for life. */
const RESIZING = ["append", "append_array", "clear", "erase", "insert", "push_back", "remove_at", "resize"];

/**
 * @typedef {{
 *   name: string,
 *   type: string,
 *   first: string,
 *   leftOut: readonly string[],
 *   doc: string,
 * }} Container `name` in "godot", `type` of the engine, `first` the name of the first parameter
 */

/**
 * @param {string} type
 * @param {string} first
 * @param {readonly string[]} [leftOut]
 * @returns {Container}
 */
function packed(type, first, leftOut = []) {
  const kind = leftOut.length > 0 ? "a typed array, whose length stays" : "an array";
  return { name: type, type, first, leftOut, doc: `What the engine can do with a ${type}, which is ${kind}.` };
}

/** @type {readonly Container[]} */
export const CONTAINERS = Object.freeze([
  { name: "GodotString", type: "String", first: "text", leftOut: [], doc: "What the engine can do with a string." },
  {
    name: "GodotArray",
    type: "Array",
    first: "array",
    leftOut: WITHOUT_EFFECT,
    doc: "What the engine can do with an array. Methods that change one change the array that they are given; arrays and dictionaries in it are then copies.",
  },
  {
    name: "GodotDictionary",
    type: "Dictionary",
    first: "dictionary",
    leftOut: WITHOUT_EFFECT,
    doc: "What the engine can do with a dictionary. Methods that change one change the object or Map that they are given; an object takes only strings for keys.",
  },
  packed("PackedByteArray", "bytes", RESIZING),
  packed("PackedInt32Array", "array", RESIZING),
  packed("PackedInt64Array", "array", RESIZING),
  packed("PackedFloat32Array", "array", RESIZING),
  packed("PackedFloat64Array", "array", RESIZING),
  packed("PackedStringArray", "array"),
  packed("PackedVector2Array", "array"),
  packed("PackedVector3Array", "array"),
  packed("PackedVector4Array", "array"),
  packed("PackedColorArray", "array"),
]);
