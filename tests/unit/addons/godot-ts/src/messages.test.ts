// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts under test are source code
// Every message of the runtime is provoked by some test, or nothing can provoke it.
import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const SOURCES = "addons/godot-ts/src";
const TESTS = [
  "tests/engine/binding/**/*.ts",
  "tests/engine/editor/*.ts",
  "tests/engine/standalone/*.ts",
  "tests/unit/addons/godot-ts/**/*.test.ts",
];

/** A part of a message, and the part of it that a test waits for. */
const PROVOKED: Readonly<Record<string, string>> = {
  "this class must be called with new": "a node path without new",
  "this class cannot be constructed by itself": "the class behind node paths",
  "A JavaScript function was called on another thread": "JavaScript runs on the main thread only",
  " was called on another thread": "JavaScript runs on the main thread only",
  ": must be called on an engine object": "a plain receiver",
  ": the object has no method '": "no method 'jump'",
  ": must be called on a ": "a method of a value on another",
  " elements is too long for the engine": "too long",
  "circular or too deeply nested data": "circular",
  "this BigInt does not fit into 64 bits": "64 bits",
  "a symbol cannot be passed to the engine": "a symbol",
  " cannot be passed to the engine (objects that can": "plain ones, arrays, Maps",
  " cannot be passed to the engine (typed arrays": "typed arrays that can",
  " must be ": "Vector3.angle_to",
  " must return an array of { name, type }": "_get_property_list",
  " must be an object with a name": "must be an object with a name",
  "The project setting ": "heap_limit_mb",
  "): expected ": "1 argument, got 0",
  ": parameter '": "'${parameter}'",
  " takes a raw pointer": "takes a raw pointer",
  "engine classes must be called with new": "an engine class without new",
  "no engine class to construct": "no engine class to construct",
  " cannot be constructed: it is a singleton": "Input cannot be constructed",
  " cannot be constructed: it would take the place": "PhysicsServer2DExtension",
  " cannot be constructed: it is abstract": "CanvasItem cannot be constructed",
  "free: not an engine object": "free: not an engine object",
  "free: objects that extend RefCounted": "freeing a resource",
  "instance_from_id: parameter": "instance_from_id",
  "no such operator: ": "no such operator",
  "no constructor of ": "no constructor of Vector3",
  ": argument ": "emit_signal: argument 2",
  ": the right operand": "add: the right operand",
  "the result of ": "the result of StrangeResults",
  "${name}: cannot take (": "lerp: cannot take (",
  " cannot be passed to the engine, whose strings end there": "a string with a NUL character",
  ": a name must not have a NUL character": "a name must not have a NUL character",
  " has a property of this name: choose another": "Node has a property of this name",
  "${warning.name}${code}: ": "Node's warnings are warnings",
  " MB of memory": "raised",
  attach: "so it cannot be attached to this object",
  "Not built: the old code goes on": "Not built: the old code goes on",
  "this Map is a copy of a property": "copy of a property",
  ".${property} is read-only": "read-only",
  "Object.to_signal: parameter": "to_signal of a number",
  "the array or dictionary is frozen": "frozen",
  "an object has only strings for keys": "use a Map",
  "godot_ts/watch_command must be an array of strings": '"watch_command"',
  " to run until the editor ends, but it ": "to run until the editor ends, but it ended with exit code 3",
  " cannot be started: ": "cannot be started: ",
  "godot_ts/${name} must be an array of strings": "must be an array of strings",
  ": no file is called ": "native/*/missing.so",
  ", so the exported game will not have this script": "is not built",
  "it cannot listen on ": "it cannot listen on",
  ": the inspector did not start": "the inspector did not start",
  " has no export named '": "no export named",
  "Is the project built?": "Is the project built",
  'a worker cannot import "godot"': "worker",
  ": unknown hint ": "unknown hint",
  ": expected an enum of integers": "an enum of integers",
  ": unknown type ": "unknown type",
  "objects of another class keep the old code": "objects of another class keep the old code",
  " must be an object like ": "an object like",
  " must be an array of { name, type }": "must be an array of { name, type }",
  " must extend a class of ": "must extend a class of",
  " has no default export that is a class": "no default export",
  " is missing. Build the project": "is not built",
  "${what} must be ${expected}": "Vector3.x",
};

/** What only a fault of our own or of the machine brings about, and why. */
const UNREACHABLE: Readonly<Record<string, string>> = {
  "the scratch is damaged": "scripts do not see the scratch",
  " returns a raw pointer": "no method of this engine that is not virtual returns one",
  "(the library was built for another version of Godot)": "the library is built for the engine that the tests run",
  "godot-ts: no source named ": "the names are in boot.js",
  "Node did not initialise": "Node itself",
  "Node's environment could not be made": "Node itself",
  " is a typed array in JavaScript, which cannot change its length": "the methods that would are not there",
  console: "what scripts print themselves",
  load: "prints the texts of noClass()",
  ": this": "a receiver of another type is refused as such, and one that throws has said why",
  "this value cannot be passed to the engine": "each that cannot has a reason of its own",
};

/** A statement with no longer text puts together what others say. */
const JOINED = ": ";

/** The longest text in each statement that throws or prints an error. */
function messages(): { file: string; text: string }[] {
  const found: { file: string; text: string }[] = [];
  for (const file of globSync([`${SOURCES}/*.cpp`, `${SOURCES}/js/*.js`]).sort()) {
    const source = readFileSync(file, "utf8");
    const raises = file.endsWith(".cpp")
      ? /\b(?:throw_type_error|throw_error|throw_unfit|note_reason|print_engine_error|print_script_error_with_message|fail)\((?!const )/g
      : /\b(?:throw new [\w.]*Error|printError|noClass|fail)\(/g;
    for (const { index } of source.matchAll(raises)) {
      const statement = source.slice(index, source.indexOf(";\n", index));
      const texts = [...statement.matchAll(/`((?:[^`\\]|\\.)*)`|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/g)];
      const text = texts
        .map(([, template, double, single]) => template ?? double ?? single ?? "")
        .sort((a, b) => b.length - a.length)[0];
      if (text !== undefined && text.length > JOINED.length) found.push({ file, text });
    }
  }
  return found;
}

const known = [...Object.keys(PROVOKED), ...Object.keys(UNREACHABLE)];

it("finds the messages", () => {
  expect(messages().length).toBeGreaterThan(60);
});

it("each is in the table: a new message needs a test that provokes it", () => {
  const strangers = messages().filter(({ text }) => !known.some((part) => text.includes(part)));
  expect(strangers).toEqual([]);
});

it("the table has none that is gone", () => {
  const texts = messages().map(({ text }) => text);
  expect(known.filter((part) => !texts.some((text) => text.includes(part)))).toEqual([]);
});

it("a test waits for each that can be provoked", () => {
  const tests = globSync(TESTS)
    .filter((file) => !file.endsWith("messages.test.ts"))
    .map((file) => readFileSync(file, "utf8"));
  const silent = Object.values(PROVOKED).filter((part) => !tests.some((text) => text.includes(part)));
  expect(silent).toEqual([]);
});
