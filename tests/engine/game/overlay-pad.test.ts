import { expect, it } from "vitest";
import { runGodot } from "../runner/godot-process.ts";

it("a gamepad alone opens the overlay, makes the link worse, gets the focus back and closes it", async () => {
  const result = await runGodot({ name: "game/overlay-pad", scene: "res://tests/engine/game/overlay-pad.tscn" });
  expect(result.problems).toEqual([]);
  const steps = result.lines
    .filter((line) => line.startsWith("pad {"))
    .map((line): unknown => JSON.parse(line.slice("pad ".length)));
  expect(steps).toEqual([
    { step: "numbers", controls: true, focus: "Play", warns: false },
    { step: "controls", controls: true, focus: "none", warns: false },
    { step: "last profile", controls: true, focus: "reference", warns: false },
    { step: "chosen", controls: true, focus: "reference", warns: true },
    { step: "left", controls: true, focus: "Play", warns: true },
    { step: "closed", controls: false, focus: "Play", warns: true },
  ]);
});
