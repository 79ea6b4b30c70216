// How scripts are loaded: ES modules under res://dist, through the engine's file access (so packed games work too), with
// `import { Node3D } from "godot"` answered from our lazy namespace.

const { registerHooks, createRequire } = require("node:module");
const { pathToFileURL } = require("node:url");

const realRoot = native.globalizePath("res://");
/** In an exported game res:// is no folder; its files then have URLs under this one, which need not exist. */
const root = realRoot === "" ? "/res/" : `${realRoot.replace(/\/$/, "")}/`;
const rootUrl = pathToFileURL(root).href;
const distUrl = `${rootUrl}dist/`;
const requireFromRoot = createRequire(`${root}project.js`);

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

/**
 * ES modules need their exports named before they run, and "godot" has five thousand that should stay unmade. So each import of
 * "godot" is pointed at a module with just its names. The text keeps its length in lines: source maps stay right.
 */
function rewriteImports(source, path) {
  if (!source.includes("godot")) return source;
  return source.replaceAll(importPattern, (_, before, keyword, clause, from, quote) => {
    const star = /^\*\s*as\s+([\w$]+)$/.exec(clause);
    if (star) return `${before}${keyword}${star[1]}${from}${quote}godot:${quote}`;
    const names = namesIn(clause);
    for (const name of names) {
      if (modules.classes.namespace[name] === undefined)
        throw new SyntaxError(`"godot" has no export named '${name}' (imported by ${path})`);
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
function registration(path) {
  const source = modules.scripts.sourcePath(path);
  if (!native.fileExists(source)) return "";
  const own = JSON.stringify(`${root}${path.slice("res://".length)}`);
  const name = JSON.stringify(source);
  return `\nimport "godot-begin:${encodeURIComponent(path)}"; import * as godotTsSelf from ${own}; globalThis[Symbol.for("godot-ts.register")].end(godotTsSelf, ${name});`;
}

function beginModule(url) {
  const path = decodeURIComponent(url.slice("godot-begin:".length));
  const own = JSON.stringify(`${root}${path.slice("res://".length)}`);
  const name = JSON.stringify(modules.scripts.sourcePath(path));
  return `import * as begun from ${own}; globalThis[Symbol.for("godot-ts.register")].begin(begun, ${name});`;
}

globalThis[Symbol.for("godot-ts.register")] = {
  begin: modules.scripts.begin,
  end: (namespace, source) => modules.scripts.register(namespace.default, source),
};

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === "godot" || specifier.startsWith("godot:")) {
      const url = specifier === "godot" ? "godot:" : specifier;
      return { url, format: "module", shortCircuit: true };
    }
    if (specifier.startsWith("godot-begin:")) return { url: specifier, format: "module", shortCircuit: true };
    if (specifier.startsWith(distUrl)) return { url: specifier, format: "module", shortCircuit: true };
    if (specifier.startsWith(`${root}dist/`))
      return { url: pathToFileURL(specifier).href, format: "module", shortCircuit: true };
    if (/^\.\.?\//.test(specifier) && specifier.endsWith(".js") && context.parentURL?.startsWith(distUrl)) {
      return { url: new URL(specifier, context.parentURL).href, format: "module", shortCircuit: true };
    }
    if (specifier === "node:worker_threads" || specifier === "worker_threads") guardWorkers();
    return next(specifier, context);
  },
  load(url, context, next) {
    if (url.startsWith("godot:")) return { format: "module", source: namespaceModule(url), shortCircuit: true };
    if (url.startsWith("godot-begin:")) return { format: "module", source: beginModule(url), shortCircuit: true };
    if (url.startsWith(distUrl)) {
      const path = resourcePathOf(url);
      const source = native.readFile(path);
      if (source === undefined) throw new Error(`Cannot find ${path}. Is the project built?`);
      return { format: "module", source: rewriteImports(source, path) + registration(path), shortCircuit: true };
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
  resourcePathOf,
  /** The namespace of a built module, by its res:// path. */
  load: (resourcePath) => requireFromRoot(`${root}${resourcePath.slice("res://".length)}`),
};
globalThis.require ??= requireFromRoot;
