import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { Replay } from "../../../scripts/client/recording/replay.ts";
import { mustOpen, recordPlay } from "../../fixtures/recorded-play.ts";
import { GodotProcess, runGodot } from "../runner/godot-process.ts";
import { readTap, tapProblems } from "../runner/tap.ts";
import { LiveZone } from "./live-zone.ts";

const FOLDER = resolve("out/engine/game/recordings");
/** The start and the end of the engine may be busy for longer; the frames of a test are few. */
const TIMEOUT_MS = 120_000;

beforeAll(() => {
  mkdirSync(FOLDER, { recursive: true });
});

async function replayFile(path: string): Promise<Replay> {
  const replay = new Replay(mustOpen(readFileSync(path)));
  await replay.run();
  return replay;
}

describe("recordings of Node and of the engine", () => {
  it("replay alike in both, to the last bit", async () => {
    const fromNode = join(FOLDER, "node.rec");
    const fromEngine = join(FOLDER, "engine.rec");
    const bytes = recordPlay();
    writeFileSync(fromNode, bytes);
    const engine = await runGodot({
      name: "game/replay",
      scene: "res://tests/engine/game/replay.tscn",
      env: { FROM_NODE: fromNode, FROM_ENGINE: fromEngine },
    });
    expect([...engine.problems, ...tapProblems(readTap(engine.lines))]).toEqual([]);
    const here = await replayFile(fromEngine);
    expect(here.firstDifference).toBeUndefined();
    expect(engine.lines).toContain(`compared: ${here.packetsCompared} packets, ${here.statesCompared} states`);
    expect(Buffer.compare(readFileSync(fromEngine), bytes)).toBe(0);
  });

  it("a game that was played over the network replays in Node, and in the game", async () => {
    const file = join(FOLDER, "walk.rec");
    {
      await using zone = new LiveZone();
      zone.observe("Grace");
      const game = new GodotProcess({
        name: "game/recorded",
        scene: "res://tests/engine/game/walker.tscn",
        args: ["--connect", zone.address, "--name", "Ada", "--record", file, "--link", "reference"],
        timeoutMs: TIMEOUT_MS,
      });
      await game.waitForLine("walked ", 100_000);
      expect((await game.ended).problems).toEqual([]);
    }
    const { end, seconds } = mustOpen(readFileSync(file));
    expect(end.kind).toBe("complete");
    expect(seconds).toBeGreaterThan(3);
    const replay = await replayFile(file);
    expect(replay.firstDifference).toBeUndefined();
    expect(replay.packetsCompared).toBeGreaterThan(60);
    expect(replay.client.telemetry.distanceMeters).toBeGreaterThan(9);

    const again = new GodotProcess({
      name: "game/replayed",
      engineArgs: ["--fixed-fps", "60"],
      args: ["--replay", file, "--replay-seconds", "600"],
      timeoutMs: TIMEOUT_MS,
    });
    const result = await again.ended;
    expect(result.problems).toEqual([]);
    const said: unknown = JSON.parse(result.lines.find((line) => line.startsWith('{"replayed"')) ?? "null");
    const { frames, packetsCompared } = replay;
    expect(said).toMatchObject({ identical: true, frames, packetsCompared, firstDifference: null });
  });

  it("what is no recording is refused with a sentence, and the game ends", async () => {
    const file = join(FOLDER, "none.rec");
    writeFileSync(file, "nothing of the kind");
    const sentence = `the recording cannot be played: ${file}: expected a recording`;
    const game = new GodotProcess({
      name: "game/replay-refused",
      args: ["--replay", file],
      timeoutMs: TIMEOUT_MS,
      expectedTrouble: [sentence],
    });
    const result = await game.ended;
    expect(result.exitCode).toBe(2);
    expect(result.lines.some((line) => line.includes(sentence))).toBe(true);
  });
});
