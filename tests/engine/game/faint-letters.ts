import type { RgbImage } from "../../../tools/display/rgb-image.ts";
import type { GameReport, ShownControl } from "./game-report.ts";
import { boxContrast, inkContrast, thinContrast } from "./text-contrast.ts";

/** In a smaller window nothing can be said of the pixels of letters. */
export const LEAST_LEGIBLE_SCALE = 0.45;
/** In a smaller window their strokes are thinner than a pixel. */
export const LEAST_SHARP_SCALE = 0.9;

/** Lower letters cannot be read. */
const LEAST_LETTER_PIXELS = 8.9;

/** How letters are looked at. */
interface LetterLook {
  readonly contrastOf: typeof inkContrast;
  /** Of a label's box, what its letters cover at least. */
  readonly inkShare: number;
  readonly leastContrast: number;
}

/** WCAG 2.1, of text. */
const SHARP: LetterLook = { contrastOf: inkContrast, inkShare: 0.015, leastContrast: 4.5 };
/** Strokes thinner than a pixel have never all of their colour. */
const THIN: LetterLook = { contrastOf: thinContrast, inkShare: 0.005, leastContrast: 3 };

/** How the letters of a window are looked at that is so many times as large as the usual one. */
export function letterLookOf(scale: number): LetterLook {
  return scale < LEAST_SHARP_SCALE ? THIN : SHARP;
}

/**
 * What is written on a picture and hard to read, in words. `before`, `after`: what was reported before and after it; what changed in between is left
 * out. `dimmed`: only the screens, not what lies under them.
 */
export function faintLetters(picture: RgbImage, before: GameReport, after: GameReport, dimmed: boolean): string[] {
  const look = letterLookOf(before.scale);
  const faint = faintControls(picture, before.screens, after.screens, look);
  if (dimmed) return faint;
  return [
    ...faint,
    ...faintTexts(picture, before, after, look),
    ...faintControls(picture, before.around, after.around, look),
  ];
}

/** What is written in letters that are too small to be read, in words, wherever it stands. */
export function tinyLetters({ parts, partScale, screens, around }: GameReport): string[] {
  const inParts = Object.values(parts)
    .flat()
    .map(({ text, pixels }) => ({ text, pixels: pixels * partScale }));
  const onScreens = [...Object.values(screens), ...Object.values(around)].flat();
  return [...inParts, ...onScreens]
    .filter(({ text, pixels }) => text !== "" && pixels < LEAST_LETTER_PIXELS)
    .map(({ text, pixels }) => `"${text}" is ${pixels.toFixed(1)} pixels high`);
}

function faintTexts(picture: RgbImage, before: GameReport, after: GameReport, look: LetterLook): string[] {
  const { partScale: scale } = before;
  return Object.entries(before.parts).flatMap(([part, texts]) =>
    texts.flatMap(({ text, left, baseLine, width, pixels, color }) => {
      const stays = after.parts[part]?.some(
        (other) => other.text === text && other.left === left && other.baseLine === baseLine,
      );
      if (stays !== true) return [];
      const [x, y] = [left * scale, (baseLine - pixels * 0.75) * scale];
      const contrast = look.contrastOf(picture, { x, y, width: width * scale, height: pixels * scale }, color);
      return contrast < look.leastContrast ? [`${part}: "${text}" has ${contrast.toFixed(1)}`] : [];
    }),
  );
}

type Controls = GameReport["screens"];

function faintControls(picture: RgbImage, before: Controls, after: Controls, look: LetterLook): string[] {
  const later = Object.values(after).flat();
  const stays = ({ text, x, y }: ShownControl) =>
    later.some((other) => other.text === text && other.x === x && other.y === y);
  return Object.values(before)
    .flat()
    .filter((control) => !control.disabled && control.text !== "" && stays(control))
    .flatMap((control) => {
      const contrast = boxContrast(picture, inner(control), look.inkShare);
      return contrast < look.leastContrast ? [`"${control.text}" has ${contrast.toFixed(1)}`] : [];
    });
}

/** Of a button, without its rim. */
function inner({ x, y, width, height, button }: ShownControl) {
  const edge = button ? 8 : 0;
  return { x: x + edge, y: y + edge, width: width - 2 * edge, height: height - 2 * edge };
}
