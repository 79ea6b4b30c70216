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

/** What the screen of a replay said before or after a key. */
function readScreen(line: string) {
  const match = /^(before|after) (\w+): (\d+):(\d+\.\d) \/ \S+ +(\S+) +frame (\d+)$/u.exec(line);
  if (match === null) return undefined;
  const [, when, key, minutes, seconds, state, frame] = match;
  return { when, key, state, seconds: Number(minutes) * 60 + Number(seconds), frame: Number(frame) };
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

  it("in the window, keys stop it, take it frame by frame, back and forth, change its speed and end it", async () => {
    const file = join(FOLDER, "keys.rec");
    writeFileSync(file, recordPlay());
    const game = await runGodot({
      name: "game/replay-keys",
      scene: "res://tests/engine/game/replay-keys.tscn",
      engineArgs: ["--fixed-fps", "60"],
      args: ["--replay", file],
      timeoutMs: TIMEOUT_MS,
    });
    expect(game.problems).toEqual([]);
    const screens = game.lines.flatMap((line) => readScreen(line) ?? []);
    const at = (when: string, key: string, which = 0) => {
      const found = screens.filter((screen) => screen.when === when && screen.key === key)[which];
      if (found === undefined) throw new Error(`no line "${when} ${key}":\n${game.lines.join("\n")}`);
      return found;
    };
    expect(at("before", "Space").state).toBe("×1");
    expect(at("after", "Space").state).toBe("paused");
    expect(at("before", "Period").frame).toBe(at("after", "Space").frame);
    expect(at("after", "Period").frame).toBe(at("after", "Space").frame + 1);
    expect(at("after", "Period", 1).frame).toBe(at("after", "Space").frame + 2);
    expect(at("before", "Down").seconds).toBeCloseTo(at("before", "Right").seconds + 5, 0);
    expect(at("after", "Space", 1).state).toBe("×0.5");
    expect(at("after", "Up").state).toBe("×1");
    expect(at("after", "Up", 1).state).toBe("×2");
    expect(at("before", "Home").seconds).toBeLessThan(at("before", "Left").seconds);
    expect(at("before", "Escape").seconds).toBeLessThan(at("before", "Home").seconds);
    expect(game.lines.filter((line) => line.startsWith('{"replayed"'))).toHaveLength(1);
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
