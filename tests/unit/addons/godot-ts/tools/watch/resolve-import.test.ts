import { expect, it } from "vitest";
import { resolveImport } from "../../../../../../addons/godot-ts/tools/watch/resolve-import.mjs";

const FILES = new Set([
  "scripts/hero.ts",
  "scripts/old.js",
  "scripts/both.ts",
  "scripts/both.js",
  "scripts/pack/index.ts",
]);
const project = { external: ["gns"], isFile: (path: string) => FILES.has(path) };

it.for([
  ["./hero.ts", { module: "scripts/hero.ts" }],
  ["./hero", { module: "scripts/hero.ts" }],
  ["./hero.js", { module: "scripts/hero.ts" }],
  ["./old.js", { module: "scripts/old.js" }],
  ["./both.js", { module: "scripts/both.js" }],
  ["../scripts/pack", { module: "scripts/pack/index.ts" }],
  ["./nobody.ts", "missing"],
  ["../../hero.ts", "outside"],
  ["godot", "as it is"],
  ["node:fs", "as it is"],
  ["gns", "as it is"],
  ["@msgpack/msgpack", { package: "@msgpack/msgpack" }],
] as const)("%s leads from scripts/main.ts to %o", ([specifier, expected]) => {
  expect(resolveImport(specifier, "scripts/main.ts", project)).toEqual(expected);
});
