import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { unexpectedTrouble } from "../runner/engine-log.ts";
import { SmallProject, sceneText } from "./small-project.ts";

const PRESETS = `[preset.0]
name="Linux"
platform="Linux"
runnable=true
export_filter="all_resources"
include_filter=""
exclude_filter="tests/*"
export_path=""
[preset.0.options]
custom_template/release="/usr/bin/godot-template-release"
binary_format/embed_pck=false
texture_format/s3tc_bptc=true
binary_format/architecture="x86_64"
`;

const MAIN = `import { FileAccess, Node } from "godot";
import { word } from "../chunks/words.js";
import { basename } from "node:path";
import { beside } from "beside";
export default class Main extends Node {
  static exports = { number: { type: "int" } };
  number = 1;
  async _ready() {
    const { late } = await import("../chunks/late.js");
    const rule = (path) => JSON.parse(FileAccess.get_file_as_string(path)).rule;
    const rules = [rule("res://data/rules.json"), rule("res://data/deep/er/rules.json")];
    console.log([word, late, basename("/a/b"), beside, this.number, this.get_node("Child").greet(), ...rules].join(" "));
    this.get_tree().quit(this.number);
  }
}
`;

/** A package that the bundler left alone. */
const packageFiles = (folder: string) => ({
  [`${folder}/package.json`]: '{ "name": "beside", "version": "1.0.0", "type": "module", "main": "index.js" }',
  [`${folder}/index.js`]: 'export const beside = "beside";\n',
});

function run(command: string, args: readonly string[], cwd: string): SpawnSyncReturns<string> {
  return spawnSync(command, args, { cwd, encoding: "utf8", timeout: 100_000 });
}

/** What a game reads by itself, and libraries that it opens; two patterns that nothing matches. */
const SETTINGS = `[godot_ts]
export_files=["data/**/*.json", "data/**/*.yaml"]
export_libraries=["native/*/beside.so", "native/*/missing.so"]
`;
const NOT_EXPORTED = ["res://scripts/unbuilt.ts is not built", '"data/**/*.yaml"', '"native/*/missing.so"'];

it("an exported game has the built modules of its scripts and the files of its settings, and none of their sources; what is missing is an error", {
  timeout: 400_000,
}, async () => {
  const files = {
    "main.tscn": sceneText(
      { name: "Main", type: "Node", script: "scripts/main.ts", values: { number: "7" } },
      { name: "Child", type: "Node", script: "scripts/child.ts" },
    ),
    "export_presets.cfg": PRESETS,
    "scripts/main.ts":
      'import { Node } from "godot";\nexport default class Main extends Node { /* secret source */ }\n',
    "scripts/child.ts": 'import { Node } from "godot";\nclass Child extends Node {}\nexport default Child;\n',
    "scripts/library.ts": "export const secret = 1;\n",
    "scripts/unbuilt.ts": 'import { Node } from "godot";\nexport default class Unbuilt extends Node {}\n',
    "data/.gdignore": "",
    "data/rules.json": '{"rule":"top"}',
    "data/deep/er/rules.json": '{"rule":"deep"}',
    "data/deep/er/notes.txt": "secret notes",
    "native/any/beside.so": "a library",
    "native/.gdignore": "",
    "tests/left.ts": 'import { Node } from "godot";\nexport default class Left extends Node {}\n',
    "dist/scripts/main.js": MAIN,
    "dist/scripts/main.js.map": "{}",
    "dist/scripts/child.js":
      'import { Node } from "godot";\nexport default class Child extends Node { greet() { return "hello"; } }\n',
    "dist/chunks/words.js": 'export const word = "packed";\n',
    "dist/chunks/late.js": 'export const late = "late";\n',
    "dist/chunks/unused.js": 'export const unused = "unused chunk";\n',
    "dist/tests/left.js":
      'import { Node } from "godot";\nexport default class Left extends Node { left = "left out"; }\n',
    "out/.gdignore": "",
    "node_modules/.gdignore": "",
    ...packageFiles("node_modules/beside"),
    ...packageFiles("out/node_modules/beside"),
  };
  using project = new SmallProject(files, SETTINGS);
  const exporting = project.start("binding/export", {
    engineArgs: ["--export-release", "Linux", "out/game.x86_64"],
    timeoutMs: 150_000,
    expectedTrouble: NOT_EXPORTED,
  });
  const exported = await exporting.ended;
  expect(exported.problems).toEqual([]);
  for (const text of NOT_EXPORTED) expect(exported.lines.some((line) => line.includes(text))).toBe(true);

  const mistaken = ["export_files", "watch_command"].map((name) => `godot_ts/${name} must be an array of strings`);
  const settings = `config_version=5\n[godot_ts]\nexport_files="data"\nwatch_command="rollup"\n`;
  project.write("project.godot", settings);
  const refused = await project.start("binding/export-mistaken", {
    engineArgs: ["--export-pack", "Linux", "out/mistaken.pck"],
    timeoutMs: 150_000,
    expectedTrouble: [...mistaken, "res://scripts/unbuilt.ts is not built"],
  }).ended;
  for (const text of mistaken) expect(refused.lines.some((line) => line.includes(text))).toBe(true);

  const out = join(project.folder, "out");
  const pack = readFileSync(join(out, "game.pck"), "latin1");
  for (const part of ["packed", "res://dist/chunks/late.js".slice(6), "greet()"]) expect(pack).toContain(part);
  for (const part of ["secret", "unused chunk", "left out", "main.js.map"]) expect(pack).not.toContain(part);
  expect(readdirSync(out)).toContain("libgodot-ts.so");
  expect(readFileSync(join(out, "native/any/beside.so"), "utf8")).toBe("a library");

  const played = run(join(out, "game.x86_64"), ["--headless"], out);
  const lines = `${played.stdout}\n${played.stderr}`.split("\n");
  expect(lines).toContain("packed late b beside 7 hello top deep");
  expect(unexpectedTrouble(lines)).toEqual([]);
  expect(played.status).toBe(7);
});
