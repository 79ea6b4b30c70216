import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { type GodotResult, runGodot } from "../runner/godot-process.ts";

const SCENE = `[gd_scene load_steps=2 format=3]
[ext_resource type="Script" path="res://main.ts" id="1"]
[node name="Main" type="Node"]
script = ExtResource("1")
`;

/** Fills the heap until V8 has been given more, then lets go. */
const HOARDER = `import { Node } from "godot";
import { getHeapStatistics } from "node:v8";
const limit = () => getHeapStatistics().heap_size_limit;
export default class Main extends Node {
  kept = [];
  first = limit();
  _process() {
    for (let i = 0; i < 20_000; i++) this.kept.push({ i, list: [i, i] });
    if (limit() === this.first) return;
    this.kept = [];
    console.log("raised");
    this.get_tree().quit();
  }
}
`;

const QUITTER = `import { Node } from "godot";
export default class Main extends Node {
  _ready() {
    this.get_tree().quit();
  }
}
`;

/** Half of what it makes is kept for a while, so that V8 would like more room for new objects; tells the most that it had, MB. */
const CHURNER = `import { Node } from "godot";
import { getHeapSpaceStatistics } from "node:v8";
const young = () => getHeapSpaceStatistics().find((space) => space.space_name === "new_space").space_size / 2 ** 20;
export default class Main extends Node {
  kept = [];
  most = 0;
  frames = 0;
  _process() {
    for (let i = 0; i < 50_000; i++) this.kept[i] = i % 2 === 0 ? { i, list: [i, i] } : [{ i }];
    this.most = Math.max(this.most, young());
    if (++this.frames < 60) return;
    console.log("most " + Math.round(this.most));
    this.get_tree().quit();
  }
}
`;

let project = "";
afterEach(() => rmSync(project, { recursive: true, force: true }));

function runProject(setting: string, script: string, expectedTrouble: readonly string[]): Promise<GodotResult> {
  project = mkdtempSync(join(tmpdir(), "heap-limit-"));
  mkdirSync(join(project, "dist"));
  mkdirSync(join(project, ".godot"));
  symlinkSync(join(process.cwd(), "addons"), join(project, "addons"));
  const settings = `config_version=5\n[application]\nrun/main_scene="res://main.tscn"\n[godot_ts]\n${setting}\n`;
  writeFileSync(join(project, "project.godot"), settings);
  writeFileSync(join(project, ".godot/extension_list.cfg"), "res://addons/godot-ts/godot-ts.gdextension\n");
  writeFileSync(join(project, "main.tscn"), SCENE);
  writeFileSync(join(project, "main.ts"), "");
  writeFileSync(join(project, "dist/main.js"), script);
  return runGodot({ name: "binding/heap-limit", engineArgs: ["--path", project], expectedTrouble });
}

it("near the heap limit of the project settings the engine says so, and the game goes on", async () => {
  const result = await runProject("heap_limit_mb=64", HOARDER, ["nearly all of its 64 MB"]);
  expect(result.problems).toEqual([]);
  expect(result.lines.filter((line) => line.includes("nearly all of its 64 MB"))).toHaveLength(1);
  expect(result.lines).toContain("raised");
});

it("a heap limit that is none is reported, and V8's own holds", async () => {
  const result = await runProject('heap_limit_mb="lots"', QUITTER, ["heap_limit_mb must be"]);
  expect(result.problems).toEqual([]);
  expect(result.lines.some((line) => line.includes("it is lots"))).toBe(true);
});

it("new objects get as much room as the project settings say", async () => {
  const most = async (setting: string, expectedTrouble: readonly string[] = []): Promise<number> => {
    const result = await runProject(setting, CHURNER, expectedTrouble);
    rmSync(project, { recursive: true, force: true });
    expect(result.problems).toEqual([]);
    return Number(/^most (\d+)$/m.exec(result.lines.join("\n"))?.[1]);
  };
  // Two halves; while V8 moves what survives, a few pages more.
  const margin = 1.5;
  expect(await most("")).toBeLessThanOrEqual(2 * 4 * margin);
  expect(await most("semi_space_mb=2")).toBeLessThanOrEqual(2 * 2 * margin);
  expect(await most("semi_space_mb=0")).toBeGreaterThan(2 * 4 * margin);
  expect(await most("semi_space_mb=-1", ["semi_space_mb must be"])).toBeLessThanOrEqual(2 * 4 * margin);
}, 60_000);
