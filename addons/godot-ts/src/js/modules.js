// How scripts are loaded: ES modules under res://dist, through the engine's file access (so packed games work too), with
// `import { Node3D } from "godot"` answered from our lazy namespace.

const { registerHooks, createRequire } = require("node:module");
const { pathToFileURL } = require("node:url");

const realRoot = native.globalizePath("res://");
/** In an exported game res:// is no folder; its files then have URLs under this one, which need not exist. */
const root = realRoot === "" ? "/res/" : `${realRoot.replace(/\/$/, "")}/`;
const rootUrl = pathToFileURL(root).href;
const distUrl = `${rootUrl}dist/`;
/** An exported game finds packages that were not bundled in `node_modules` beside its program. */
const packagesRoot = realRoot === "" ? modules.classes.namespace.OS.get_executable_path().replace(/[^/]*$/, "") : root;
const requireFromRoot = createRequire(`${packagesRoot}project.js`);
const packagesUrl = pathToFileURL(`${packagesRoot}project.js`).href;

globalThis[Symbol.for("godot-ts.namespace")] = modules.classes.namespace;
globalThis[Symbol.for("godot-ts.measures")] = native.measures;

/** `file:///game/dist/a.js?v=1` is `res://dist/a.js`; undefined for files outside the project. */
function resourcePathOf(url) {
  if (!url.startsWith(rootUrl)) return undefined;
  const query = url.indexOf("?");
  return `res://${decodeURIComponent(url.slice(rootUrl.length, query < 0 ? undefined : query))}`;
}

const importPattern =
  /(^|[;\n}])(\s*(?:import|export)\s*)(\{[^}]*\}|\*\s*as\s+[\w$]+|[\w$]+(?:\s*,\s*\{[^}]*\})?)(\s*from\s*)(["'])godot\5/g;

/** The names that a clause like `{ A, B as C }` asks for. */
function namesIn(clause) {
  const braces = /\{([^}]*)\}/.exec(clause);
  if (!braces) return [];
  return braces[1]
    .split(",")
    .map(
      (part) =>
        part
          .replaceAll(/\/\*.*?\*\/|\/\/.*$/gm, "")
          .trim()
          .split(/\s+as\s+/)[0],
    )
    .filter((name) => name && name !== "default");
}

function unknownName(name, source, path, offset) {
  const builtLine = source.slice(0, offset).split("\n").length;
  const builtUrl = pathToFileURL(`${root}${path.slice("res://".length)}`).href;
  const { file, line } = modules.errors.original(builtUrl, builtLine, 1);
  const error = new SyntaxError(`"godot" has no export named '${name}'`);
  error.stack = `${error}\n    at ${file}:${line}:1`;
  return error;
}

/**
 * ES modules need their exports named before they run, and "godot" has five thousand that should stay unmade. So each import of
 * "godot" is pointed at a module with just its names. The text keeps its length in lines: source maps stay right.
 */
function rewriteImports(source, path) {
  if (!source.includes("godot")) return source;
  return source.replaceAll(importPattern, (_, before, keyword, clause, from, quote, offset) => {
    const star = /^\*\s*as\s+([\w$]+)$/.exec(clause);
    if (star) return `${before}${keyword}${star[1]}${from}${quote}godot:${quote}`;
    const names = namesIn(clause);
    for (const name of names) {
      if (modules.classes.namespace[name] === undefined) throw unknownName(name, source, path, offset + before.length);
    }
    return `${before}${keyword}${clause}${from}${quote}godot:${names.join(",")}${quote}`;
  });
}

const simpleName = /^[A-Za-z_$][\w$]*$/;

function namespaceModule(url) {
  const names = [...new Set(url.slice("godot:".length).split(",").filter(Boolean))];
  const lines = ['const godot = globalThis[Symbol.for("godot-ts.namespace")];', "export default godot;"];
  for (const [index, name] of names.entries()) {
    if (!simpleName.test(name) || modules.classes.namespace[name] === undefined) {
      throw new SyntaxError(`"godot" has no export named '${name}'`);
    }
    lines.push(`const v${index} = godot.${name}; export { v${index} as ${name} };`);
  }
  return lines.join("\n");
}

/**
 * Text after a module that is built from a script file: the module tells which file its class is from, so that `new Avatar()`
 * gets the same Script as a scene. A module may import itself; by then its default export is there. The module imported with
 * it runs first and tells that this one begins, for classes that are constructed while their own module runs.
 */
function registration(path, text) {
  if (!/\bdefault\b/.test(text)) return ""; // a module without a default export is no script
  const source = modules.scripts.sourcePath(path);
  if (!native.fileExists(source)) return "";
  const own = JSON.stringify(`${root}${path.slice("res://".length)}`);
  const name = JSON.stringify(source);
  const version = modules.reload.versionOf(path) ?? 0;
  return `\nimport "godot-begin:${encodeURIComponent(path)}?v=${version}"; import * as godotTsSelf from ${own}; globalThis[Symbol.for("godot-ts.register")].end(godotTsSelf, ${name});`;
}

function beginModule(url) {
  const path = decodeURIComponent(url.slice("godot-begin:".length, url.indexOf("?")));
  const own = JSON.stringify(`${root}${path.slice("res://".length)}`);
  const name = JSON.stringify(modules.scripts.sourcePath(path));
  return `import * as begun from ${own}; globalThis[Symbol.for("godot-ts.register")].begin(begun, ${name});`;
}

globalThis[Symbol.for("godot-ts.register")] = {
  begin: modules.scripts.begin,
  end: (namespace, source) => modules.scripts.register(namespace.default, source),
};

/** The URL of a built module of the project; undefined for all others. */
function builtUrl(specifier, importer) {
  if (specifier.startsWith(distUrl)) return specifier;
  if (specifier.startsWith(`${root}dist/`)) return pathToFileURL(specifier).href;
  if (/^\.\.?\//.test(specifier) && specifier.endsWith(".js") && importer?.startsWith(distUrl))
    return new URL(specifier, importer).href;
  return undefined;
}

/** The URL under which the present version of a built module is known. */
function versioned(url, importer) {
  const query = url.indexOf("?");
  const plain = query < 0 ? url : url.slice(0, query);
  const path = resourcePathOf(plain);
  const from = importer?.startsWith(distUrl) ? resourcePathOf(importer) : undefined;
  if (from !== undefined && from !== path) modules.reload.imported(path, from);
  const version = modules.reload.versionOf(path);
  return version === undefined ? plain : `${plain}?v=${version}`;
}

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === "godot" || specifier.startsWith("godot:")) {
      const url = specifier === "godot" ? "godot:" : specifier;
      return { url, format: "module", shortCircuit: true };
    }
    if (specifier.startsWith("godot-begin:") || specifier.startsWith("godot-version:"))
      return { url: specifier, format: "module", shortCircuit: true };
    const built = builtUrl(specifier, context.parentURL);
    if (built !== undefined) return { url: versioned(built, context.parentURL), format: "module", shortCircuit: true };
    if (specifier === "node:worker_threads" || specifier === "worker_threads") guardWorkers();
    if (packagesRoot !== root && context.parentURL?.startsWith(distUrl))
      return next(specifier, { ...context, parentURL: packagesUrl });
    return next(specifier, context);
  },
  load(url, context, next) {
    if (url.startsWith("godot:")) return { format: "module", source: namespaceModule(url), shortCircuit: true };
    if (url.startsWith("godot-begin:")) return { format: "module", source: beginModule(url), shortCircuit: true };
    if (url.startsWith("godot-version:")) {
      const built = JSON.stringify(
        pathToFileURL(`${root}${decodeURIComponent(url.slice("godot-version:".length, url.indexOf("?")))}`).href,
      );
      return { format: "module", source: `import * as found from ${built}; export { found };`, shortCircuit: true };
    }
    if (url.startsWith(distUrl)) {
      const path = resourcePathOf(url);
      const source = native.readFile(path);
      if (source === undefined) throw new Error(`Cannot find ${path}. Is the project built?`);
      return {
        format: "module",
        source: rewriteImports(modules.reload.loaded(path, source), path) + registration(path, source),
        shortCircuit: true,
      };
    }
    return next(url, context);
  },
});

