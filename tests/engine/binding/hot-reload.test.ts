import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, it, vi } from "vitest";
import type { GodotProcess } from "../runner/godot-process.ts";
import { SmallProject, sceneText } from "./small-project.ts";

/** Asks the walker through the engine, as a signal, a GDScript and a scene would, whenever the test wants to know. */
const MAIN = `import { Node } from "godot";
import { existsSync, readFileSync, rmSync } from "node:fs";
export default class Main extends Node {
  static questions = new URL("../question", import.meta.url);
  _ready() {
    this.walker = this.get_node("Walker");
    this.get_node("Walker").connect("stepped", (count) => console.log("stepped " + count));
  }
  _process() {
    if (!existsSync(Main.questions)) return;
    const question = readFileSync(Main.questions, "utf8");
    rmSync(Main.questions);
    if (question === "quit") this.get_tree().quit();
    else console.log(question + " -> " + this.walker.call("answer", question));
  }
}
`;

const WALKER = `import { Node3D } from "godot";
import { stride } from "./stride.js";
class Walker extends Node3D {
  static exports = { speed: { type: "float" }, title: { type: "String" }, lives: { type: "int" } };
  static signals = { stepped: [{ name: "count", type: "int" }] };
  speed = 1;
  title = "plain";
  lives = 3;
  steps = 0;
  #secret = "kept";
  constructor(...given) {
    super(...given);
    console.log("constructed");
  }
  gone() { return "still here"; }
  #tell() { return this.#secret + " " + this.steps; }
  bound = () => this.#tell();
  answer(question) {
    if (question === "step") { this.steps += stride; this.emit_signal("stepped", this.steps); }
    return "old " + this.#tell() + " " + this.speed + " " + this.title + " " + this.lives + " " + this.bound();
  }
}
export default Walker;
`;

const NEW_WALKER = `import { Node3D, Vector3 } from "godot";
import { stride } from "./stride.js";
class Walker extends Node3D {
  static exports = { speed: { type: "float" }, title: { type: "String" }, height: { type: "float" }, lives: { type: "String" } };
  static signals = { stepped: [{ name: "count", type: "int" }], hot: [] };
  speed = 2;
  title = "plainer";
  height = 1.5;
  lives = "many";
  steps = 100;
  #secret = "lost";
  #added = { deep: ["new"] };
  frames = 0;
  constructor(...given) {
    super(...given);
    console.log("constructed");
  }
  _process() { if (this.frames++ === 0) console.log("processes"); }
  _hot_reload() { console.log("hook " + this.#added.deep[0] + " " + this.has_signal("hot")); }
  #tell() { return "[" + this.#secret + " " + this.steps + "]"; }
  bound = () => "lost";
  answer(question) {
    if (question === "step") { this.steps += stride; this.emit_signal("stepped", this.steps); }
    return "new " + this.#tell() + " " + this.speed + " " + this.title + " " + this.lives + " " + this.height + " " + this.bound() + " " + this.has_method("gone");
  }
}
export default Walker;
`;

const FILES = {
  "main.tscn": sceneText(
    { name: "Main", type: "Node", script: "main.ts" },
    { name: "Walker", type: "Node3D", script: "walker.ts", values: { title: '"Ada"' } },
  ),
  "main.ts": "",
  "walker.ts": "",
  "dist/main.js": MAIN,
  "dist/walker.js": WALKER,
  "dist/stride.js": "export const stride = 1;\n",
};

async function ask(project: SmallProject, game: GodotProcess, question: string): Promise<string> {
  project.write("question", question);
  return (await game.waitForLine(`${question} -> `)).slice(`${question} -> `.length);
}

/** Waits until the game has said `text` so many times. */
function times(game: GodotProcess, text: string, count: number): Promise<void> {
  return vi.waitFor(
    () => expect(game.lines.filter((line) => line.includes(text)).length).toBeGreaterThanOrEqual(count),
    {
      timeout: 20_000,
    },
  );
}

async function quit(project: SmallProject, game: GodotProcess): Promise<string[]> {
  project.write("question", "quit");
  return (await game.ended).problems;
}

