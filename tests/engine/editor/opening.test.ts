import { globSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runGodot } from "../runner/godot-process.ts";

const scenes = ["scenes/main.tscn", ...globSync("scenes/zones/*.tscn").sort()];

describe("the Godot editor", () => {
  it.for(scenes)("opens %s without an error line", async (scene) => {
    const result = await runGodot({
      name: `editor/${scene.replaceAll("/", "-")}`,
      engineArgs: ["--editor", "--quit-after", "30"],
      scene: `res://${scene}`,
    });
    expect(result.problems).toEqual([]);
  });
});
