// What needs a project of its own: names of classes for all of it, autoloads, resources in files.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { SmallProject, sceneText } from "./small-project.ts";

const FILES = {
  "main.tscn": sceneText({ name: "Main", type: "Node", script: "main.ts" }),
  "main.ts": "",
  "creatures/creature.ts": `import { Node3D } from "godot";
// export default class NotThis extends Node2D
/** All of them. */
export default abstract class Creature extends Node3D {
  static class_name = true;
  static icon = "res://creature.svg";
}
`,
  "creatures/wolf.ts": `import
  Beast from "./creature.ts";
export default class Wolf
  extends Beast {
  static class_name = "GreyWolf";
  static tool = true;
}
`,
  "creatures/unnamed.ts": `import Wolf from "./wolf.ts";\nexport default class Unnamed extends Wolf {}\n`,
  "loot.ts": `import { GodotObject, Resource as Data } from "godot";
class Kept extends Data {}
export default class Loot extends Kept {
  static class_name = "Loot";
}
`,
  "world.ts": "",
  "creature.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><rect width="16" height="16"/></svg>',
  "dist/creatures/creature.js": `import { Node3D } from "godot";
export default class Creature extends Node3D { static class_name = true; growl() { return "grr"; } }
`,
  "dist/creatures/wolf.js": `import Beast from "./creature.js";
export default class Wolf extends Beast { static class_name = "GreyWolf"; static tool = true; }
`,
  "dist/creatures/unnamed.js": `import Wolf from "./wolf.js";
export default class Unnamed extends Wolf {}
`,
  "dist/loot.js": `import { Resource } from "godot";
export default class Loot extends Resource {
  static class_name = "Loot";
  static exports = { name: { type: "String" }, worth: { type: "int" }, parts: { type: "Array[Loot]" } };
  name = "";
  worth = 1;
  parts = [];
  total() { return this.parts.reduce((sum, part) => sum + part.total(), this.worth); }
}
`,
  "dist/world.js": `import { Node } from "godot";
export default class World extends Node {
  ready = false;
  _ready() { this.ready = true; }
  greet(name) { return "hello " + name; }
}
`,
  "dist/main.js": `import { Node, ResourceLoader, ResourceSaver, GDScript, ProjectSettings } from "godot";
import Loot from "./loot.js";
import Unnamed from "./creatures/unnamed.js";
export default class Main extends Node {
  static exports = { hero: { type: "Object", class_name: "GreyWolf" }, prize: { type: "Loot" } };
  _ready() {
    const say = (name, value) => console.log(name + " " + JSON.stringify(value));
    const world = this.get_node("/root/World");
    say("autoload", [world.constructor.name, world.ready, world.greet("Ada")]);
    const hints = Object.fromEntries(this.get_property_list().map((entry) => [entry.name, [entry.hint, entry.hint_string]]));
    say("hints", [hints.hero, hints.prize]);
    const loot = new Loot();
    loot.name = "chest";
    const coin = new Loot();
    coin.worth = 5;
    loot.parts = [coin, coin];
    say("saved", ResourceSaver.save(loot, "res://chest.tres"));
    const again = ResourceLoader.load("res://chest.tres", "", ResourceLoader.CACHE_MODE_IGNORE_DEEP);
    say("loaded", [again instanceof Loot, again.name, again.total(), again.parts[0] === again.parts[1], again !== loot]);
    const wolf = new Unnamed();
    say("names", [wolf.get_script().get_global_name(), loot.get_script().get_global_name()]);
    const script = new GDScript();
    script.source_code = [
      "extends RefCounted",
      "func look(wolf: GreyWolf, loot: Loot) -> Array:",
      "\\tvar creature: Creature = wolf",
      "\\tvar another = GreyWolf.new()",
      "\\tvar is_node = another is Node3D",
      "\\tanother.free()",
      "\\treturn [wolf is Creature, creature.growl(), loot.worth, World.greet('Bob'), is_node, Loot.new().total()]",
    ].join("\\n");
    script.reload();
    say("gdscript", script.new().call("look", wolf, loot));
    wolf.free();
    this.get_tree().quit();
  }
}
`,
};
const SETTINGS = '[autoload]\nWorld="*res://world.ts"\n';

/** The entries of the editor's list of named classes, as it writes them down. */
function namedClasses(project: SmallProject): Record<string, string>[] {
  const text = readFileSync(join(project.folder, ".godot/global_script_class_cache.cfg"), "utf8");
  return [...text.matchAll(/\{([^}]*)\}/g)].map(([, entry = ""]) =>
    Object.fromEntries([...entry.matchAll(/"(\w+)": &?"?([^",\n]*)/g)].map(([, key, value]) => [key, value])),
  );
}

it("scripts with a class_name are known to the project, GDScript and the inspector; autoloads and resources in files work", {
  timeout: 120_000,
}, async () => {
  using project = new SmallProject(FILES, SETTINGS);
  const imported = await project.start("binding/whole-project-import", { engineArgs: ["--import"] }).ended;
  expect(imported.problems).toEqual([]);
  const classes = namedClasses(project);
  expect(classes.map((entry) => [entry.class, entry.base, entry.icon, entry.is_abstract, entry.is_tool])).toEqual([
    ["Creature", "Node3D", "res://creature.svg", "true", "false"],
    ["GreyWolf", "Creature", "", "false", "true"],
    ["Loot", "Resource", "", "false", "false"],
  ]);
  const { lines, problems } = await project.start("binding/whole-project").ended;
  expect(problems).toEqual([]);
  const said = (name: string) =>
    JSON.parse(lines.find((line) => line.startsWith(`${name} `))?.slice(name.length) ?? "null");
  expect(said("autoload")).toEqual(["World", true, "hello Ada"]);
  expect(said("hints")).toEqual([
    [34, "GreyWolf"],
    [17, "Loot"],
  ]);
  expect(said("saved")).toBe(0);
  expect(said("loaded")).toEqual([true, "chest", 11, true, true]);
  expect(said("names")).toEqual(["", "Loot"]);
  expect(said("gdscript")).toEqual([true, "grr", 1, "hello Bob", true, 1]);
  const text = readFileSync(join(project.folder, "chest.tres"), "utf8");
  expect(text).toContain('script_class="Loot"');
  expect(text).toMatch(/worth = 5\b/);
  expect(text).not.toMatch(/worth = 1\b/); // a default is not written
});
