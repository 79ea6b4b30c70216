import { describe, expect, test } from "vitest";
import { readLaunchOptions } from "../../../scripts/game/launch-options.ts";

describe("readLaunchOptions", () => {
  test("reads every option", () => {
    const { options, problems } = readLaunchOptions([
      ...["--connect", "127.0.0.1:7777", "--address", "127.0.0.1:7778", "--name", "Ada", "--quality", "high"],
      ...["--autopilot", "20", "--screenshots", "out/shots", "--report", "out/report.json"],
      ...["--link", "reference,latencyMs=100", "--record", "out/a.rec"],
      ...["--replay", "out/b.rec", "--replay-start", "12.5", "--replay-seconds", "3"],
    ]);
    expect(problems).toEqual([]);
    expect(options).toEqual({
      connect: "127.0.0.1:7777",
      address: "127.0.0.1:7778",
      name: "Ada",
      quality: "high",
      autopilotSeconds: 20,
      screenshotFolder: "out/shots",
      reportFile: "out/report.json",
      recordFile: "out/a.rec",
      replayFile: "out/b.rec",
      replayStartSeconds: 12.5,
      replaySeconds: 3,
      link: expect.objectContaining({ up: expect.objectContaining({ latencyMs: 100, lossRate: 0.05 }) }),
    });
  });

  test.each([
    [["--fly"], 'unknown option "--fly"'],
    [["--name"], "--name needs a value"],
    [["--connect", "--name", "Ada"], "--connect needs a value"],
    [["--quality", "ultra"], '--quality: expected one of low, medium, high, got "ultra"'],
    [["--autopilot", "soon"], '--autopilot: expected seconds above 0, got "soon"'],
    [
      ["--link", "dialup"],
      '--link: expected one of none, lan, broadband, wifi-stall, mobile, satellite, reference, got "dialup"',
    ],
    [["--record"], "--record needs a value"],
    [["--replay-start", "-1"], '--replay-start: expected seconds from 0 up, got "-1"'],
    [["--replay-seconds", "0"], '--replay-seconds: expected seconds above 0, got "0"'],
    [["--autopilot", "0"], '--autopilot: expected seconds above 0, got "0"'],
  ])("says what is wrong with %j", (args, problem) => {
    expect(readLaunchOptions(args).problems).toContain(problem);
  });

  test("uses what is right beside what is wrong", () => {
    const { options, problems } = readLaunchOptions(["--quality", "ultra", "--name", "Ada"]);
    expect(options.name).toBe("Ada");
    expect(options.quality).toBeUndefined();
    expect(problems).toHaveLength(1);
  });
});
