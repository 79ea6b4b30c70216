import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openFileSink } from "../../../../scripts/client/recording/file-sink.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "darkages-recording-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("openFileSink", () => {
  it("appends to a new file in a new folder; what was written is there before it is closed", () => {
    const path = join(folder, "new", "a.rec");
    const sink = openFileSink(path);
    sink.write(Uint8Array.of(1, 2));
    sink.write(Uint8Array.of(3));
    expect([...readFileSync(path)]).toEqual([1, 2, 3]);
    sink.close();
    openFileSink(path).close();
    expect(readFileSync(path).length).toBe(0);
  });

  it.each([
    ["a folder", ""],
    ["a folder in a folder that is missing", join("no", "such", "a.rec")],
  ])("names the path when it is %s", (_, path) => {
    expect(() => openFileSink(join(folder, path))).toThrow(folder);
  });

  it("gives up where no folder can be made, in finite time", () => {
    expect(() => openFileSink("/proc/nothing/a.rec")).toThrow("/proc/nothing");
  });
});
