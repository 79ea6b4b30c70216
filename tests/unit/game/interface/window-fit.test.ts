import { expect, test } from "vitest";
import { hudSizeIn, interfaceScaleIn, isSmall } from "../../../../scripts/game/interface/window-fit.ts";
import { HUD_SCALE_RANGE } from "../../../../scripts/game/settings/settings.ts";

/** The smallest letters of the interface, and how high they are on the screen at least. */
const LEAST_LETTERS = 15;
const LEAST_DRAWN = 9;

const WINDOWS = [
  [320, 200],
  [480, 270],
  [640, 360],
  [800, 600],
  [1024, 576],
  [1280, 720],
  [1920, 1080],
  [3840, 2160],
  [7680, 4320],
] as const;

/** How much room there is in a window, and how large things are drawn that are as large as designed. */
function roomIn(width: number, height: number) {
  const scale = interfaceScaleIn(width, height);
  return { width: width / scale, height: height / scale, scale };
}

test.each(WINDOWS)(
  "in a window of %ix%i letters can be read, and the interface of fights has room",
  (width, height) => {
    const room = roomIn(width, height);
    for (const wanted of [HUD_SCALE_RANGE.min, 1, HUD_SCALE_RANGE.max]) {
      const size = hudSizeIn(room.width, room.height, room.scale, wanted);
      // Who wants it smaller in a large window has it so.
      const least = room.scale < 1 ? LEAST_DRAWN : LEAST_DRAWN * Math.min(wanted, 1);
      expect(room.scale * size * LEAST_LETTERS).toBeGreaterThanOrEqual(least - 0.01);
      const needed = isSmall(room.width, room.height) ? [532, 332] : [984, 553];
      expect(room.width / size).toBeGreaterThanOrEqual((needed[0] ?? 0) - 1);
      expect(room.height / size).toBeGreaterThanOrEqual((needed[1] ?? 0) - 1);
    }
    expect(room.scale * LEAST_LETTERS).toBeGreaterThanOrEqual(LEAST_DRAWN - 0.01);
  },
);

test.each([1, 1.5, 3, 6])(
  "in a window of %f times the usual size the interface is as large as the player wants it",
  (share) => {
    const room = roomIn(1280 * share, 720 * share);
    expect(room.scale).toBe(share);
    for (const wanted of [HUD_SCALE_RANGE.min, 1, HUD_SCALE_RANGE.max])
      expect(hudSizeIn(room.width, room.height, room.scale, wanted)).toBe(wanted);
  },
);

test("a little smaller than usual, letters keep their size", () => {
  expect(interfaceScaleIn(1024, 576)).toBe(1);
  expect(interfaceScaleIn(640, 360)).toBeCloseTo(0.65, 9);
});

test("only windows below 590x332 are small ones", () => {
  const small = (width: number, height: number) => {
    const room = roomIn(width, height);
    return isSmall(Math.floor(room.width), Math.floor(room.height));
  };
  expect(small(640, 360)).toBe(false);
  expect(small(1280, 360)).toBe(false);
  expect(small(580, 326)).toBe(true);
  expect(small(320, 200)).toBe(true);
});
