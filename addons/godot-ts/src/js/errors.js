// Errors as a TypeScript author wants to see them: stacks with the lines of the `.ts` sources, reported as script errors.

class ObjectFreedError extends Error {
  get name() {
    return "ObjectFreedError";
  }
}

/** Source maps by the URL of the built file; null where there is none. Read when the first stack needs them. */
const maps = new Map();

function mapOf(url) {
  let map = maps.get(url);
  if (map !== undefined) return map;
  map = null;
  const resourcePath = modules.loader?.resourcePathOf(url);
  const text = resourcePath === undefined ? undefined : native.readFile(`${resourcePath}.map`);
  if (text !== undefined) {
    try {
      const { SourceMap } = require("node:module");
      map = { map: new SourceMap(JSON.parse(text)), base: resourcePath.slice(0, resourcePath.lastIndexOf("/") + 1) };
    } catch {
      // A broken map costs the mapping, not the error that it was to explain.
    }
  }
  maps.set(url, map);
  return map;
}

/** `res://dist/scripts/game/` and `../../../scripts/game/a.ts` make `res://scripts/game/a.ts`. */
function joinPath(base, relative) {
  const parts = base.slice("res://".length).split("/").filter(Boolean);
  for (const part of relative.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return `res://${parts.join("/")}`;
}

/** Position in the source, or in the built file if there is no map. Lines and columns count from 1. */
function original(url, line, column) {
  const found = mapOf(url);
  const entry = found?.map.findEntry(line - 1, column - 1);
  if (entry?.originalSource)
    return {
      file: joinPath(found.base, entry.originalSource),
      line: entry.originalLine + 1,
      column: entry.originalColumn + 1,
    };
  return { file: modules.loader?.resourcePathOf(url) ?? url, line, column };
}

function formatFrame(site) {
  const url = site.getFileName();
  const text = site.toString();
  if (!url?.startsWith("file:")) return text;
  const line = site.getLineNumber();
  const column = site.getColumnNumber();
  const place = original(url, line, column);
  return text.replace(`${url}:${line}:${column}`, `${place.file}:${place.line}:${place.column}`);
}

/** What is ours, in files or compiled by them, and what Node does inside: how it loads a module says nothing about the one that throws. */
const inside = /^(?:godot-ts:|node:internal\/|eval at .*\(godot-ts:)/;

/** `godot --verbose` shows all frames. */
let showsAll;
function isShown(site) {
  if (!inside.test(site.getFileName() ?? site.getEvalOrigin() ?? "")) return true;
  showsAll ??= modules.classes?.namespace.OS.is_stdout_verbose();
  return showsAll === true;
}

Error.prepareStackTrace = (error, sites) => {
  let head;
  try {
    head = Error.prototype.toString.call(error);
  } catch {
    head = "Error";
  }
  const frames = sites.filter(isShown).map((site) => `\n    at ${formatFrame(site)}`);
  return head + frames.join("");
};

const framePattern = /at (?:(?:async )?(?:new )?([\w$.<>[\] ]+?) )?\(?((?:res|file|node):[^()]*?):(\d+):(\d+)\)?$/;

/** The first frame of a stack that is a project file, for the engine's error list. */
function firstFrame(stack) {
  for (const line of stack.split("\n")) {
    const match = framePattern.exec(line.trim());
    if (match && !match[2].startsWith("node:"))
      return { function: match[1] ?? "", file: match[2], line: Number(match[3]) };
  }
  return undefined;
}

/** A syntax error's own place: its stack has only the loader's functions. */
function syntaxPlace(error) {
  const place = error instanceof SyntaxError ? native.locationOf(error) : undefined;
  if (!place?.file.startsWith("file:")) return undefined;
  const { file, line, column } = original(place.file, place.line, place.column);
  return `${error.name}: ${error.message}\n    at ${file}:${line}:${column}`;
}

/** Errors may be each other's causes, in a circle as well. */
const MOST_CAUSES = 8;

function textOf(error, depth = 0) {
  const syntax = syntaxPlace(error);
  if (syntax !== undefined) return syntax;
  if (error instanceof Error || typeof error?.stack === "string") {
    const stack = typeof error.stack === "string" ? error.stack : Error.prototype.toString.call(error);
    if (depth === MOST_CAUSES) return stack;
    const among =
      error instanceof AggregateError && Array.isArray(error.errors) ? error.errors.slice(0, MOST_CAUSES) : [];
    const parts = among.map((inner) => `\n  among them ${textOf(inner, MOST_CAUSES)}`).join("");
    const cause = error.cause === undefined ? "" : `\n  caused by ${textOf(error.cause, depth + 1)}`;
    return stack + parts + cause;
  }
  return `Thrown value: ${require("node:util").inspect(error)}`;
}

/** Prints an error as a script error of the engine. The game runs on. */
function report(error, where) {
  let text;
  try {
    text = textOf(error);
  } catch {
    text = "an error that cannot be shown";
  }
  const frame = firstFrame(text);
  native.printError(0, text, frame?.function || where, frame?.file ?? where, frame?.line ?? 0);
}

native.setRuntimeHooks(report);
process.on("uncaughtException", (error) => report(error, "uncaught exception"));
process.on("unhandledRejection", (error) => report(error, "unhandled promise rejection"));

function freedError(object, operation) {
  const name = object?.constructor?.name ?? "object";
  return new ObjectFreedError(`${operation}: this ${name} was freed (is_instance_valid(object) tells)`);
}

/** Where the caller of our own code is, for warnings. */
function callerFrame() {
  const holder = {};
  Error.captureStackTrace(holder);
  return firstFrame(holder.stack);
}

modules.errors = {
  ObjectFreedError,
  original,
  report,
  freedError,
  callerFrame,
  firstFrame,
  forgetMaps: () => maps.clear(),
};
