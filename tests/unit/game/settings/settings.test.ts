import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { qualityForDevice } from "../../../../scripts/game/settings/quality.ts";
import { defaultSettings, formatSettings, parseSettings } from "../../../../scripts/game/settings/settings.ts";

const defaults = defaultSettings("medium");

describe("parseSettings", () => {
  test("reads back what was written", () => {
    const settings = { ...defaults, playerName: "Žofie", volume: 0, fullScreen: true, mouseSensitivity: 2.5 };
    expect(parseSettings(formatSettings(settings), defaults)).toEqual({ settings, sound: true });
  });

  test.each([["" as string], ["null"], ["[]"], ["{"], ["true"], ["\u0000"]])("takes %j for a broken file", (text) => {
    expect(parseSettings(text, defaults)).toEqual({ settings: defaults, sound: false });
  });

  test.each([
    { volume: 1.1 },
    { volume: "loud" },
    { quality: "ultra" },
    { playerName: "   " },
    { playerName: "x".repeat(25) },
    { address: 7777 },
    { mouseSensitivity: -1 },
    { invertY: "yes" },
  ])("replaces only the bad value of %j", (bad) => {
    const text = JSON.stringify({ ...defaults, hintsSeen: true, ...bad });
    expect(parseSettings(text, defaults)).toEqual({ settings: { ...defaults, hintsSeen: true }, sound: true });
  });

  test("gives usable settings for any JSON", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const { settings } = parseSettings(text, defaults);
        expect(settings.volume).toBeGreaterThanOrEqual(0);
        expect(settings.volume).toBeLessThanOrEqual(1);
        expect(settings.playerName.length).toBeGreaterThan(0);
        expect(Object.keys(settings).sort()).toEqual(Object.keys(defaults).sort());
      }),
    );
  });
});

test("devices that draw on the processor start at low quality", () => {
  expect(qualityForDevice("llvmpipe (LLVM 21.1.8, 256 bits)")).toBe("low");
  expect(qualityForDevice("NVIDIA GeForce RTX 4070")).toBe("medium");
});
