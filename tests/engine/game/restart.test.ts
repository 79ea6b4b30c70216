import { expect, it } from "vitest";
import { runGodot } from "../runner/godot-process.ts";
import { LiveZone } from "./live-zone.ts";

const RUNS = 20;

it(`the game starts, joins and ends ${RUNS} times without a crash, a leak or an error line`, async () => {
  await using zone = new LiveZone();
  for (let run = 1; run <= RUNS; run += 1) {
    const name = `Runner ${run}`;
    const game = runGodot({
      name: "game/restart",
      engineArgs: ["--quit-after", "45"],
      args: ["--connect", zone.address, "--name", name],
    });
    const result = await game;
    expect(result.problems, `run ${run}; see out/engine/game/restart`).toEqual([]);
    expect(zone.log.some((line) => line.startsWith(`${name} joined`))).toBe(true);
  }
});
