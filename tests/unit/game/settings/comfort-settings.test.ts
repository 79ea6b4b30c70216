import { expect, test } from "vitest";
import { defaultSettings, formatSettings, parseSettings } from "../../../../scripts/game/settings/settings.ts";

const defaults = defaultSettings("medium");

test("how fights look and are played is remembered, and what is out of range is as usual", () => {
  const chosen = {
    ...defaults,
    ...{ hudScale: 1.3, hudOpacity: 0.5, combatTextSize: 1.5, screenShake: 0, reducedMotion: true, fightVolume: 0.4 },
    ...{ palette: "tritanopia" as const, bindings: { jump: { keys: "key:74" } } },
  };
  expect(parseSettings(formatSettings(chosen), defaults).settings).toEqual(chosen);
  const wrong = { hudScale: 9, hudOpacity: 0, combatTextSize: "large", screenShake: -1, palette: "sepia", bindings: 4 };
  expect(parseSettings(JSON.stringify(wrong), defaults).settings).toEqual(defaults);
});
