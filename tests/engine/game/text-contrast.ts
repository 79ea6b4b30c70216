import type { HudColor } from "../../../scripts/game/hud/hud-palette.ts";
import type { RgbImage } from "../../../tools/display/rgb-image.ts";

/** A box of a picture, pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How far a pixel's channels may be from the ink, of 255, for it to be ink. */
const INK_DISTANCE = 40;
/** What letters stand on is looked at so far beside them: beyond the half pixels of their edges. */
const BESIDE_PIXELS = 2;
const LEAST_INK_PIXELS = 6;
type Pixel = readonly [x: number, y: number];
const DIRECTIONS: readonly Pixel[] = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
];

/**
 * Contrast of letters of a known colour, as WCAG has it, from a picture: between the pixels that are ink and those beside them. 0 where there is no
 * such ink: the text is not there.
 */
export function inkContrast(picture: RgbImage, box: Box, color: HudColor): number {
  const ink: number[] = [];
  const ground: number[] = [];
  const isInk = inkOf(picture, color);
  for (const [x, y] of pixelsOf(picture, box)) {
    if (!isInk(x, y)) continue;
    ink.push(luminanceAt(picture, x, y));
    for (const [dx, dy] of DIRECTIONS) {
      const [px, py] = [x + dx * BESIDE_PIXELS, y + dy * BESIDE_PIXELS];
      if (!isInk(px, py)) ground.push(luminanceAt(picture, px, py));
    }
  }
  if (ink.length < LEAST_INK_PIXELS || ground.length === 0) return 0;
  return ratio(quantile(ink, 0.5), quantile(ground, 0.5));
}

/** Relative luminance of half of a box's pixels is below this, as WCAG has it: 0 to 1. */
export function brightness(picture: RgbImage, box: Box): number {
  return quantile(
    pixelsOf(picture, box).map(([x, y]) => luminanceAt(picture, x, y)),
    0.5,
  );
}

/** Pixels of a box that have such a colour. */
export function inkPixels(picture: RgbImage, box: Box, color: HudColor): number {
  const isInk = inkOf(picture, color);
  return pixelsOf(picture, box).filter(([x, y]) => isInk(x, y)).length;
}

const LEAST_THIN_PIXELS = 4;
/** Of a box of thin letters, so many of its pixels are taken for ink. */
const THIN_INK_SHARE = 0.06;

/**
 * Contrast of letters of a known colour whose strokes are thinner than a pixel, as they are drawn: of the pixels that are nearest to the ink to what is
 * least like each of them one or two pixels beside.
 */
export function thinContrast(picture: RgbImage, box: Box, color: HudColor): number {
  const away = ([x, y]: Pixel) =>
    color
      .slice(0, 3)
      .reduce((sum, value, channel) => sum + Math.abs(channelAt(picture, x, y, channel) - value * 255), 0);
  const byNearness = pixelsOf(picture, box).toSorted((a, b) => away(a) - away(b));
  const ink = byNearness.slice(0, Math.max(LEAST_THIN_PIXELS, Math.floor(byNearness.length * THIN_INK_SHARE)));
  const contrasts = ink.map(([x, y]) => {
    const own = luminanceAt(picture, x, y);
    const beside = DIRECTIONS.flatMap(([dx, dy]) =>
      [1, BESIDE_PIXELS].map((far) => ratio(own, luminanceAt(picture, x + dx * far, y + dy * far))),
    );
    return Math.max(...beside);
  });
  return quantile(contrasts, 0.5);
}

/** Contrast of whatever is written in a box on an even ground: of the brightest or the darkest pixels, such a share of all, to the most of them. */
export function boxContrast(picture: RgbImage, box: Box, inkShare: number): number {
  const all = pixelsOf(picture, box).map(([x, y]) => luminanceAt(picture, x, y));
  const ground = quantile(all, 0.5);
  return Math.max(ratio(quantile(all, 1 - inkShare), ground), ratio(quantile(all, inkShare), ground));
}

function inkOf(picture: RgbImage, color: HudColor): (x: number, y: number) => boolean {
  const wanted = color.slice(0, 3).map((value) => value * 255);
  return (x, y) =>
    wanted.every((value, channel) => Math.abs(channelAt(picture, x, y, channel) - value) <= INK_DISTANCE);
}

function pixelsOf({ widthPixels: width, heightPixels: height }: RgbImage, box: Box): Pixel[] {
  const pixels: Pixel[] = [];
  const bottom = Math.min(Math.ceil(box.y + box.height), height - BESIDE_PIXELS);
  const right = Math.min(Math.ceil(box.x + box.width), width - BESIDE_PIXELS);
  for (let y = Math.max(Math.floor(box.y), BESIDE_PIXELS); y < bottom; y += 1) {
    for (let x = Math.max(Math.floor(box.x), BESIDE_PIXELS); x < right; x += 1) pixels.push([x, y]);
  }
  return pixels;
}

function channelAt({ rgb, widthPixels: width }: RgbImage, x: number, y: number, channel: number): number {
  return rgb[(y * width + x) * 3 + channel] ?? 0;
}

function luminanceAt(picture: RgbImage, x: number, y: number): number {
  const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const at = (channel: number) => linear(channelAt(picture, x, y, channel) / 255);
  return 0.2126 * at(0) + 0.7152 * at(1) + 0.0722 * at(2);
}

function ratio(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0;
}
