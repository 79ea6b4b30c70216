import * as godot from "godot";
import { construct, invoke, loose, type MisuseCase } from "./misuse-case.ts";

/** Classes that are made when they are used: the mistake in one must not reach the next. */
const withStatics = (statics: object) => () => construct(Object.assign(class Mine extends godot.Node {}, statics));

/** What is wrong with a class, and ways around its constructor. */
export const scriptMistakes: readonly MisuseCase[] = [
  ["an export that is no object", withStatics({ exports: { a: 5 } }), "TypeError", "Mine.exports.a", "an object like"],
  ["an export of null", withStatics({ exports: { a: null } }), "TypeError", "Mine.exports.a", "an object like"],
  [
    "an export of no type",
    withStatics({ exports: { a: { type: "flaot" } } }),
    "TypeError",
    "Mine.exports.a",
    'unknown type "flaot"',
  ],
  [
    "an array of no type",
    withStatics({ exports: { a: { type: "Array[flaot]" } } }),
    "TypeError",
    "Mine.exports.a",
    'unknown type "flaot"',
  ],
  [
    "an array of two types",
    withStatics({ exports: { a: { type: "Array[int, int]" } } }),
    "TypeError",
    "Mine.exports.a",
    'unknown type "Array[int, int]"',
  ],
  [
    "an export with a hint of no kind",
    withStatics({ exports: { a: { type: "float", hint: "slider" } } }),
    "TypeError",
    "Mine.exports.a",
    'unknown hint "slider"',
  ],
  [
    "an export of half an enum",
    withStatics({ exports: { a: { enum: { A: 1.5 } } } }),
    "TypeError",
    "Mine.exports.a",
    "an enum of integers",
  ],
  [
    "a signal without a list",
    withStatics({ signals: { hit: "by" } }),
    "TypeError",
    "Mine.signals.hit",
    "must be an array of { name, type }",
  ],
  [
    "a signal with an argument of no type",
    withStatics({ signals: { hit: [{ name: "by", type: "flaot" }] } }),
    "TypeError",
    "Mine.signals.hit",
    'unknown type "flaot"',
  ],
  [
    "a constructor for another class",
    () => Reflect.construct(godot.Node, [], class {}),
    "TypeError",
    "no engine class to construct",
  ],
  ["free of a stranger", ({ node }) => Reflect.apply(node.free, {}, []), "TypeError", "free: not an engine object"],
  [
    "a raw pointer",
    () => invoke(godot.GDExtensionManager, "load_extension_from_function", "res://a", null),
    "Error",
    "GDExtensionManager.load_extension_from_function takes a raw pointer",
  ],
  ["a call of no method", ({ node }) => node.call("jump"), "TypeError", "Object.call", "no method 'jump'"],
  [
    "a call with a wrong argument",
    ({ node }) => node.call("set_position", "here"),
    "TypeError",
    "Object.call",
    "argument 1 must be a Vector3",
  ],
  [
    "a call with one too many",
    ({ node }) => node.call("get_name", 1),
    "TypeError",
    "Object.call",
    "too many arguments",
  ],
  ["a call with too few", ({ node }) => node.call("set_name"), "TypeError", "Object.call", "too few arguments"],
  ["to_signal of a number", ({ node }) => node.to_signal(loose(5)), "TypeError", "to_signal", "'signal'", "a string"],
];
