import { describe, expect, it } from "vitest";
import { readMetricsOptions } from "../../../../tools/metrics/metrics-options.ts";

const URL = "http://127.0.0.1:9100/metrics";

describe("readMetricsOptions", () => {
  it("takes a URL or a file and a feature", () => {
    expect(readMetricsOptions(["compare", URL, "--by", "protocol_v2_seq", "--seconds", "30", "--json"])).toEqual({
      source: URL,
      feature: "protocol_v2_seq",
      seconds: 30,
      json: true,
    });
    expect(readMetricsOptions(["compare", "out/metrics.txt", "--by", "input_delta_v1"])).toEqual({
      source: "out/metrics.txt",
      feature: "input_delta_v1",
      seconds: 0,
      json: false,
    });
  });

  it.each([
    [[], "compare"],
    [["contrast", URL], '"contrast"'],
    [["compare"], "URL"],
    [["compare", URL, "again"], '"again"'],
    [["compare", URL], "--by"],
    [["compare", URL, "--by", "magic_v1"], '"magic_v1"'],
    [["compare", URL, "--by", "protocol_v2_seq", "--seconds", "-1"], "--seconds"],
    [["compare", URL, "--by", "protocol_v2_seq", "--seconds", "soon"], '"soon"'],
    [["compare", "file", "--by", "protocol_v2_seq", "--seconds", "3"], '"file"'],
    [["compare", URL, "--buy", "x"], "--buy"],
  ])("answers %j with a sentence that names the trouble", (args, word) => {
    expect(readMetricsOptions(args)).toMatchObject({ problem: expect.stringContaining(word) });
  });
});
