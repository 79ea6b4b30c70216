import { beforeAll, describe, expect, it } from "vitest";
import { type GodotResult, runGodot } from "../runner/godot-process.ts";
import { readTap, tapProblems } from "../runner/tap.ts";
import { checkGoldenPackets } from "./golden-problems.ts";
import { playLossyWorld } from "./lossy-world.ts";

describe("the protocol in the engine's V8 and in Node", () => {
  let engine: GodotResult;
  beforeAll(async () => {
    engine = await runGodot({
      name: "protocol/codec-equality",
      scene: "res://tests/engine/protocol/codec-equality.tscn",
    });
  });

  it("[P46] both read the golden packets of all versions", () => {
    expect([...engine.problems, ...tapProblems(readTap(engine.lines))]).toEqual([]);
    const { packets, problems } = checkGoldenPackets();
    expect(problems).toEqual([]);
    expect(packets).toBeGreaterThan(0);
    expect(engine.lines).toContain(`golden packets: ${packets}`);
  });

  it.for([1, 2])("both write the same bytes and read the same states of random world %i, over a bad link", (seed) => {
    const hashes = playLossyWorld(seed);
    console.log(`world ${seed}: ${JSON.stringify(hashes)}`);
    expect(hashes.taken).toBeGreaterThan(1000);
    expect(hashes.bytesPerRecord, "most records are differences").toBeLessThan(10);
    expect(engine.lines).toContain(`world ${seed}: ${JSON.stringify(hashes)}`);
  });
});