/** Workers have no engine: `import "godot"` there says so, instead of a package that is not found. */
let guarded = false;
function guardWorkers() {
  if (guarded) return;
  guarded = true;
  const threads = require("node:worker_threads");
  const refusal = `{ resolve(specifier, context, next) {
    if (specifier === "godot") throw new Error('The engine can be used on the main thread only: a worker cannot import "godot"');
    return next(specifier, context); } }`.replaceAll(/\n\s*/g, " ");
  const preload = `import { registerHooks } from "node:module"; registerHooks(${refusal});`;
  const option = `--import=data:text/javascript,${encodeURIComponent(preload)}`;
  threads.Worker = class Worker extends threads.Worker {
    constructor(file, options = {}) {
      // Node takes --import for workers of a file only; a worker of a source text gets the same in front of it.
      if (options.eval) super(`require("node:module").registerHooks(${refusal}); ${file}`, options);
      else super(file, { ...options, execArgv: [...(options.execArgv ?? []), option] });
    }
  };
  require("node:module").syncBuiltinESMExports();
}

modules.loader = {
  require: requireFromRoot,
  resourcePathOf,
  /** The namespace of a built module, by its res:// path. */
  load(resourcePath) {
    const path = resourcePath.slice("res://".length);
    const version = modules.reload.versionOf(resourcePath);
    // require() knows files by their path alone: a later version is imported by a module in between.
    if (version !== undefined) return requireFromRoot(`godot-version:${encodeURIComponent(path)}?v=${version}`).found;
    return requireFromRoot(`${root}${path}`);
  },
};
globalThis.require ??= requireFromRoot;
