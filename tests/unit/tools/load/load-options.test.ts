import { describe, expect, it } from "vitest";
import { parseLoadOptions } from "../../../../tools/load/load-options.ts";

describe("parseLoadOptions", () => {
  it("asks for a thousand bots for a minute", () => {
    expect(parseLoadOptions([])).toMatchObject({ bots: 1000, seconds: 60, fps: 60, processes: 4, protocol: "v2" });
  });

  it("has thin bots draw fewer frames, unless told otherwise", () => {
    expect(parseLoadOptions(["--thin"])).toMatchObject({ thin: true, fps: 30 });
    expect(parseLoadOptions(["--thin", "--fps", "20"])).toMatchObject({ fps: 20 });
  });

  it("starts no more processes than bots", () => {
    expect(parseLoadOptions(["--bots", "3", "--processes", "8"])).toMatchObject({ processes: 3 });
    expect(parseLoadOptions(["--bots", "251"])).toMatchObject({ processes: 2 });
    expect(parseLoadOptions(["--bots", "501", "--thin"])).toMatchObject({ processes: 2 });
  });

  it.each([
    [["--bots", "0"], '--bots: expected a whole number from 1 to 1000, got "0"'],
    [["--bots", "many"], '"many"'],
    [["--seconds", "1.5"], '"1.5"'],
    [["--fps", "1000"], '"1000"'],
    [["--protocol", "v3"], '--protocol: expected v1 or v2, got "v3"'],
    [["--link", "tin-can"], "--link: expected one of"],
    [["--seed", "-1"], "--seed"],
    [["--fight", "--thin"], "--fight: expected bots that see the others"],
    [["--fight", "--protocol", "v1"], "--fight: expected bots that see the others"],
    [["--rocket"], "--rocket"],
    [["stray"], "stray"],
  ])("refuses %j in a sentence", (args, words) => {
    expect(() => parseLoadOptions(args)).toThrow(words);
  });
});
