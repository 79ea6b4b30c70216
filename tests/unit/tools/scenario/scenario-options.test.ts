import { describe, expect, it } from "vitest";
import { parseScenarioOptions } from "../../../../tools/scenario/scenario-options.ts";

describe("parseScenarioOptions", () => {
  it("has ten minutes of six bots at 60 frames per second, when nothing else is said", () => {
    expect(parseScenarioOptions(["reference"])).toMatchObject({
      seconds: 600,
      seed: 1,
      bots: 6,
      fps: 60,
      check: false,
    });
  });

  it("takes several profiles, changed ones, and all of them", () => {
    const names = (args: string[]) => parseScenarioOptions(args).profiles.map(({ name }) => name);
    expect(names(["lan", "mobile,lossRate=0.1"])).toEqual(["lan", "mobile,lossRate=0.1"]);
    expect(names(["all"])).toEqual(["lan", "broadband", "wifi-stall", "mobile", "satellite", "reference"]);
    expect(parseScenarioOptions(["lan,lossRate=0.5"]).profiles[0]?.conditions.down.lossRate).toBe(0.5);
  });

  it.each([
    [[], "expected a profile: none, lan"],
    [
      ["dialup"],
      'profile: expected one of none, lan, broadband, wifi-stall, mobile, satellite, reference, got "dialup"',
    ],
    [["lan", "--seconds", "0"], '--seconds: expected a whole number from 1 to 86400, got "0"'],
    [["lan", "--fps", "many"], "--fps"],
    [["lan", "--bots", "1"], "--bots: expected a whole number from 2 to 64"],
    [["lan", "--fast"], "--fast"],
    [["lan", "mobile", "--record", "out/a"], "--record: expected one profile, got 2"],
  ])("says what is wrong with %j", (args, words) => {
    expect(() => parseScenarioOptions(args)).toThrow(words);
  });
});
