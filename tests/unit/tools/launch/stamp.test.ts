import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashFiles, isStamped, listFiles, stamp, unstamp } from "../../../../tools/launch/stamp.mjs";

describe("content stamps", () => {
  let folder: string;
  const write = (path: string, text: string) => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "darkages-stamp-"));
    write("src/b.ts", "b");
    write("src/a.ts", "a");
    write("src/node_modules/c.ts", "c");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("lists files sorted, without what is not of the project", () => {
    expect(listFiles(folder, "src", () => true)).toEqual(["src/a.ts", "src/b.ts"]);
    expect(listFiles(folder, "missing", () => true)).toEqual([]);
  });
  it("changes with content, name and extra facts, not with time", () => {
    const hash = () =>
      hashFiles(
        folder,
        listFiles(folder, "src", () => true),
      );
    const before = hash();
    utimesSync(join(folder, "src/a.ts"), 1, 1);
    expect(hash()).toBe(before);
    expect(hashFiles(folder, ["src/a.ts", "src/b.ts"], ["godot 4.7"])).not.toBe(before);
    write("src/a.ts", "A");
    expect(hash()).not.toBe(before);
  });
  it("tells a missing file from an empty one", () => {
    write("empty", "");
    expect(hashFiles(folder, ["empty"])).not.toBe(hashFiles(folder, ["gone"]));
  });
  it("holds for exactly the hash that it was made for", () => {
    const path = join(folder, "deeper/.stamp");
    expect(isStamped(path, "1")).toBe(false);
    stamp(path, "1");
    expect(isStamped(path, "1")).toBe(true);
    expect(isStamped(path, "2")).toBe(false);
    unstamp(path);
    unstamp(path);
    expect(isStamped(path, "1")).toBe(false);
  });
});
