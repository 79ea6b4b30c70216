// The engine's classes, singletons, enums and functions: each made when a script first names it.

const {
  classes: valueClasses,
  bound,
  leafCount,
  packCode,
  unpackCode,
  memberCodes,
  unsoundCode,
  nameOfType,
  lazy,
} = modules.values;

const BOOL = 1;
const INT = 2;
const FLOAT = 3;
const RID = 23;
const VARIANT = 39;
const VOID = 40;
const kindObject = 0;
const kindUtility = 2;
const FLAG_STATIC = 1;
const FLAG_VARARG = 2;

const engineClasses = new Map();
const tables = new Map();

/** The compact table of a class (generate-api.mjs says what the letters mean), undefined for unknown names. */
function tableOf(name) {
  let table = tables.get(name);
  if (table === undefined) {
    const text = native.apiRecord(`class:${name}`);
    if (text === undefined) return undefined;
    table = JSON.parse(text);
    tables.set(name, table);
  }
  return table;
}

const isMath = (type) => nameOfType(type) !== undefined;
const isPackable = (type) => type === BOOL || type === INT || type === FLOAT || type === RID || isMath(type);

/** Whether numbers and math values make it worth to pass arguments through the scratch. */
function wantsGlue([, flags, result, args]) {
  if (flags & (FLAG_VARARG | FLAG_STATIC)) return false;
  if (args.length > 15) return false;
  const gains = (type) => type === FLOAT || type === RID || isMath(type);
  return gains(result) || args.some(gains);
}

/** A method's name as the name of its function, where JavaScript's grammar allows that (not GDScript.new). */
const functionName = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) && !reservedWords.has(name) ? name : "method");
const reservedWords = new Set(
  "await break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return static super switch this throw true try typeof var void while with yield".split(
    " ",
  ),
);

/** Code that checks argument `a` of a type and puts it into the scratch; `bail` is what to do if it is not one. */
function argumentCode(type, a, offset) {
  if (type === FLOAT) return { check: `typeof ${a} !== "number"`, store: `S[${offset}] = ${a};`, size: 1 };
  if (type === INT)
    return { check: `typeof ${a} !== "number" || (${a} | 0) !== ${a}`, store: `S[${offset}] = ${a};`, size: 1 };
  if (type === BOOL) return { check: `typeof ${a} !== "boolean"`, store: `S[${offset}] = ${a} ? 1 : 0;`, size: 1 };
  if (type === RID)
    return {
      check: `!(${a} instanceof RID)`,
      store: `S[${offset}] = ${a}._low; S[${offset + 1}] = ${a}._high;`,
      size: 2,
    };
  const name = nameOfType(type);
  // The slow way says what is wrong.
  const check = `!(${a} instanceof ${name}) || ${unsoundCode(name, a)}`;
  return { check, store: packCode(name, a, offset), size: leafCount(name) };
}

function resultCode(type) {
  if (type === VOID) return "";
  if (type === FLOAT) return "return S[0];";
  if (type === RID) return "return rid();";
  return isMath(type) ? `return ${unpackCode(nameOfType(type))};` : "return result;";
}

const readRid = () => {
  const rid = new valueClasses.RID();
  rid._low = native.scratch[0];
  rid._high = native.scratch[1];
  return rid;
};
const glueScope = { S: native.scratch, rid: readRid };
const valueNames = [...Object.keys(modules.values.specs), "RID"];

/**
 * Compiles the source of a function. What it uses of `scope` becomes constants around it: V8 folds those into the
 * optimised code, which it cannot do with parameters.
 */
function compile(source, scope) {
  const occurs = (name) => new RegExp(`\\b${name}\\b`).test(source);
  const given = Object.keys(scope).filter(occurs).join(", ");
  const values = valueNames.filter(occurs).join(", ");
  const body = `const { ${given} } = scope; const { ${values} } = values; return ${source};`;
  return new Function("scope", "values", body)(scope, valueClasses);
}

/**
 * A method that passes numbers and math values through the scratch. One source per method, not per signature: V8
 * optimises a function by what it has seen, and shared code would have seen every method.
 */
function makeGlue(owner, name, spec) {
  const slow = native.makeMethod(kindObject, owner, name, spec, false);
  const parameters = spec[3].map((_, index) => `a${index}`);
  const bail = "return slow.apply(this, arguments);";
  return glue(owner, name, spec, { slow, parameters, bail, first: 0, nothing: "" });
}

