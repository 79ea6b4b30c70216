import { expect, it } from "vitest";
import { runGodot } from "./godot-process.ts";

const scene = "res://tests/engine/runner/never-ready.tscn";

it("an engine whose script failed is not waited for until the time is over", async () => {
  const result = await runGodot({ name: "runner/never-ready", scene, graceAfterTroubleMs: 300 });
  expect(result.timedOut).toBe(false);
  expect(result.problems).toEqual([
    expect.stringContaining("never ready"),
    "it was ended 300 ms after its first error",
  ]);
});
