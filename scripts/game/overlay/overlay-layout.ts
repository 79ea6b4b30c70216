import type { OverlayRow } from "./overlay-rows.ts";

/** A part of the screen, in pixels of the interface (1280 by 720 at least, whatever the window). */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface OverlayLayout {
  readonly numbers: Box;
  readonly lag: Box;
  readonly corrections: Box;
  readonly buffer: Box;
  readonly traffic: Box;
}

const MARGIN = 16;
const GAP = 8;
const NUMBERS_WIDTH = 296;
const STRIP_HEIGHT = 144;
const LAG_SHARE = 0.36;
const SMALL_SHARE = 0.19;

const PADDING_X = 12;
const PADDING_TOP = 6;
const PADDING_BOTTOM = 14;
const ROW_PIXELS = 18;
const ROW_BASELINE = 13;
const HEADING_PIXELS = 27;
const HEADING_BASELINE = 18;

/** Where the overlay's parts lie: numbers on the left, as high as they need to be, graphs along the lower edge; the middle stays free. */
export function overlayLayout(width: number, height: number, rows: readonly Pick<OverlayRow, "kind">[]): OverlayLayout {
  const y = height - MARGIN - STRIP_HEIGHT;
  const room = width - 2 * MARGIN - 3 * GAP;
  const lagWidth = Math.round(room * LAG_SHARE);
  const smallWidth = Math.round(room * SMALL_SHARE);
  let numbersHeight = PADDING_TOP + PADDING_BOTTOM;
  for (const { kind } of rows) numbersHeight += kind === "heading" ? HEADING_PIXELS : ROW_PIXELS;
  let x = MARGIN;
  const next = (boxWidth: number): Box => {
    const box = { x, y, width: boxWidth, height: STRIP_HEIGHT };
    x += boxWidth + GAP;
    return box;
  };
  return {
    numbers: { x: MARGIN, y: MARGIN, width: NUMBERS_WIDTH, height: Math.min(numbersHeight, y - GAP - MARGIN) },
    lag: next(lagWidth),
    corrections: next(smallWidth),
    buffer: next(smallWidth),
    traffic: next(room - lagWidth - 2 * smallWidth),
  };
}

/** Where the lines of the numbers stand: their left and right ends, and the base line of each. */
export function rowBaselines(
  box: Box,
  rows: readonly Pick<OverlayRow, "kind">[],
): { left: number; right: number; baselines: number[] } {
  let y = box.y + PADDING_TOP;
  const baselines = rows.map(({ kind }) => {
    const heading = kind === "heading";
    const baseline = y + (heading ? HEADING_BASELINE : ROW_BASELINE);
    y += heading ? HEADING_PIXELS : ROW_PIXELS;
    return baseline;
  });
  return { left: box.x + PADDING_X, right: box.x + box.width - PADDING_X, baselines };
}