/**
 * The same for `node.call("name", ...)`, which takes the arguments as they are written here where a method of the engine is meant, and
 * where they are just what it takes. All else goes the general way: methods of scripts, values that the engine would convert, errors.
 */
function makeDirect(owner, name, spec, general) {
  const parameters = ["name", ...spec[3].map((_, index) => `a${index}`)];
  const bail = "return slow.apply(this, arguments);";
  const check = "!isEngines.call(this, name)";
  return glue(owner, name, spec, { slow: general, parameters, bail, first: 1, check, nothing: "return null;" });
}

function glue(owner, name, spec, { slow, parameters, bail, first, check, nothing }) {
  const [, , result, types] = spec;
  const raw = native.makeMethod(kindObject, owner, name, spec, true);
  const checks = [`arguments.length !== ${types.length + first}`];
  const stores = [];
  const passed = [];
  let offset = 0;
  for (const [index, type] of types.entries()) {
    const parameter = parameters[index + first];
    if (!isPackable(type)) {
      passed.push(parameter);
      continue;
    }
    const code = argumentCode(type, parameter, offset);
    checks.push(code.check);
    stores.push(code.store);
    offset += code.size;
  }
  if (check !== undefined) checks.push(check);
  const packedResult = result === FLOAT || result === RID || isMath(result);
  const call = `raw.call(${["this", ...passed].join(", ")});`;
  const source = `function ${functionName(name)}(${parameters.join(", ")}) {
    if (${checks.join(" || ")}) ${bail}
    ${stores.join(" ")}
    ${packedResult || result === VOID ? call : `const result = ${call}`}
    ${result === VOID ? nothing : resultCode(result)}
  }`;
  return compile(source, { ...glueScope, slow, raw, isEngines: native.isEnginesMethod });
}

const VARARG_PACKED = 5;
const typeSymbol = native.typeSymbol;

/**
 * Per Variant type of a math value or RID: writes one to the scratch at an offset, returns the offset after it; -1 if a member is no
 * number, which the slow way says.
 */
const packers = [];
function packer(type) {
  if (packers[type]) return packers[type];
  const name = nameOfType(type);
  const stores = name
    ? `if (${unsoundCode(name, "v")}) return -1; ${packCode(name, "v", "o")}`
    : "S[o] = v._low; S[o + 1] = v._high;";
  const source = `return (v, o) => { ${stores} return o + ${name ? leafCount(name) : 2}; };`;
  packers[type] = new Function("S", source)(native.scratch);
  return packers[type];
}

/** Puts argument `index` of a vararg method into the scratch if it is a math value; returns the offset after it. */
function packVariant(value, index, offset) {
  const type = typeof value === "object" && value !== null ? value[typeSymbol] : undefined;
  native.scratch[index] = type ?? 0;
  return type === undefined ? offset : packer(type)(value, offset);
}

/** A method like `call` and `emit_signal`, whose math values pass through the scratch. */
function makeVarargGlue(owner, name, spec) {
  const slow = native.makeMethod(kindObject, owner, name, spec, false);
  const raw = native.makeMethod(kindObject, owner, name, spec, true);
  const fixed = spec[3].length;
  const all = Array.from({ length: VARARG_PACKED }, (_, index) => `a${index}`);
  const cases = [];
  for (let count = 0; count <= VARARG_PACKED; count++) {
    const passed = ["this", ...all.slice(0, count)].join(", ");
    if (count <= fixed) {
      cases.push(`case ${count}: return slow.call(${passed});`);
      continue;
    }
    const clear = all.map((_, index) => (index < fixed || index >= count ? `S[${index}] = 0;` : "")).join(" ");
    const packs = all
      .slice(fixed, count)
      .map((argument, index) => `o = pack(${argument}, ${fixed + index}, o); if (o < 0) return slow.call(${passed});`)
      .join(" ");
    const anyMath = all
      .slice(fixed, count)
      .map((argument) => `typeof ${argument} === "object"`)
      .join(" || ");
    cases.push(
      `case ${count}: { if (!(${anyMath})) return slow.call(${passed}); let o = ${VARARG_PACKED}; ${clear} ${packs} return raw.call(${passed}); }`,
    );
  }
  return compile(
    `function ${functionName(name)}(${all.join(", ")}) {
      switch (arguments.length) {
        ${cases.join("\n")}
      }
      return slow.apply(this, arguments);
    }`,
    { slow, raw, S: native.scratch, pack: packVariant },
  );
}

