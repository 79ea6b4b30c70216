// Runs every fixture under tests/engine in a real engine: the scenes whose root node is called Fixture. They run headless,
// `x.display.tscn` on a virtual display. A fixture prints TAP and quits; see docs/toolchain.md.
import { globSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startVirtualDisplay, type VirtualDisplay } from "../../tools/display/virtual-display.ts";
import { missingErrors } from "./runner/engine-log.ts";
import { runGodot } from "./runner/godot-process.ts";
import { readTap, tapProblems } from "./runner/tap.ts";

/** A fixture whose `_ready` throws would never end by itself. */
const GRACE_AFTER_TROUBLE_MS = 3000;

const scenes = globSync("tests/engine/**/*.tscn").filter(isFixture).sort();

describe("fixture scenes", () => {
  let display: VirtualDisplay | undefined;
  const displayForWindows = async () => {
    display ??= await startVirtualDisplay();
    return display;
  };
  beforeAll(async () => {
    if (scenes.some(needsDisplay)) await displayForWindows();
  });
  afterAll(() => display?.stop());

  it.for(scenes)("%s", async (path) => {
    const name = path.replace(/^tests\/engine\//, "").replace(/\.tscn$/, "");
    const scene = `res://${path}`;
    const run = { scene, graceAfterTroubleMs: GRACE_AFTER_TROUBLE_MS };
    const result = await runGodot({ ...run, name, display: needsDisplay(path) ? display : undefined });
    const missing = missingErrors(result.lines).map((text) => `expected an error line with "${text}", got none`);
    const problems = [...result.problems, ...missing, ...tapProblems(readTap(result.lines))];
    if (problems.length > 0 && !needsDisplay(path)) {
      // Once more where there is something to see, for the picture alone.
      const display = await displayForWindows();
      await runGodot({ ...run, name: `${name}/picture`, display, timeoutMs: 30_000 });
    }
    expect(problems, `see out/engine/${name}`).toEqual([]);
  });
});

/** Scenes that fixtures load have roots of other names. */
function isFixture(path: string): boolean {
  return /^\[node name="([^"]*)"/m.exec(readFileSync(path, "utf8"))?.[1] === "Fixture";
}

function needsDisplay(path: string): boolean {
  return path.endsWith(".display.tscn");
}
