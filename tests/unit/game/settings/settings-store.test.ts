import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SettingsStore } from "../../../../scripts/game/settings/settings-store.ts";

let folder = "";
let warnings: string[] = [];
const open = (file = "settings.json") => new SettingsStore(join(folder, file), "low", (line) => warnings.push(line));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "settings-"));
  warnings = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("SettingsStore", () => {
  test("starts with the defaults and says nothing when there is no file", () => {
    expect(open().current.quality).toBe("low");
    expect(warnings).toEqual([]);
  });

  test("remembers a change and tells who watches", () => {
    const store = open("new/folder/settings.json");
    const seen: number[] = [];
    store.watch(({ volume }) => seen.push(volume));
    store.change({ volume: 0.25 });
    expect(seen).toEqual([0.7, 0.25]);
    expect(open("new/folder/settings.json").current.volume).toBe(0.25);
  });

  test("puts a broken file aside and starts with the defaults", () => {
    writeFileSync(join(folder, "settings.json"), "{ volume: ");
    expect(open().current.volume).toBe(0.7);
    expect(warnings).toHaveLength(1);
    expect(readFileSync(join(folder, "settings.json.broken"), "utf8")).toBe("{ volume: ");
    open().change({ volume: 1 });
    expect(open().current.volume).toBe(1);
  });

  test("does not write what holds for this run only", () => {
    const store = open();
    store.useForThisRun({ playerName: "Ada", quality: "high" });
    store.change({ volume: 0.5 });
    expect(store.current).toMatchObject({ playerName: "Ada", quality: "high", volume: 0.5 });
    expect(open().current).toMatchObject({ playerName: "Wanderer", quality: "low", volume: 0.5 });
  });

  test("lets the player's own choice win over the command line", () => {
    const store = open();
    store.useForThisRun({ quality: "high" });
    store.change({ quality: "medium" });
    expect(store.current.quality).toBe("medium");
    expect(open().current.quality).toBe("medium");
  });

  test("goes on with a warning when the file cannot be written", () => {
    writeFileSync(join(folder, "file"), "");
    const store = open("file/settings.json");
    store.change({ volume: 0.1 });
    expect(store.current.volume).toBe(0.1);
    expect(warnings.at(-1)).toContain("settings are not remembered");
  });
});
