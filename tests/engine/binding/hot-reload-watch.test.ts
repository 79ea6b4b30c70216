import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { SmallProject, sceneText } from "./small-project.ts";

const main = (version: number, imports = "", more = '""') => `import { Node } from "godot";
import { word } from "./words/word.ts";
${imports}
export default class Main extends Node {
  #frames: number = 0;
  override _process(): void {
    this.#frames += 1;
    if (this.#frames % 20 === 0) console.log("main ${version} " + word + ${more} + " frames " + this.#frames);
  }
}
`;
const OTHER = `import { Node } from "godot";
import { word } from "./words/word.ts";

export default class Other extends Node {
  override _ready(): void {
    this._hot_reload();
  }
  _hot_reload(): void {
    console.log("other " + word);
  }
}
`;
const word = (text: string) => `export const word: string = "${text}";\n`;

let watcher: ChildProcess | undefined;
afterEach(() => watcher?.kill());

it("one save after the other, by way of the runtime's own watcher: scripts, shared modules, packages, new and removed files", {
  timeout: 120_000,
}, async () => {
  using project = new SmallProject({
    "main.tscn": sceneText(
      { name: "Main", type: "Node", script: "scripts/main.ts" },
      { name: "Other", type: "Node", script: "scripts/other.ts" },
    ),
    "scripts/main.ts": main(1),
    "scripts/other.ts": OTHER,
    "scripts/words/word.ts": word("one"),
  });
  symlinkSync(join(process.cwd(), "node_modules"), join(project.folder, "node_modules"));
  watcher = spawn("node", ["addons/godot-ts/tools/watch.mjs"], {
    cwd: project.folder,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => watcher?.once("close", resolve));
  await new Promise((resolve) => watcher?.stdout?.once("data", resolve));
  const game = project.start("binding/hot-reload-watch", {
    timeoutMs: 110_000,
    expectedTrouble: ["Expected", "expected a TypeScript or JavaScript file", 'to export "gone"'],
  });
  const frames = async (text: string) => Number(/\d+$/.exec(await game.waitForLine(text))?.[0]);
  await frames("main 1 one");
  await game.waitForLine("other one");

  project.write("scripts/main.ts", main(2));
  expect(await frames("main 2 one")).toBeGreaterThan(20); // it goes on counting

  project.write("scripts/words/word.ts", word("two"));
  expect(await frames("main 2 two")).toBeGreaterThan(20);
  await game.waitForLine("other two");

  // As long as something cannot be built, nothing else comes.
  project.write("scripts/words/word.ts", "\nexport const = 3;\n");
  await game.waitForLine("at res://scripts/words/word.ts:2");
  project.write("scripts/main.ts", main(3));
  project.write("scripts/words/word.ts", word("three"));
  await frames("main 3 three");

  // A file that does not exist yet, in a folder that does not either; and then no more.
  project.write("scripts/main.ts", main(4, 'import { added } from "./later/added.ts";', "added"));
  await game.waitForLine("at res://scripts/main.ts:3");
  project.write("scripts/later/added.ts", 'export const added: string = " added";\n');
  await frames("main 4 three added");
  project.write("scripts/main.ts", main(5));
  await frames("main 5 three frames");
  rmSync(join(project.folder, "scripts/later"), { recursive: true });
  await vi.waitFor(() => expect(existsSync(join(project.folder, "dist/scripts/later/added.js"))).toBe(false), 30_000);

  project.write(
    "scripts/main.ts",
    main(6, 'import { word as gone, gone as word2 } from "./words/word.ts";', "gone + word2"),
  );
  await game.waitForLine('expected scripts/words/word.ts to export "gone"');
  project.write("scripts/main.ts", main(7, 'import { SIZEOF_INT } from "flatbuffers";', '" " + SIZEOF_INT'));
  await frames("main 7 three 4");

  game.kill("SIGKILL");
  const { lines } = await game.ended;
  expect(lines.filter((line) => /^main (3 two|6 )/.test(line))).toEqual([]);
  // It ends with whoever holds its input.
  watcher.stdin?.end();
  expect(await ended).toBe(0);
});
