import { type ChildProcess, spawn } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { SmallProject, sceneText } from "./small-project.ts";

const CONFIG = `import esbuild from "rollup-plugin-esbuild";
import { buildProblems } from "./addons/godot-ts/tools/build-problems.mjs";
export default {
  input: { "scripts/main": "scripts/main.ts" },
  external: ["godot"],
  plugins: [esbuild({ target: "node24" }), buildProblems()],
  output: { dir: "dist", format: "es", sourcemap: true, entryFileNames: "[name].js" },
};
`;

const script = (version: number, more = "") => `import { Node } from "godot";

/** Counts its frames over all versions. */
export default class Main extends Node {
  #frames: number = 0;
  ${more}
  override _process(): void {
    this.#frames += 1;
    if (this.#frames % 20 === 0) console.log("version ${version} frames " + this.#frames);
  }
}
`;

let bundler: ChildProcess | undefined;
afterEach(() => bundler?.kill());

it("from the save of a .ts file to the running game, by way of the bundler that watches", async () => {
  using project = new SmallProject({
    "main.tscn": sceneText({ name: "Main", type: "Node", script: "scripts/main.ts" }),
    "scripts/main.ts": script(1),
    "rollup.config.mjs": CONFIG,
  });
  symlinkSync(join(process.cwd(), "node_modules"), join(project.folder, "node_modules"));
  bundler = spawn("node", ["node_modules/rollup/dist/bin/rollup", "-c", "--watch"], {
    cwd: project.folder,
    stdio: ["pipe", "ignore", "pipe"],
  });
  const built = new Promise<void>((resolve) => {
    bundler?.stderr?.setEncoding("utf8").on("data", (text: string) => {
      if (text.includes("created")) resolve();
    });
  });
  await built;
  const game = project.start("binding/hot-reload-build", {
    engineArgs: ["--verbose"],
    expectedTrouble: ["Expected", "missing.ts", "seen in the .ts"],
  });
  await game.waitForLine("version 1 frames");

  const savedAtMs = performance.now();
  project.write("scripts/main.ts", script(2));
  const line = await game.waitForLine("version 2 frames");
  console.log(`from save to running game: ${Math.round(performance.now() - savedAtMs)} ms`);
  expect(Number(/\d+$/.exec(line)?.[0])).toBeGreaterThan(20); // it goes on counting

  project.write("scripts/main.ts", script(3, "oh no;\n  const = 3;"));
  await game.waitForLine("at res://scripts/main.ts:6");
  await game.waitForLine("Not built: the old code goes on.");

  project.write(
    "scripts/main.ts",
    script(4, 'override _input(): void {}\n  _hot_reload(): void {\n    throw new Error("seen in the .ts");\n  }'),
  );
  await game.waitForLine("at Main._hot_reload (res://scripts/main.ts:8:11)");
  await game.waitForLine(/at .*godot-ts:.*reload/);
  await game.waitForLine("node:internal/timers"); // --verbose shows all frames
  await game.waitForLine("version 4 frames");
  game.kill("SIGKILL");
  expect((await game.ended).lines.filter((each) => each.includes("version 3"))).toEqual([]);
});