/** Of each class, the methods that `call` takes directly: by their names, null for all other names. */
const directSymbol = Symbol("direct methods");
/** Names in programs are few; those that are put together at run time could be any number. */
const MOST_DIRECT = 1024;

class DirectMethods extends Map {
  constructor(className) {
    super();
    this.className = className;
  }
  find(name, general) {
    const found = typeof name === "string" ? findMethod(this.className, name) : undefined;
    const takes = found !== undefined && wantsGlue(found.spec) && found.spec[3].every(isPackable);
    if (this.size >= MOST_DIRECT) this.clear();
    const direct = takes ? makeDirect(found.owner, name, found.spec, general) : null;
    this.set(name, direct);
    return direct;
  }
}

/** `call` of Object. Its fixed argument is the name of a method. */
function makeCall(owner, name, spec) {
  const general = makeVarargGlue(owner, name, spec);
  const cases = [0, 1, 2, 3].map((count) => {
    const passed = ["this", "name", ...["a0", "a1", "a2"].slice(0, count)].join(", ");
    return `case ${count + 1}: return direct.call(${passed});`;
  });
  return compile(
    `function call(name, a0, a1, a2) {
      const known = this[directSymbol];
      if (known !== undefined) {
        const found = known.get(name);
        const direct = found === undefined ? known.find(name, general) : found;
        if (direct !== null) switch (arguments.length) { ${cases.join(" ")} }
      }
      return general.apply(this, arguments);
    }`,
    { directSymbol, general },
  );
}

/** The engine takes any Variant here and, where that is no script, takes the object's script away. */
function makeSetScript(owner, name, spec) {
  const set = native.makeMethod(kindObject, owner, name, spec, false);
  return function set_script(script, ...more) {
    if (script === null || script instanceof engineClass("Script")) return set.call(this, script, ...more);
    throw new TypeError(
      `Object.set_script: parameter 'script' must be a Script or null, got ${native.describe(script)}`,
    );
  };
}

function makeMethod(owner, name, spec) {
  if (owner === "Object" && name === "call") return makeCall(owner, name, spec);
  if (owner === "Object" && name === "set_script") return makeSetScript(owner, name, spec);
  const [, flags, , args] = spec;
  if (flags & FLAG_VARARG && !(flags & FLAG_STATIC) && args.length < VARARG_PACKED)
    return makeVarargGlue(owner, name, spec);
  return wantsGlue(spec) ? makeGlue(owner, name, spec) : native.makeMethod(kindObject, owner, name, spec, false);
}

/** Finds a method's table entry in a class or its ancestors: properties may name an inherited getter. */
function findMethod(className, method) {
  for (let name = className; name; name = tableOf(name)?.p) {
    const spec = tableOf(name)?.m[method];
    if (spec) return { owner: name, spec };
  }
  return undefined;
}

const refuse = () => {
  throw new TypeError("this Map is a copy of a property: change a copy of your own and assign it");
};

/**
 * An array or dictionary of a property is a copy, in which a change would be lost: it refuses to be changed, and so do those in it.
 * What a method returns is the caller's own.
 */
function frozen(value) {
  if (value instanceof Map) {
    for (const item of value.values()) frozen(item);
    Object.assign(value, { set: refuse, delete: refuse, clear: refuse });
  } else if (Array.isArray(value)) {
    for (const item of value) if (typeof item === "object") frozen(item);
    Object.freeze(value);
  } else if (value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
    for (const key in value) frozen(value[key]);
    Object.freeze(value);
  }
  return value;
}

const DICTIONARY = 27;
const ARRAY = 28;
const PACKED_STRINGS = 34;
const isCopied = (type) => type === ARRAY || type === DICTIONARY || (type >= PACKED_STRINGS && type < VARIANT);

/** The accessors of a property, made at first use. Math values come back bound: writing a member writes the property. */
function makeAccessors(className, property, getterName, setterName, index, prototype) {
  const getter = getterName && findMethod(className, getterName);
  const setter = setterName && findMethod(className, setterName);
  const prefix = index >= 0 ? [index] : [];
  let get;
  let set;
  if (getter) {
    const read = prototype[getterName];
    const type = getter.spec[2];
    if (isMath(type) && setter && index < 0)
      get = makeBoundGetter(nameOfType(type), getter, getterName, read, prototype[setterName]);
    else if (isCopied(type))
      get = {
        [property]() {
          return frozen(read.call(this, ...prefix));
        },
      }[property];
    else if (index >= 0)
      get = {
        [property]() {
          return read.call(this, index);
        },
      }[property];
    else
      get = {
        [property]() {
          return read.call(this);
        },
      }[property];
  } else {
    get = {
      [property]() {
        return this.get(property);
      },
    }[property];
  }
  if (setter) {
    const write = prototype[setterName];
    set =
      index >= 0
        ? function (value) {
            write.call(this, ...prefix, value);
          }
        : write;
  } else if (!setterName) {
    set = () => {
      throw new TypeError(`${className}.${property} is read-only`);
    };
  } else {
    set = function (value) {
      this.set(property, value);
    };
  }
  return { get, set, configurable: true, enumerable: false };
}

