import { describe, expect, it } from "vitest";
import { bakeScene, readBakeOutput } from "../../../../addons/zone-editor/bake-scene.ts";

const SCENE = "res://scenes/zones/shore.tscn";

describe("readBakeOutput", () => {
  it("takes what was written from between the engine's own lines", () => {
    const output = `Godot Engine v4.6\n\n${SCENE}: dist/zones/shore.zone, 273 KiB: 579 boxes\n`;
    expect(readBakeOutput(output, SCENE, 0)).toEqual({
      ok: true,
      written: "dist/zones/shore.zone, 273 KiB: 579 boxes",
    });
  });

  it("parts each problem into its node and what to do", () => {
    const output = [
      `ERROR: ${SCENE}: Shore/Well/Ring: expected it upright; it is tilted: set its rotation to 0.`,
      "   at: Bake.Bake$bake (res://tools/bake/bake.ts:51)",
      `ERROR: ${SCENE}: Shore: expected at least one spawn; got none.`,
      "ERROR: 1 of 1 zones cannot be baked",
    ].join("\n");
    expect(readBakeOutput(output, SCENE, 1)).toEqual({
      ok: false,
      problems: [
        { nodePath: "Shore/Well/Ring", reason: "expected it upright; it is tilted: set its rotation to 0." },
        { nodePath: "Shore", reason: "expected at least one spawn; got none." },
      ],
    });
  });

  it("shows the end of what was said when the bake broke off without naming a node", () => {
    const result = readBakeOutput("one\ntwo\ncannot open display\n", SCENE, 134);
    expect(result).toMatchObject({ ok: false, problems: [{ nodePath: "" }] });
    expect(JSON.stringify(result)).toMatch(/ended with 134.*cannot open display/u);
  });

  it("takes no word for it that a scene was written when the bake did not end well", () => {
    expect(readBakeOutput(`${SCENE}: dist/zones/shore.zone, 273 KiB\n`, SCENE, 1).ok).toBe(false);
  });
});

describe("bakeScene", () => {
  it("says that an engine cannot be started", async () => {
    const result = await bakeScene("/no/such/godot", process.cwd(), SCENE);
    expect(result).toMatchObject({ ok: false, problems: [{ reason: expect.stringContaining("/no/such/godot") }] });
  });
});
