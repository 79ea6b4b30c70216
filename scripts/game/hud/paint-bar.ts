import type { HudColor, HudPalette } from "./hud-palette.ts";
import type { HudQuads } from "./hud-quads.ts";

const EDGE_PIXELS = 2;
const RADIUS_PIXELS = 4;
const GLOSS: HudColor = [1, 1, 1, 0.1];

/** A bar of a size, its left `share` filled, 0 to 1. */
export function paintBar(
  quads: HudQuads,
  x: number,
  y: number,
  width: number,
  height: number,
  share: number,
  fill: HudColor,
  colors: HudPalette,
): void {
  quads.box(x, y, width, height, colors.dark, RADIUS_PIXELS);
  const inner = height - 2 * EDGE_PIXELS;
  const filled = Math.round((width - 2 * EDGE_PIXELS) * Math.min(Math.max(share, 0), 1));
  const radius = Math.min(RADIUS_PIXELS - 1, filled / 2);
  quads.box(x + EDGE_PIXELS, y + EDGE_PIXELS, filled, inner, fill, radius);
  quads.box(x + EDGE_PIXELS, y + EDGE_PIXELS, filled, Math.floor(inner / 2), GLOSS, radius);
}

/** The ground of a part, with a rim that is as thick as what it says is important. */
export function paintPanel(
  quads: HudQuads,
  width: number,
  height: number,
  rim: HudColor,
  thickness: number,
  colors: HudPalette,
): void {
  quads.box(0, 0, width, height, colors.panel, 8);
  quads.rim(0, 0, width, height, rim, 8, thickness);
}
