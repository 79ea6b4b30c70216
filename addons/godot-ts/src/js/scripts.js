// Script classes: from the module of a `.ts` file to what the engine wants to know about the class in it.

const { engineClasses, classForName } = modules.classes;

const USAGE_DEFAULT = 6;
const USAGE_GROUP = 64;
const USAGE_CATEGORY = 128;
const USAGE_SUBGROUP = 256;
const USAGE_SCRIPT_VARIABLE = 4096;
const USAGE_NIL_IS_VARIANT = 131072;

const isEngineClass = (made) => engineClasses.get(made.name) === made;

/** A script class and its script ancestors, the oldest first; and the engine class under them. */
function lineage(made) {
  const chain = [];
  let current = made;
  while (typeof current === "function" && current.prototype !== undefined && !isEngineClass(current)) {
    chain.unshift(current);
    current = Object.getPrototypeOf(current);
  }
  return { chain, base: typeof current === "function" && current.prototype !== undefined ? current : undefined };
}

/** What a static field of a class must be: an object whose keys are names. */
function entriesOf(made, field, example) {
  const value = made[field];
  const where = `${made.name}.${field}`;
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new TypeError(`${where} must be an object like ${example}, got ${native.describe(value)}`);
  const entries = Object.entries(value);
  for (const [name] of entries)
    if (name.includes("\0"))
      throw new TypeError(`${where}: a name must not have a NUL character, got ${JSON.stringify(name)}`);
  return entries;
}

/** The class of the engine that has a property of this name, which an exported one would hide from scripts but not from the engine. */
function ownerOfProperty(base, name) {
  for (let table = base; table; table = modules.classes.tableOf(table)?.p)
    if (modules.classes.tableOf(table)?.q.some(([property]) => property === name)) return table;
  return undefined;
}

function describeProperties(chain, defaults, base) {
  const { hintedType, zeroOf, TYPE } = modules.propertyTypes;
  const properties = new Map();
  for (const made of chain) {
    if (!Object.hasOwn(made, "exports")) continue;
    for (const [name, info] of entriesOf(made, "exports", '{ speed: { type: "float" } }')) {
      const where = `${made.name}.exports.${name}`;
      if (info === null || typeof info !== "object")
        throw new TypeError(`${where} must be an object like { type: "float" }, got ${native.describe(info)}`);
      const owner = ownerOfProperty(base.name, name);
      if (owner !== undefined) throw new TypeError(`${where}: ${owner} has a property of this name: choose another`);
      for (const [key, usage] of [
        ["category", USAGE_CATEGORY],
        ["group", USAGE_GROUP],
        ["subgroup", USAGE_SUBGROUP],
      ]) {
        if (typeof info[key] !== "string") continue;
        properties.set(`${key} ${name}`, {
          name: info[key],
          owner: pathOfClass(made) ?? "",
          class_name: "",
          hint_string: "",
          type: 0,
          hint: 0,
          usage,
          member: false,
        });
      }
      const value = initialValue(defaults, name);
      const { type, hint, hint_string, elements } = hintedType(info, value, where);
      const usage =
        info.usage ?? USAGE_DEFAULT | USAGE_SCRIPT_VARIABLE | (type === TYPE.variant ? USAGE_NIL_IS_VARIANT : 0);
      properties.set(name, {
        name,
        owner: pathOfClass(made) ?? "",
        type,
        class_name: "",
        hint,
        hint_string,
        elements,
        usage,
        member: true,
        default_value: value === undefined ? zeroOf(type) : value,
      });
    }
  }
  return [...properties.values()];
}