it("a saved script is in the running game within two seconds, with the state of its nodes", async () => {
  using project = new SmallProject(FILES);
  const game = project.start("binding/hot-reload");
  expect(await ask(project, game, "step")).toBe("old kept 1 1 Ada 3 kept 1");

  const savedAtMs = performance.now();
  project.write("dist/walker.js", NEW_WALKER);
  expect(await game.waitForLine("reloaded res://walker.ts")).toContain("(1 living objects)");
  const tookMs = performance.now() - savedAtMs;
  await game.waitForLine("hook new true");
  await game.waitForLine("processes");
  // Old default 1 gives way to 2; what the scene set stays; another type takes its default; closures run the new methods.
  expect(await ask(project, game, "now")).toBe("new [kept 1] 2 Ada many 1.5 [kept 1] false");
  await ask(project, game, "step");
  await game.waitForLine("stepped 2");

  project.write("dist/stride.js", "export const stride = 10;\n");
  await times(game, "reloaded res://walker.ts", 2);
  await ask(project, game, "step");
  await game.waitForLine("stepped 12");
  expect(await quit(project, game)).toEqual([]);
  // What tells the defaults of each version, and the node, once.
  expect(game.lines.filter((line) => line === "constructed")).toHaveLength(4);
  console.log(`reloaded after ${Math.round(tookMs)} ms`);
});

it("a save that does not load leaves the old code and says where it is broken, and the next good one is taken", async () => {
  using project = new SmallProject(FILES);
  const game = project.start("binding/hot-reload-broken", {
    expectedTrouble: [
      "Unexpected token",
      "no export named 'Nodule'",
      "thrown at the top",
      'unknown type "flaot"',
      "no default export",
      'Walker must extend a class of "godot"',
    ],
  });
  expect(await ask(project, game, "one")).toContain("old kept");
  const broken = [
    ["const = 1;\n", "SyntaxError"],
    ['import { Nodule } from "godot";\nexport default class Walker extends Nodule {}\n', "'Nodule'"],
    [
      'import { Node3D } from "godot";\n\nthrow new Error("thrown at the top");\nexport default class W extends Node3D {}\n',
      "thrown at the top",
    ],
    [
      'import { Node3D } from "godot";\nexport default class W extends Node3D { static exports = { a: { type: "flaot" } }; }\n',
      "flaot",
    ],
    ["export const nothing = 1;\n", "no default export"],
    ["export default class Walker {}\n", "must extend a class of"],
  ] as const;
  for (const [index, [text, message]] of broken.entries()) {
    project.write("dist/walker.js", text);
    await game.waitForLine(message);
    expect(await ask(project, game, `after ${index}`)).toBe("old kept 0 1 Ada 3 kept 0");
  }
  for (const place of ["walker.js:1:7", "walker.js:1:1", "walker.js:3:7"])
    expect(game.lines).toContainEqual(expect.stringMatching(`at .*res://dist/${place}`));
  // How Node loads modules and calls timers is not what a script's author looks for.
  expect(game.lines.filter((line) => line.includes("node:internal"))).toEqual([]);
  project.write("dist/walker.js", NEW_WALKER);
  await times(game, "reloaded res://walker.ts", 1);
  expect(await ask(project, game, "good")).toContain("new [kept 0]");
  expect(await quit(project, game)).toEqual([]);
});

const BASE = (version: string) => `import { Node } from "godot";
export default class Base extends Node {
  #who = "base ${version}";
  who() { return this.#who + " ${version}"; }
}
`;
const CHILD = `import Base from "./base.js";
export default class Child extends Base {
  #who = "child";
  fields = 0;
  both() { return this.who() + ", " + this.#who + " " + this.fields; }
}
`;
const PLAIN = `import { Resource } from "godot";
export default class Plain extends Resource {
  amount = 1;
  what() { return "plain " + this.amount; }
}
`;
const FAMILY = `import { Node } from "godot";
import { existsSync, readFileSync, rmSync } from "node:fs";
import Plain from "./plain.js";
export default class Family extends Node {
  kept = new Plain();
  static questions = new URL("../question", import.meta.url);
  _ready() { this.kept.amount = 5; }
  _process() {
    if (!existsSync(Family.questions)) return;
    const question = readFileSync(Family.questions, "utf8");
    rmSync(Family.questions);
    if (question === "quit") return this.get_tree().quit();
    if (question === "touch") this.get_node("Child").fields++;
    console.log(question + " -> " + this.get_node("Child").both() + "; " + this.kept.what() + "; " + this.get_node("Quiet").has_method("_process"));
  }
}
`;
const QUIET = `import { Node } from "godot";
export default class Quiet extends Node {
  _process() {}
}
`;

