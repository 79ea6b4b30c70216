import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { clearExportFolder, listExport } from "../../../../tools/export/export-folder.ts";

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "export-folder-"));
});
afterEach(() => rmSync(place, { recursive: true }));

describe("clearExportFolder", () => {
  test("makes a new folder, and leaves an empty one empty", () => {
    const folder = join(place, "a/b");
    clearExportFolder(folder);
    clearExportFolder(folder);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("replaces an earlier export with all that is in it", () => {
    mkdirSync(join(place, "addons"));
    writeFileSync(join(place, "darkages.pck"), "");
    clearExportFolder(place);
    expect(readdirSync(place)).toEqual([]);
  });

  test("touches no folder of somebody's own", () => {
    writeFileSync(join(place, "thesis.odt"), "");
    expect(() => clearExportFolder(place)).toThrow("no earlier export");
    expect(readdirSync(place)).toEqual(["thesis.odt"]);
  });
});

test("listExport names all files and their sizes, in order", () => {
  mkdirSync(join(place, "addons"));
  writeFileSync(join(place, "addons/b.so"), "12345");
  writeFileSync(join(place, "a.pck"), "1");
  expect(listExport(place)).toEqual([
    { path: "a.pck", bytes: 1 },
    { path: "addons/b.so", bytes: 5 },
  ]);
});
