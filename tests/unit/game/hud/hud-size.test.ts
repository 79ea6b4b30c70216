import { expect, test } from "vitest";
import { hudSizeIn } from "../../../../scripts/game/hud/hud-size.ts";
import { HUD_SCALE_RANGE } from "../../../../scripts/game/settings/settings.ts";

test.each([1, 1.5, 3, 6])(
  "in a window of %f times the usual size the interface is as large as the player wants it",
  (windowScale) => {
    for (const wanted of [HUD_SCALE_RANGE.min, 1, HUD_SCALE_RANGE.max])
      expect(hudSizeIn(windowScale, wanted)).toBe(wanted);
  },
);

test("in a smaller window it is larger, so that letters keep their size, up to where its parts have room", () => {
  expect(hudSizeIn(0.8, 1)).toBeCloseTo(1.25, 9);
  expect(hudSizeIn(0.5, 0.6)).toBeCloseTo(1.2, 9);
  expect(hudSizeIn(0.5, 1)).toBe(HUD_SCALE_RANGE.max);
  expect(hudSizeIn(0.25, HUD_SCALE_RANGE.max)).toBe(HUD_SCALE_RANGE.max);
});