function describeSignals(chain) {
  const signals = new Map();
  for (const made of chain) {
    if (!Object.hasOwn(made, "signals")) continue;
    for (const [name, args] of entriesOf(made, "signals", '{ hit: [{ name: "by", type: "Object" }] }')) {
      if (!Array.isArray(args))
        throw new TypeError(
          `${made.name}.signals.${name} must be an array of { name, type }, got ${native.describe(args)}`,
        );
      signals.set(name, {
        name,
        arguments: args.map((argument, index) => {
          if (typeof argument?.name !== "string")
            throw new TypeError(
              `${made.name}.signals.${name}[${index}] must be an object like { name: "by", type: "Object" }, got ${native.describe(argument)}`,
            );
          const { type, class_name } = modules.propertyTypes.propertyType(
            argument,
            undefined,
            `${made.name}.signals.${name}`,
          );
          return { name: argument.name, type, class_name };
        }),
      });
    }
  }
  return [...signals.values()];
}

/** All methods that the script classes define, the youngest definition of each. */
function describeMethods(chain) {
  const methods = new Map();
  for (const made of chain) {
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(made.prototype))) {
      if (
        name === "constructor" ||
        typeof property.value !== "function" ||
        (modules.reload.enabled && modules.liveSource.isMade(name))
      )
        continue;
      methods.set(name, { name, function: property.value, length: property.value.length });
    }
  }
  return [...methods.values()];
}

const rpcModes = { disabled: 0, any_peer: 1, authority: 2 };
const transferModes = { unreliable: 0, unreliable_ordered: 1, reliable: 2 };

/** The engine's number for a word, or that number itself. */
function oneOf(words, value, where) {
  if (Object.hasOwn(words, value)) return words[value];
  if (Object.values(words).includes(value)) return value;
  const given = typeof value === "string" ? JSON.stringify(value) : native.describe(value);
  throw new TypeError(`${where} must be one of ${Object.keys(words).join(", ")}, got ${given}`);
}

function describeRpc(chain) {
  const config = {};
  for (const made of chain) {
    if (!Object.hasOwn(made, "rpc_config")) continue;
    for (const [method, info] of entriesOf(made, "rpc_config", '{ shoot: { rpc_mode: "any_peer" } }')) {
      const where = `${made.name}.rpc_config.${method}`;
      if (info === null || typeof info !== "object")
        throw new TypeError(`${where} must be an object like { rpc_mode: "any_peer" }, got ${native.describe(info)}`);
      const { call_local = false, channel = 0 } = info;
      if (typeof call_local !== "boolean")
        throw new TypeError(`${where}.call_local must be a boolean, got ${native.describe(call_local)}`);
      if (!Number.isInteger(channel) || channel < 0)
        throw new TypeError(`${where}.channel must be an integer from 0, got ${native.describe(channel)}`);
      config[method] = {
        rpc_mode: oneOf(rpcModes, info.rpc_mode ?? "authority", `${where}.rpc_mode`),
        transfer_mode: oneOf(transferModes, info.transfer_mode ?? "unreliable", `${where}.transfer_mode`),
        call_local,
        channel,
      };
    }
  }
  return Object.keys(config).length > 0 ? config : null;
}

/** Initial values of the fields, from an instance without an engine object. Fields that need the engine have no default. */
function initialValues(made) {
  try {
    return native.constructDetached(made) ?? {};
  } catch {
    return {};
  }
}

/** An accessor that needs the engine has no default either. */
function initialValue(values, name) {
  try {
    return values[name];
  } catch {
    return undefined;
  }
}

/** `static class_name`: a name that the whole project knows the class by; true for the class's own. Heirs do not inherit it. */
function globalName(made) {
  if (!Object.hasOwn(made, "class_name")) return "";
  const { class_name } = made;
  if (class_name === true) return made.name;
  if (class_name === false) return "";
  if (typeof class_name === "string") return class_name;
  throw new TypeError(`${made.name}.class_name must be true or a name, got ${native.describe(class_name)}`);
}

function describeClass(made) {
  const { chain, base } = lineage(made);
  if (base === undefined || !isEngineClass(base))
    throw new TypeError(`${made.name || "the default export"} must extend a class of "godot"`);
  const hasExports = chain.some((link) => Object.hasOwn(link, "exports"));
  const description = {
    name: made.name,
    global_name: globalName(made),
    base: base.name,
    base_path: chain.slice(0, -1).reduceRight((found, link) => found || (pathOfClass(link) ?? ""), ""),
    tool: made.tool === true,
    icon: typeof made.icon === "string" ? made.icon : "",
    constructor: made,
    properties: hasExports ? describeProperties(chain, initialValues(made), base) : [],
    signals: describeSignals(chain),
    methods: describeMethods(chain),
    rpc_config: describeRpc(chain),
  };
  if (modules.reload.enabled) descriptions.set(made, description);
  return description;
}