/** Reads the numbers where the engine left them: a value in between would cost as much as the call. */
function makeBoundGetter(type, getter, getterName, read, write) {
  const link = { get: (owner) => read.call(owner), set: (owner, value) => write.call(owner, value) };
  const raw = native.makeMethod(kindObject, getter.owner, getterName, getter.spec, true);
  const source = `function () {
    raw.call(this);
    return new Bound(${memberCodes(type).join(", ")}, this, link);
  }`;
  return compile(source, { raw, S: native.scratch, Bound: bound[type], link });
}

function defineProperty(className, prototype, [property, getter, setter, index]) {
  const materialise = () => {
    const accessors = makeAccessors(className, property, getter, setter, index, prototype);
    Object.defineProperty(prototype, property, accessors);
    return accessors;
  };
  Object.defineProperty(prototype, property, {
    configurable: true,
    get() {
      return materialise().get.call(this);
    },
    set(value) {
      materialise().set.call(this, value);
    },
  });
}

const noVirtual = () => undefined;
/** Virtual methods of Object that the engine's tables leave out. */
const objectVirtuals = [
  "_notification",
  "_get",
  "_set",
  "_get_property_list",
  "_validate_property",
  "_property_can_revert",
  "_property_get_revert",
  "_to_string",
];

function defineConstants(target, table) {
  for (const name in table.c)
    Object.defineProperty(target, name, { value: table.c[name], enumerable: true, configurable: true });
  for (const group in table.e) {
    const values = table.e[group];
    if (!Object.hasOwn(target, group))
      Object.defineProperty(target, group, {
        value: Object.freeze({ ...values }),
        enumerable: true,
        configurable: true,
      });
    for (const name in values)
      Object.defineProperty(target, name, { value: values[name], enumerable: true, configurable: true });
  }
}

/**
 * 0: by anyone, 1: not at all, 2: a singleton, whose place a second one would take, 3: heirs of one (PhysicsServer2DExtension),
 * which do the same and have nothing behind their methods: only by extending them.
 */
function constructibility(name, table) {
  const isSingleton = (className) => native.apiRecord(`singleton:${className}`) !== undefined;
  if (isSingleton(name)) return 2;
  if (table.i !== 1) return 1;
  for (let parent = table.p; parent; parent = tableOf(parent)?.p) if (isSingleton(parent)) return 3;
  return 0;
}

/** The JavaScript class of an engine class; undefined for a name that the tables lack. */
function engineClass(name) {
  const known = engineClasses.get(name);
  if (known) return known;
  const table = tableOf(name);
  if (table === undefined) return undefined;
  const parent = table.p ? engineClass(table.p) : native.BaseObject;
  const made = native.makeClass(name, parent, table.r === 1, constructibility(name, table), ...table.n);
  engineClasses.set(name, made);
  const prototype = made.prototype;
  for (const method in table.m) {
    const spec = table.m[method];
    lazy(spec[1] & FLAG_STATIC ? made : prototype, method, () => makeMethod(name, method, spec));
  }
  // A script may say super._ready(); has_method looks at script classes only, so these are never called by the engine.
  for (const method of table.v)
    Object.defineProperty(prototype, method, { value: noVirtual, writable: true, configurable: true });
  for (const property of table.q) if (!Object.hasOwn(table.m, property[0])) defineProperty(name, prototype, property);
  // At once: V8 stops inlining the methods of a prototype that gets something new while they are in use.
  Object.defineProperty(prototype, directSymbol, { value: new DirectMethods(name) });
  defineConstants(made, table);
  if (name === "Object") addObjectMembers(prototype);
  return made;
}

