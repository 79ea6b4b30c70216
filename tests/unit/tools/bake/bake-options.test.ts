import { describe, expect, test } from "vitest";
import { readBakeOptions } from "../../../../tools/bake/bake-options.ts";

describe("readBakeOptions", () => {
  test("bakes every zone to dist/zones when nothing is said", () => {
    expect(readBakeOptions([])).toEqual({ outFolder: "dist/zones", scenes: [] });
  });

  test("takes a folder and several scenes", () => {
    expect(readBakeOptions(["--out", "x", "--scene", "res://a.tscn", "--scene", "res://b.tscn"])).toEqual({
      outFolder: "x",
      scenes: ["res://a.tscn", "res://b.tscn"],
    });
  });

  test.each([[["--fast", "1"]], [["--out"]], [["shore"]]])("refuses %j", (args) => {
    expect(readBakeOptions(args)).toHaveProperty("problem");
  });
});
