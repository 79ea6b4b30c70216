import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ProjectModules } from "../../../../../../addons/godot-ts/tools/watch/project-modules.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "modules-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function save(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
const built = (path: string) => readFileSync(join(folder, "dist", path), "utf8");
const open = (...patterns: string[]) =>
  new ProjectModules({ folder, patterns: patterns.length > 0 ? patterns : ["scripts/*.ts"] });
const code = (touched: readonly string[]) => touched.filter((path) => !path.endsWith(".map")).sort();

it("each source becomes a module of its own, at its place, whose imports lead to the others", async () => {
  save(
    "scripts/main.ts",
    'import { a } from "../lib/a";\nimport { Node } from "godot";\nexport default class Main extends Node { x: number = a; }\n',
  );
  save("lib/a.ts", "export const a: number = 1;\n");
  save("lib/unused.ts", "export const b = 2;\n");
  const { modules, touched, problems } = await open().update();
  expect([modules, code(touched), problems]).toEqual([2, ["dist/lib/a.js", "dist/scripts/main.js"], []]);
  expect(built("scripts/main.js")).toMatch(/import \{ a \} from "\.\.\/lib\/a\.js";\nimport \{ Node \} from "godot";/);
  expect(built("scripts/main.js")).toContain("class Main extends Node");
  expect(JSON.parse(built("scripts/main.js.map")).sources).toEqual(["../../scripts/main.ts"]);
});

it("only what has changed is written; what another build has put there is written again", async () => {
  save("scripts/main.ts", 'import "./a.ts";\nexport const main = 1;\n');
  save("scripts/a.ts", "export const a = 1;\n");
  const modules = open();
  await modules.update();
  expect((await modules.update()).touched).toEqual([]);
  const untouched = statSync(join(folder, "dist/scripts/main.js")).ino;
  save("scripts/a.ts", "export const a = 12;\n");
  expect(code((await modules.update()).touched)).toEqual(["dist/scripts/a.js"]);
  expect(statSync(join(folder, "dist/scripts/main.js")).ino).toBe(untouched);

  writeFileSync(join(folder, "dist/scripts/main.js"), "export const bundled = 1;\n");
  save("scripts/a.ts", "export const a = 123;\n");
  expect(code((await modules.update()).touched)).toEqual(["dist/scripts/a.js", "dist/scripts/main.js"]);
  // Another watcher finds all of it done.
  expect((await open().update()).touched).toEqual([]);
});

it("while something cannot be built nothing is written, and all that is wrong is said", async () => {
  save("scripts/a.ts", "export const a = 1;\n");
  save("scripts/b.ts", "export const b = 1;\n");
  const modules = open();
  await modules.update();
  save("scripts/a.ts", "export const a = 2;\n");
  save("scripts/b.ts", "\n\nexport const = 2;\n");
  save("scripts/c.ts", "let = ;\n");
  const { touched, problems } = await modules.update();
  expect(touched).toEqual([]);
  expect(problems.map(({ file, line }) => `${file}:${line}`)).toEqual(["scripts/b.ts:3", "scripts/c.ts:1"]);
  expect(built("scripts/a.js")).toContain("a = 1");
  save("scripts/b.ts", "export const b = 2;\n");
  rmSync(join(folder, "scripts/c.ts"));
  expect(code((await modules.update()).touched)).toEqual(["dist/scripts/a.js", "dist/scripts/b.js"]);
});

it.for([
  ['import "./nobody.ts";', 'expected a TypeScript or JavaScript file "./nobody.ts" to import, found none'],
  ['import "../../other/a.ts";', 'expected a file of the project to import, got "../../other/a.ts"'],
  ['import { b } from "./a.ts";\nconsole.log(b);', 'expected scripts/a.ts to export "b", it does not'],
  [
    'import x from "no-such-package";\nconsole.log(x);',
    'expected an installed package "no-such-package" (npm install no-such-package): ',
  ],
] as const)("what the engine could not load is said at its line: %s", async ([text, message]) => {
  save("scripts/a.ts", "export const a = 1;\n");
  save("scripts/main.js", `// a type above, which is not there any more in what is built\n\n${text}\n`);
  const { problems } = await open("scripts/main.js", "scripts/a.ts").update();
  expect(problems).toEqual([{ file: "scripts/main.js", line: 3, message: expect.stringContaining(message) }]);
});

it("the line is that of the source, also below types", async () => {
  save("scripts/main.ts", 'interface Gone {\n  a: number;\n}\n\nimport "./nobody.ts";\nexport type { Gone };\n');
  expect((await open().update()).problems).toMatchObject([{ file: "scripts/main.ts", line: 5 }]);
});

it("names that are passed on are found, also around a ring; types ask for nothing", async () => {
  save(
    "scripts/main.ts",
    'import { deep } from "./ring.ts";\nimport type { Shape } from "./deep.ts";\nexport const main: Shape = deep;\n',
  );
  save("scripts/ring.ts", 'export * from "./back.ts";\n');
  save("scripts/back.ts", 'export * from "./ring.ts";\nexport * from "./deep.ts";\n');
  save("scripts/deep.ts", "export type Shape = number;\nexport const deep = 1;\n");
  const modules = open();
  expect((await modules.update()).problems).toEqual([]);
  save("scripts/deep.ts", "export type Shape = number;\nexport const deeper = 1;\n");
  expect((await modules.update()).problems).toMatchObject([
    { file: "scripts/main.ts", message: 'expected scripts/ring.ts to export "deep", it does not' },
  ]);
});

it("scripts come and go; so do what they alone import, and the folders that are watched", async () => {
  save("scripts/main.ts", "export const main = 1;\n");
  const modules = open("scripts/**/*.ts");
  await modules.update();
  save("scripts/new/added.ts", 'import { a } from "../../lib/a.ts";\nexport const added = a;\n');
  save("lib/a.ts", "export const a = 1;\n");
  expect(code((await modules.update()).touched)).toEqual(["dist/lib/a.js", "dist/scripts/new/added.js"]);
  expect([...modules.folders].sort()).toEqual(["lib", "scripts", "scripts/new"]);
  rmSync(join(folder, "scripts/new"), { recursive: true });
  await modules.update();
  expect(existsSync(join(folder, "dist/scripts/new/added.js"))).toBe(false);
  expect(existsSync(join(folder, "dist/lib/a.js.map"))).toBe(false);
  expect([...modules.folders]).toEqual(["scripts"]);
});

it("packages are bundled once, and what two of them share is there once", async () => {
  for (const name of ["one", "two"]) {
    save(`node_modules/${name}/package.json`, `{ "name": "${name}", "main": "no.cjs", "module": "yes.js" }`);
    save(`node_modules/${name}/yes.js`, 'export * from "base";\n');
  }
  save("node_modules/base/package.json", '{ "name": "base", "module": "base.js" }');
  save("node_modules/base/base.js", "export const counter = { count: 0 };\n");
  save(
    "scripts/main.ts",
    'import { counter } from "one";\nimport { counter as same } from "two";\nexport const both = counter === same;\n',
  );
  const modules = open();
  expect((await modules.update()).problems).toEqual([]);
  const { both } = await import(join(folder, "dist/scripts/main.js"));
  expect(both).toBe(true);
  save("scripts/main.ts", 'import { counter } from "one";\nexport const both = counter;\n');
  expect(code((await modules.update()).touched)).toContain("dist/packages/two.js");
  expect(existsSync(join(folder, "dist/packages/two.js"))).toBe(false);
});
