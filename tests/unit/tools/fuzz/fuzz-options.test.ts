import { describe, expect, test } from "vitest";
import { parseFuzzOptions } from "../../../../tools/fuzz/fuzz-options.ts";

describe("options of the fuzzer", () => {
  test("everything, for a minute, from a random seed", () => {
    expect(parseFuzzOptions([], 42)).toMatchObject({
      targets: ["protocol", "zone", "recording"],
      seconds: 60,
      seed: 42,
      keep: false,
    });
    expect(parseFuzzOptions(["all"], 42).targets).toEqual(["protocol", "zone", "recording"]);
  });

  test("what is asked for", () => {
    const args = ["zone", "--seconds", "5", "--seed", "7", "--executions", "100", "--keep", "--input", "x.bin"];
    const expected = { targets: ["zone"], seconds: 5, seed: 7, executions: 100, keep: true, input: "x.bin" };
    expect(parseFuzzOptions(args, 42)).toEqual(expected);
  });

  test("refuses in words", () => {
    expect(() => parseFuzzOptions(["toString"], 1)).toThrow(
      'expected protocol, zone, recording or all, got "toString"',
    );
    expect(() => parseFuzzOptions(["zone", "protocol"], 1)).toThrow("expected one target");
    expect(() => parseFuzzOptions(["--seconds", "soon"], 1)).toThrow(
      '--seconds: expected a number from 0.1 to 86400, got "soon"',
    );
    expect(() => parseFuzzOptions(["--seed", "-1"], 1)).toThrow("--seed");
    expect(() => parseFuzzOptions(["--loud"], 1)).toThrow("--loud");
  });
});