it("classes that extend a saved one, resources, and nodes that begin to hear notifications go along", async () => {
  using project = new SmallProject({
    "main.tscn": sceneText(
      { name: "Family", type: "Node", script: "family.ts" },
      { name: "Child", type: "Node", script: "child.ts" },
      { name: "Quiet", type: "Node", script: "quiet.ts" },
    ),
    ...Object.fromEntries(["family", "base", "child", "plain", "quiet"].map((name) => [`${name}.ts`, ""])),
    "dist/family.js": FAMILY,
    "dist/base.js": BASE("1"),
    "dist/child.js": CHILD,
    "dist/plain.js": PLAIN,
    "dist/quiet.js": QUIET,
  });
  const game = project.start("binding/hot-reload-family");
  expect(await ask(project, game, "touch")).toBe("base 1 1, child 1; plain 5; true");
  project.write("dist/base.js", BASE("2"));
  await times(game, "res://child.ts", 1);
  expect(await ask(project, game, "based")).toBe("base 1 2, child 1; plain 5; true");
  project.write(
    "dist/child.js",
    CHILD.replace('"child"', '"lost"')
      .replace("both() {", 'both() { return "again " +')
      .replace("return this.who", "this.who"),
  );
  await times(game, "res://child.ts", 2);
  expect(await ask(project, game, "childish")).toBe("again base 1 2, child 1; plain 5; true");

  // The family imports the resource's class, so it is loaded anew as well.
  project.write("dist/plain.js", PLAIN.replace('"plain "', '"fancy "'));
  await times(game, "res://plain.ts", 1);
  expect(await ask(project, game, "fancy")).toContain("fancy 5; true");

  project.write(
    "dist/quiet.js",
    QUIET.replace("_process() {}", '_notification(what) { if (what === 2001) console.log("heard"); }'),
  );
  await times(game, "res://quiet.ts", 1);
  expect(await ask(project, game, "quietly")).toContain("; false");

  project.write("dist/quiet.js", QUIET.replace("extends Node", "extends Node3D").replaceAll("Node }", "Node3D }"));
  await game.waitForLine("1 objects of another class keep the old code");
  expect(await quit(project, game)).toEqual([]);
});

it("twenty saves in a row end with the last one, and nothing is left over", async () => {
  using project = new SmallProject(FILES);
  const game = project.start("binding/hot-reload-often");
  await ask(project, game, "first");
  for (let count = 1; count <= 20; count++) {
    project.write("dist/stride.js", `export const stride = ${count};\n`);
    await ask(project, game, `save ${count}`);
  }
  await vi.waitFor(async () => {
    await ask(project, game, "step");
    const steps = game.lines.filter((line) => line.startsWith("stepped ")).map((line) => Number(line.slice(8)));
    expect((steps.at(-1) ?? 0) - (steps.at(-2) ?? 0)).toBe(20);
  }, 20_000);
  expect(await quit(project, game)).toEqual([]);
});

it("godot_ts/hot_reload = false turns it off", async () => {
  using project = new SmallProject(FILES, "[godot_ts]\nhot_reload=false\n");
  // Nor does an inspector that cannot listen there keep the game from running.
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  const game = project.start("binding/hot-reload-off", {
    args: [`--inspect=${port}`],
    expectedTrouble: ["the inspector did not start"],
  });
  await ask(project, game, "one");
  project.write("dist/walker.js", NEW_WALKER);
  for (let frame = 0; frame < 10; frame++) await ask(project, game, `frame ${frame}`);
  expect(await ask(project, game, "last")).toContain("old kept");
  expect(game.lines.some((line) => line.includes("reloaded"))).toBe(false);
  await game.waitForLine(`--inspect=${port}: the inspector did not start: it cannot listen on 127.0.0.1:${port}`);
  taken.close();
  expect(await quit(project, game)).toEqual([]);
});
