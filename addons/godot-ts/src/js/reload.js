// Hot reload: when the bundler has written a loaded module anew, it and all that import it are run again, and living objects of
// the script classes in them go over to the new classes. All of a change or nothing: what fails to load leaves the old code.

const enabled = native.hotReloadWanted() && !native.userArguments().includes("--no-hot-reload");
const SETTLE_MS = 80;
const LONGEST_WAIT_MS = 600;
const RETRY_MS = 500;
/** A bundler that is still writing leaves files half written and others not there yet: what does not load is looked at once more. */
const SECOND_LOOK_MS = 300;

/** Text of each loaded module when it was last loaded, by its res:// path. */
const texts = new Map();
/** Who imports a module: paths by path. */
const importers = new Map();
/** Which version of a module an import gets; the first one has no number. */
const versions = new Map();
let generation = 0;

let fs;
let realPath;

// ---- living objects -------------------------------------------------------------------------------------------------

let beingInitialised;
let classBeingRun;
globalThis.godotTsReload = {
  keeps: (object, key) => object === beingInitialised && Object.hasOwn(object, key),
  runs: (made) => made === classBeingRun,
};

/** Runs the initial values of one class's fields on an object that exists; those that it has are kept (see live-source.js). */
function initialiseFields(made, object) {
  const parent = Object.getPrototypeOf(made);
  const outer = [beingInitialised, classBeingRun];
  Object.setPrototypeOf(made, function existing() {
    Object.setPrototypeOf(made, parent);
    return object;
  });
  beingInitialised = object;
  classBeingRun = made;
  try {
    Reflect.construct(made, []);
  } catch (error) {
    modules.errors.report(error, `${made.name} (fields that are new)`);
  } finally {
    Object.setPrototypeOf(made, parent);
    [beingInitialised, classBeingRun] = outer;
  }
}

function same(a, b) {
  if (Object.is(a, b)) return true;
  return typeof a?.equals === "function" && a.constructor === b?.constructor && a.equals(b);
}

const kindOf = (value) => (value !== null && typeof value === "object" ? value.constructor?.name : typeof value);

/** An exported property that still had its old default gets the new one, and so does one of another type than before. */
function adoptDefaults(object, before, after) {
  const old = new Map(before?.properties.map((property) => [property.name, property]));
  for (const { name, member, type, default_value: value } of after.properties) {
    const was = member ? old.get(name) : undefined;
    if (was?.member === true && (was.type !== type || same(object[name], was.default_value))) {
      if (kindOf(value) === kindOf(object[name]) ? !same(object[name], value) : true) object[name] = value;
    }
  }
}

/** The engine asks once which of these a node has. */
const switches = [
  ["_process", "set_process"],
  ["_physics_process", "set_physics_process"],
  ["_input", "set_process_input"],
  ["_shortcut_input", "set_process_shortcut_input"],
  ["_unhandled_input", "set_process_unhandled_input"],
  ["_unhandled_key_input", "set_process_unhandled_key_input"],
];

function followMethods(object, before, after) {
  if (typeof object.is_inside_tree !== "function" || !object.is_inside_tree()) return;
  const had = new Set(before?.methods.map(({ name }) => name));
  const has = new Set(after.methods.map(({ name }) => name));
  for (const [method, turn] of switches) if (had.has(method) !== has.has(method)) object[turn](has.has(method));
}

function goOver(object, made, before, after) {
  const { chain } = modules.scripts.lineage(made);
  const already = new Set(modules.scripts.lineage(Object.getPrototypeOf(object).constructor).chain);
  Object.setPrototypeOf(object, made.prototype);
  for (const link of chain) if (!already.has(link)) initialiseFields(link, object);
  adoptDefaults(object, before, after);
  followMethods(object, before, after);
  object.notify_property_list_changed();
}

// ---- modules --------------------------------------------------------------------------------------------------------

/** What must run again when these change: they and all that import them. */
function dependents(changed) {
  const found = new Set();
  const visit = (path) => {
    if (found.has(path)) return;
    found.add(path);
    for (const importer of importers.get(path) ?? []) visit(importer);
  };
  for (const path of changed) visit(path);
  return found;
}

/** Paths whose file says something else than what was loaded. A file that is gone is none: the bundler renames chunks. */
function changedPaths() {
  const changed = [];
  for (const [path, known] of texts) {
    const text = native.readFile(path);
    if (text !== undefined && text !== known) changed.push(path);
  }
  for (const [built, known] of modules.scripts.missing) {
    const text = native.readFile(built);
    if (text !== undefined && text !== known) changed.push(built);
  }
  return changed;
}

let suspicion;
let lastFailure;
const failed = new Set();

function fail(error, sources) {
  const text = String(error?.stack ?? error);
  if (text === lastFailure) return;
  if (text !== suspicion) {
    suspicion = text;
    setTimeout(check, SECOND_LOOK_MS).unref();
    return;
  }
  suspicion = undefined;
  lastFailure = text;
  modules.errors.report(error, "hot reload");
  native.printLine(`godot-ts: not reloaded, the old code goes on: ${sources.join(", ")}`);
}

