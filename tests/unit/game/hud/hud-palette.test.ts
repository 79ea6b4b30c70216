import { describe, expect, test } from "vitest";
import {
  type HudColor,
  HudColors,
  type HudPalette,
  isPaletteName,
  PALETTE_NAMES,
  type PaletteName,
  paletteOf,
} from "../../../../scripts/game/hud/hud-palette.ts";

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** WCAG 2.1, of text. */
const LEAST_CONTRAST = 4.5;
/** CIE 1976: what is farther apart than this is told apart at a glance, also in small patches. */
const LEAST_DIFFERENCE = 20;

/** How colours look in linear light at full severity: Machado, Oliveira and Fernandes 2009, table 1. */
const SEEN_WITH: Readonly<Record<PaletteName, Matrix>> = {
  default: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** What must not be taken for one another. */
const APART: readonly (readonly [keyof HudPalette, keyof HudPalette])[] = [
  ["health", "healthLow"],
  ["health", "resource"],
  ["creature", "party"],
  ["creature", "player"],
  ["party", "player"],
  ["buff", "debuff"],
  ["cast", "channel"],
  ["cast", "refused"],
  ["damage", "heal"],
  ["damage", "damageTaken"],
  ["heal", "damageTaken"],
  ["gold", "refused"],
  // Letters stand on bars, and are to be told from them without looking for their outline.
  ...(["health", "healthLow", "resource", "cast", "channel", "refused"] as const).map((bar) => ["ink", bar] as const),
];
/** What letters are drawn in. */
const INKS: readonly (keyof HudPalette)[] = [
  ...(["ink", "inkMuted", "gold", "self", "party", "player", "creature", "refused"] as const),
  ...(["damage", "damageTaken", "heal", "miss", "critical"] as const),
];

const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const light = ([red, green, blue]: HudColor): Triple => [linear(red), linear(green), linear(blue)];
const times = (matrix: Matrix, [a, b, c]: Triple): Triple => {
  const row = ([x, y, z]: Triple) => Math.min(Math.max(x * a + y * b + z * c, 0), 1);
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
};
const luminance = ([red, green, blue]: Triple) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

function lab([red, green, blue]: Triple): Triple {
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (t * 24389) / 27 / 116 + 16 / 116);
  const x = f((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047);
  const y = f(luminance([red, green, blue]));
  const z = f((0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** What a colour that lets something through looks like before the brightest sky. */
function beforeWhite([red, green, blue, opacity]: HudColor): HudColor {
  const mix = (value: number) => value * opacity + 1 - opacity;
  return [mix(red), mix(green), mix(blue), 1];
}

describe.each(PALETTE_NAMES)("the palette %s", (name) => {
  const palette = paletteOf(name);

  test.each(APART)("%s and %s are told apart by the eyes that it is for", (one, other) => {
    const seen = (color: HudColor) => lab(times(SEEN_WITH[name], light(color)));
    const [l1, a1, b1] = seen(palette[one]);
    const [l2, a2, b2] = seen(palette[other]);
    expect(Math.hypot(l1 - l2, a1 - a2, b1 - b2)).toBeGreaterThan(LEAST_DIFFERENCE);
  });

  test.each(INKS)("%s can be read on a panel before the brightest sky, and on its outline", (ink) => {
    for (const ground of [palette.panel, palette.dark]) {
      const bright = luminance(light(palette[ink])) + 0.05;
      const dark = luminance(light(beforeWhite(ground))) + 0.05;
      expect(bright / dark).toBeGreaterThanOrEqual(LEAST_CONTRAST);
    }
  });
});

test("whoever draws learns of another palette by its revision, and of none that is the same", () => {
  const colors = new HudColors();
  const before = colors.revision;
  colors.use("tritanopia");
  expect(colors.current).toBe(paletteOf("tritanopia"));
  expect(colors.name).toBe("tritanopia");
  expect(colors.revision).not.toBe(before);
  const after = colors.revision;
  colors.use("tritanopia");
  expect(colors.revision).toBe(after);
});

test("names from a file are known or not", () => {
  expect(PALETTE_NAMES.every(isPaletteName)).toBe(true);
  expect([isPaletteName("sepia"), isPaletteName(1), isPaletteName(undefined)]).toEqual([false, false, false]);
});
