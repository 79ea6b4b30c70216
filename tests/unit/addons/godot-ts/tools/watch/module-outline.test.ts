import { expect, it } from "vitest";
import { outlineOf } from "../../../../../../addons/godot-ts/tools/watch/module-outline.mjs";

const imports = (text: string) =>
  outlineOf(text).imports.map(({ specifier, names, passesAllOn }) => [specifier, names, passesAllOn]);

it.for([
  ['import a, { b, c as d } from "./x.ts";', ["default", "b", "c"], false],
  ['import * as all from "./x.ts";', [], false],
  ['import "./x.ts";', [], false],
  ['import { "a name" as b } from "./x.ts";', ["a name"], false],
  ['export { a as b } from "./x.ts";', ["a"], false],
  ['export * from "./x.ts";', [], true],
  ['export * as x from "./x.ts";', [], false],
  ['function f() { return [() => import("./x.ts")]; }', [], false],
] as const)("what is taken from another module: %s", ([text, names, passesAllOn]) => {
  expect(imports(text)).toEqual([["./x.ts", names, passesAllOn]]);
});

it("an import that is computed, or in a text, is none", () => {
  expect(imports('const a = "import x from y"; import(a); /* import("./z.ts") */')).toEqual([]);
});

it("specifiers are where they are said to be", () => {
  const text = "import { a } from \"./x.ts\";\nexport const b = import(  './y.ts' );";
  expect(outlineOf(text).imports.map(({ start, end }) => text.slice(start, end))).toEqual(['"./x.ts"', "'./y.ts'"]);
});

it.for([
  ["export const a = 1, { b, c: d, ...e } = x, [f, , [g = 2]] = y;", ["a", "b", "d", "e", "f", "g"]],
  ["export function f() {} export class C {} export default class {}", ["f", "C", "default"]],
  ['const a = 1; export { a as b, a as "c d" }; export * as e from "./x.ts";', ["b", "c d", "e"]],
] as const)("what is given: %s", ([text, names]) => {
  expect([...outlineOf(text).exports]).toEqual(names);
});