/** What was said of each class, for comparing a new version with it. */
const descriptions = new WeakMap();

/** Paths of the script classes that were loaded from files: `new Avatar()` gets the same Script as a scene. */
const pathOf = new Map();
/** The Script of each class that JavaScript constructs; classes without a file get one of their own. */
const scriptOf = new Map();

/** `res://dist/scripts/game/avatar.js` is built from `res://scripts/game/avatar.ts`. */
const sourcePath = (built) => built.replace(/^res:\/\/dist\/(.*)\.js$/, "res://$1.ts");
/** Modules of script files that are running for the first time: a class may be constructed there before its module is done. */
const running = new Map();

/** The default export of a module; undefined while it is not there yet. */
function defaultOf(namespace) {
  try {
    return namespace.default;
  } catch {
    return undefined; // the class statement is still to come
  }
}

modules.scripts = {
  sourcePath,
  lineage,
  begin(namespace, source) {
    running.set(source, namespace);
  },
  register(made, source) {
    running.delete(source);
    if (typeof made === "function" && made.prototype !== undefined && lineage(made).base !== undefined)
      pathOf.set(made, source);
  },
};

function pathOfClass(made) {
  const known = pathOf.get(made);
  if (known !== undefined) return known;
  for (const [source, namespace] of running) if (defaultOf(namespace) === made) return source;
  return undefined;
}

const builtPath = (path) => path.replace(/^res:\/\/(.*)\.ts$/, "res://dist/$1.js");

/** Built files of scripts that gave no class when they were last asked for, and their text then. */
const missing = new Map();

function noClass(path, built, why, mustHave) {
  missing.set(built, native.readFile(built));
  modules.reload.begin();
  if (mustHave) throw Object.assign(new Error(why), { stack: `Error: ${why}\n    at ${path}:1:1` });
  if (!native.isEditor()) native.printError(0, why, "load", path, 1);
  return null;
}

/**
 * The class in a `.ts` file; null if there is none, which is no error in the editor: it opens every `.ts` file. One that
 * must have a class, because it had one before, throws.
 */
function loadClass(path, mustHave = false) {
  const built = builtPath(path);
  if (!native.fileExists(built))
    return noClass(path, built, `${path} is not built: ${built} is missing. Build the project.`, mustHave);
  const begun = running.get(path);
  const made = (begun && defaultOf(begun)) ?? modules.loader.load(built).default;
  if (typeof made !== "function" || made.prototype === undefined)
    return noClass(
      path,
      built,
      `${path} has no default export that is a class, so it cannot be a script of a node.`,
      mustHave,
    );
  pathOf.set(made, path);
  return made;
}

function loadScript(path) {
  try {
    const made = loadClass(path);
    return made === null ? null : describeClass(made);
  } catch (error) {
    missing.set(builtPath(path), native.readFile(builtPath(path)));
    running.delete(path);
    throw error;
  }
}

/** Gives an instance that JavaScript constructs its script. */
function attachScript(object, made) {
  let script = scriptOf.get(made);
  if (script === undefined) {
    const path = pathOfClass(made);
    // Our loader gives a script for any path that ends like one: what is wrong with it shows in its class.
    script = path === undefined ? native.scriptForClass(made) : modules.classes.namespace.ResourceLoader.load(path);
    scriptOf.set(made, script);
  }
  object.set_script(script);
}

Object.assign(modules.scripts, {
  missing,
  builtPath,
  loadClass,
  abandon: () => running.clear(),
  describe: describeClass,
  descriptionOf: (made) => descriptions.get(made),
});
native.setScriptHooks(loadScript, describeClass);
native.setObjectHooks(classForName, attachScript, modules.errors.freedError);