function addObjectMembers(prototype) {
  for (const method of objectVirtuals)
    Object.defineProperty(prototype, method, { value: noVirtual, writable: true, configurable: true });
  Object.defineProperty(prototype, "to_signal", {
    configurable: true,
    writable: true,
    value: function to_signal(signal) {
      if (typeof signal !== "string")
        throw new TypeError(`Object.to_signal: parameter 'signal' must be a string, got ${native.describe(signal)}`);
      return new Promise((resolve, reject) => {
        const className = this.constructor.name;
        const error = native.connectOnce(
          this,
          signal,
          (...args) => resolve(args),
          () =>
            reject(
              new modules.errors.ObjectFreedError(
                `${className}.to_signal("${signal}"): the object was freed before the signal came`,
              ),
            ),
        );
        if (error !== 0) reject(new Error(`${className}.to_signal: there is no signal "${signal}"`));
      });
    },
  });
  Object.defineProperty(prototype, Symbol.for("nodejs.util.inspect.custom"), {
    configurable: true,
    value() {
      return native.isInstanceValid(this) ? this.to_string() : `<freed ${this.constructor.name}>`;
    },
  });
  Object.defineProperty(prototype, "toString", {
    configurable: true,
    writable: true,
    value() {
      return native.isInstanceValid(this) ? this.to_string() : `<freed ${this.constructor.name}>`;
    },
  });
}

/** The nearest class that the tables know, for objects of other extensions and of internal classes. */
function classForName(name) {
  for (let current = name; current; ) {
    const found = engineClass(current);
    if (found) return found;
    const parent = engineClass("Object") && namespace.ClassDB.get_parent_class(current);
    current = typeof parent === "string" ? parent : "";
  }
  return engineClass("Object");
}

function makeSingleton(name) {
  const object = native.getSingleton(name);
  if (object === null) return undefined;
  for (let className = object.constructor.name; className; className = tableOf(className)?.p)
    defineConstants(object, tableOf(className) ?? {});
  return object;
}

/** Functions of numbers and vectors that have no other way to refuse values than to return null or the text of an error. */
const refusing = new Set(["abs", "ceil", "clamp", "floor", "lerp", "max", "min", "round", "sign", "snapped", "wrap"]);
function refusingUtility(name, call) {
  return {
    [name](...values) {
      const result = call(...values);
      const isText = typeof result === "string";
      if (result !== null && !isText) return result;
      const given = values.map((value) => native.describe(value)).join(", ");
      throw new TypeError(`${name}: cannot take (${given})${isText ? `: ${result}` : ""}`);
    },
  }[name];
}

const utilities = new Map();
function utility(name) {
  let found = utilities.get(name);
  if (found === undefined) {
    const text = native.apiRecord(`function:${name}`);
    if (text === undefined) return undefined;
    found = native.makeMethod(kindUtility, "", name, JSON.parse(text), false);
    if (refusing.has(name)) found = refusingUtility(name, found);
    utilities.set(name, found);
  }
  return found;
}
modules.utility = utility;

/** `Variant.Type` and the like: an enum inside a name that is no class. */
function scopedEnums(scope) {
  const names = native.apiNames(`enum:${scope}.`);
  if (names.length === 0) return undefined;
  return Object.freeze(Object.fromEntries(names.map((name) => [name, enumeration(`${scope}.${name}`)])));
}

function enumeration(name) {
  const text = native.apiRecord(`enum:${name}`);
  return text === undefined ? undefined : Object.freeze(JSON.parse(text));
}

const own = {
  GodotObject: () => engineClass("Object"),
  ObjectFreedError: () => modules.errors.ObjectFreedError,
  is_instance_valid: () => native.isInstanceValid,
  instance_from_id: () => native.instanceFromId,
};

/** What `import { name } from "godot"` gives; undefined if there is no such name. */
function lookUp(name) {
  if (Object.hasOwn(own, name)) return own[name]();
  if (Object.hasOwn(valueClasses, name)) return valueClasses[name];
  if (native.apiRecord(`singleton:${name}`) !== undefined) return makeSingleton(name);
  const constant = native.apiRecord(`const:${name}`);
  if (constant !== undefined) return JSON.parse(constant);
  return engineClass(name) ?? modules.containers.make(name) ?? utility(name) ?? enumeration(name) ?? scopedEnums(name);
}

const cache = new Map();
/** The whole of "godot" as one object, each name looked up when it is first read. */
const namespace = new Proxy(Object.create(null), {
  get(_, name) {
    if (typeof name !== "string") return undefined;
    if (!cache.has(name)) cache.set(name, lookUp(name));
    return cache.get(name);
  },
  has(_, name) {
    return namespace[name] !== undefined;
  },
});

modules.classes = { engineClass, engineClasses, classForName, namespace, tableOf };
