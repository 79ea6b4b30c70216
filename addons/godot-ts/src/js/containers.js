// What the engine can do with strings, arrays and dictionaries, as functions: `GodotString.capitalize(text)`.

const { lazy, operatorNumbers } = modules.values;

const kindBuiltin = 1;

/** The functions of `GodotString` and the like, each made at its first use; undefined for other names. */
function make(name) {
  const text = native.apiRecord(`container:${name}`);
  if (text === undefined) return undefined;
  const table = JSON.parse(text);
  const functions = {};
  for (const method in table.m)
    lazy(functions, method, () => native.makeMethod(kindBuiltin, name, method, table.m[method], false, table.t), true);
  for (const operator of table.o) {
    const number = operatorNumbers[operator];
    // Packed arrays of vectors are plain arrays here: the type says what the left one is.
    functions[operator] ??= { [operator]: (left, right) => native.evaluate(number, left, right, table.t) }[operator];
  }
  return functions;
}

/** Gives an array, Map or object the contents that a call of the engine left: it is the same one. */
function replaceContents(target, contents) {
  if (Object.isFrozen(target)) throw new TypeError("the array or dictionary is frozen: change a copy of it");
  if (Array.isArray(target)) {
    target.length = contents.length;
    for (const [index, item] of contents.entries()) target[index] = item;
  } else if (target instanceof Map) {
    const entries = contents instanceof Map ? [...contents] : Object.entries(contents);
    target.clear();
    for (const [key, value] of entries) target.set(key, value);
  } else {
    if (contents instanceof Map)
      throw new TypeError("an object has only strings for keys: use a Map for a dictionary with others");
    for (const key of Object.keys(target)) if (!Object.hasOwn(contents, key)) delete target[key];
    Object.assign(target, contents);
  }
}
native.setReplaceContents(replaceContents);

modules.containers = { make };
