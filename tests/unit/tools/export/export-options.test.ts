import { describe, expect, test } from "vitest";
import { parseExportOptions } from "../../../../tools/export/export-options.ts";

describe("parseExportOptions", () => {
  test("exports the whole game to out/export when nothing is said", () => {
    expect(parseExportOptions([])).toEqual({ folder: "out/export", packOnly: false });
  });

  test("takes a folder, and the pack alone", () => {
    expect(parseExportOptions(["--pack", "--out", "x"])).toEqual({ folder: "x", packOnly: true });
  });

  test.each([[["--out", ""]], [["--fast"]], [["linux"]]])("refuses %j", (args) => {
    expect(() => parseExportOptions(args)).toThrow();
  });
});
