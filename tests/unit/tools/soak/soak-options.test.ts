import { describe, expect, it } from "vitest";
import { parseSoakOptions } from "../../../../tools/soak/soak-options.ts";

describe("the command line of the soak", () => {
  it("has values for what is not said", () => {
    expect(parseSoakOptions(["simulated"])).toEqual({ name: "simulated", minutes: 60, seed: 1 });
    expect(parseSoakOptions(["client"])).toEqual({ name: "client", seconds: 600, display: false, bots: 12 });
    expect(parseSoakOptions(["binding"])).toEqual({ name: "binding", seconds: 600 });
  });

  it("takes what is said", () => {
    const client = parseSoakOptions(["client", "--seconds", "20", "--display", "--bots", "3"]);
    expect(client).toEqual({ name: "client", seconds: 20, display: true, bots: 3 });
    expect(parseSoakOptions(["--minutes=3", "simulated", "--seed", "9"])).toMatchObject({ minutes: 3, seed: 9 });
  });

  it.each([
    [[], /expected one of simulated, client, binding, got ""/],
    [["everything"], /got "everything"/],
    [["client", "binding"], /got "client binding"/],
    [["simulated", "--seconds", "5"], /--seconds is no option of simulated/],
    [["binding", "--display"], /--display is no option of binding/],
    [["client", "--seconds", "1"], /--seconds: expected a whole number from 10 to 86400, got "1"/],
    [["client", "--seconds", "ten"], /got "ten"/],
    [["simulated", "--hours", "1"], /--hours/],
  ])("refuses %j in words", (args, words) => {
    expect(() => parseSoakOptions(args)).toThrow(words);
  });
});
