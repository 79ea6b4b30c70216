import { describe, expect, test } from "vitest";
import { readLaunchOptions } from "../../../scripts/game/launch-options.ts";

describe("readLaunchOptions", () => {
  test("reads every option", () => {
    const { options, problems } = readLaunchOptions([
      ...["--connect", "127.0.0.1:7777", "--address", "127.0.0.1:7778", "--name", "Ada", "--quality", "high"],
      ...["--autopilot", "20", "--screenshots", "out/shots", "--report", "out/report.json"],
      ...["--link", "reference,latencyMs=100"],
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