function reload(changed) {
  const affected = dependents(changed);
  const { abandon, sourcePath, loadClass, describe, descriptionOf, missing } = modules.scripts;
  const wanted = new Set([...affected].map(sourcePath));
  const known = native.knownScripts();
  const sources = Object.keys(known).filter((source) => wanted.has(source));
  const before = new Map([...affected].map((path) => [path, versions.get(path)]));
  generation += 1;
  for (const path of affected) versions.set(path, generation);
  modules.errors.forgetMaps();
  const classes = [];
  try {
    for (const source of sources) {
      // A module that somebody has opened in the editor is no script, and need not become one.
      const made = loadClass(source, known[source]);
      if (made === null) continue;
      classes.push({ source, made, description: describe(made) });
    }
  } catch (error) {
    for (const [path, version] of before) {
      if (version === undefined) versions.delete(path);
      else versions.set(path, version);
      failed.add(path);
    }
    abandon();
    fail(error, [...changed].map(sourcePath));
    return;
  }
  lastFailure = undefined;
  suspicion = undefined;
  failed.clear();
  for (const path of affected) missing.delete(path);
  const moved = [];
  for (const { source, made, description } of classes) {
    const { objects, refused } = native.replaceClass(source, description);
    for (const object of objects) {
      goOver(object, made, descriptionOf(Object.getPrototypeOf(object).constructor), description);
      moved.push(object);
    }
    if (refused > 0)
      native.printError(
        2,
        `${source} extends ${description.base} now: ${refused} objects of another class keep the old code until they are made anew`,
        "hot reload",
        source,
        1,
      );
  }
  for (const { source } of classes) native.refreshPlaceholders(source);
  for (const object of moved) {
    if (!native.isInstanceValid(object) || typeof object._hot_reload !== "function") continue;
    try {
      object._hot_reload();
    } catch (error) {
      modules.errors.report(error, `${object.constructor.name}._hot_reload`);
    }
  }
  if (classes.length > 0)
    native.printLine(
      `godot-ts: reloaded ${classes.map(({ source }) => source).join(", ")} (${moved.length} living objects)`,
    );
}

// ---- files ------------------------------------------------------------------------------------------------------------

const watchers = new Map(); // by folder
let timer;
let waitsSince;

function check() {
  timer = undefined;
  waitsSince = undefined;
  modules.builder.showProblems();
  const changed = new Set([...changedPaths(), ...failed]);
  if (changed.size > 0) reload(changed);
  watchFolders();
}

/** The bundler writes many files: they are looked at when it is done. */
function somethingHappened() {
  const now = performance.now();
  waitsSince ??= now;
  clearTimeout(timer);
  timer = setTimeout(check, Math.max(0, Math.min(SETTLE_MS, waitsSince + LONGEST_WAIT_MS - now))).unref();
}

/** The nearest folder that exists. */
function existing(folder) {
  let current = folder;
  while (!fs.existsSync(`${realPath}${current}`) && current.includes("/"))
    current = current.slice(0, current.lastIndexOf("/"));
  return fs.existsSync(`${realPath}${current}`) ? current : "";
}

const folderOf = (path) => path.slice("res://".length, path.lastIndexOf("/"));

function watchFolders() {
  const wanted = new Set(["dist"]);
  for (const path of [...texts.keys(), ...modules.scripts.missing.keys()]) wanted.add(folderOf(path));
  for (const folder of wanted) watch(existing(folder));
}

let polls = false;
function poll() {
  if (polls) return;
  polls = true;
  setInterval(check, RETRY_MS).unref();
}

function watch(folder) {
  if (watchers.has(folder)) return;
  try {
    const watcher = fs.watch(`${realPath}${folder}`, { persistent: false }, () => {
      if (!fs.existsSync(`${realPath}${folder}`)) forget(folder);
      somethingHappened();
    });
    watcher.on("error", () => forget(folder));
    watchers.set(folder, watcher);
  } catch {
    poll(); // the system has no more watches to give
  }
}

function forget(folder) {
  watchers.get(folder)?.close();
  watchers.delete(folder);
  setTimeout(check, RETRY_MS).unref();
}

let begun = false;
/** Watching begins when there is something to watch, after what is loading now. */
function begin() {
  if (begun) return;
  begun = true;
  modules.builder.showProblems(); // those that are there already were told by who built
  setTimeout(() => {
    fs = require("node:fs");
    realPath = `${native.globalizePath("res://").replace(/\/$/, "")}/`;
    watchFolders();
    check(); // what has changed since it was loaded
  }, SETTLE_MS).unref();
}

modules.reload = {
  enabled,
  begin() {
    if (enabled) begin();
  },
  /** A module's text, as it was loaded; returns what is to run. */
  loaded(path, text) {
    if (!enabled) return text;
    const isNew = !texts.has(path);
    texts.set(path, text);
    if (isNew && fs) watch(existing(folderOf(path)));
    else begin();
    return modules.liveSource.rewrite(text, versions.has(path));
  },
  imported(path, importer) {
    if (!enabled) return;
    const known = importers.get(path) ?? new Set();
    importers.set(path, known.add(importer));
  },
  versionOf: (path) => versions.get(path),
};
