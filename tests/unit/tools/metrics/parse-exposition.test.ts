import { describe, expect, it } from "vitest";
import { parseExposition } from "../../../../tools/metrics/parse-exposition.ts";

describe("parseExposition", () => {
  it("reads what others write too: spaces, time stamps, comments, a comma after the last label", () => {
    const text = [
      "# HELP a What.",
      "# anything",
      "",
      "a 1",
      'a{x="1",y="{,}"}  2.5e-7 1700000000000',
      'a{ x="1", } +Inf',
      'a_bucket{le="+Inf"} NaN',
    ].join("\n");
    expect(parseExposition(text)).toEqual([
      { name: "a", labels: {}, value: 1 },
      { name: "a", labels: { x: "1", y: "{,}" }, value: 2.5e-7 },
      { name: "a", labels: { x: "1" }, value: Number.POSITIVE_INFINITY },
      { name: "a_bucket", labels: { le: "+Inf" }, value: Number.NaN },
    ]);
  });

  it.each(["<html>", "a", "a b", 'a{x="1} 2', "a{x=1} 2", 'a{x="1" y="2"} 3', "1a 2"])(
    "names the line that it cannot read: %s",
    (line) => {
      expect(() => parseExposition(`a 1\n${line}\n`)).toThrow(/^line 2: expected a sample/);
    },
  );
});
