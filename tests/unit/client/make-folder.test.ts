import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeFolder, makeFolders } from "../../../scripts/client/make-folder.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "darkages-folders-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("makeFolder", () => {
  it("makes one, and is content with one that is there", () => {
    makeFolder(join(folder, "new"));
    makeFolder(join(folder, "new"));
    expect(existsSync(join(folder, "new"))).toBe(true);
    expect(() => makeFolder(join(folder, "no", "such"))).toThrow(join(folder, "no", "such"));
  });
});

describe("makeFolders", () => {
  it("makes those above as well", () => {
    makeFolders(join(folder, "a", "b", "c"));
    makeFolders(join(folder, "a", "b", "d"));
    expect(existsSync(join(folder, "a", "b", "d"))).toBe(true);
  });

  it("names the one that cannot be made", () => {
    writeFileSync(join(folder, "file"), "");
    expect(() => makeFolders(join(folder, "file", "a", "b"))).toThrow(join(folder, "file", "a"));
  });

  it("gives up where no folder can be made, in finite time", () => {
    expect(() => makeFolders("/proc/nothing/at/all")).toThrow("/proc/nothing");
  });
});
