import { expect, it } from "vitest";
import { hashOfPlay } from "../../fixtures/play-hash.ts";
import { createRandomZone } from "../../fixtures/random-zone.ts";
import { createTestZone } from "../../fixtures/test-zone.ts";
import { runGodot } from "../runner/godot-process.ts";

it("100,000 ticks of the same commands end in the same states in the engine's V8 and in Node", async () => {
  const engine = await runGodot({
    name: "simulation/movement-equality",
    scene: "res://tests/engine/simulation/movement-equality.tscn",
  });
  expect(engine.problems).toEqual([]);
  const hashes = [
    `test zone: ${hashOfPlay(createTestZone(), 11)}`,
    `random zone: ${hashOfPlay(createRandomZone(12), 13)}`,
  ];
  console.log(hashes.join("\n"));
  for (const hash of hashes) expect(engine.lines).toContain(hash);
});
