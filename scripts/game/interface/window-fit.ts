import { HUD_SCALE_RANGE } from "../settings/settings.ts";

/** The window that everything is designed for, pixels. */
const USUAL = { width: 1280, height: 720 } as const;
/** In windows that are smaller than that, letters keep their size until the interface has no more room than its largest parts need. */
const MOST_GROWTH = HUD_SCALE_RANGE.max;
/** Of letters as they are designed, which are 15 pixels high at least: smaller ones cannot be read. */
const LEAST_SCALE = 0.6;
/** Nor does the interface have less room than this share of what it is designed for. */
const LEAST_ROOM = 5 / 12;
/** Sizes are whole pixels. */
const ROUNDING = 1.01;

/** As large as the interface would be if it had the same room in every window: pixels of the window for one of it. */
export function windowShare(width: number, height: number): number {
  return Math.min(width / USUAL.width, height / USUAL.height);
}

/** How many pixels of a window of such a size there are for one of the interface. */
export function interfaceScaleIn(width: number, height: number): number {
  const share = windowShare(width, height);
  if (share >= 1) return share;
  const least = Math.min(LEAST_SCALE, share / LEAST_ROOM);
  return Math.min(1, Math.max(share * MOST_GROWTH, least));
}

/** What of the usual room the interface has, where it has so many pixels: 1.3 and more is the room of the largest parts beside each other. */
function roomIn(width: number, height: number): number {
  return MOST_GROWTH * windowShare(width, height);
}

/** Whether the interface has so little room that only what matters most in a fight is shown, and menus have less around them. */
export function isSmall(width: number, height: number): boolean {
  return roomIn(width, height) * ROUNDING < 1;
}

/** Room of the small layout, pixels of the interface. */
const SMALL_ROOM = { width: 532, height: 332 } as const;

/**
 * How large the interface of fights is drawn where it has so many pixels, 1 as designed. `wanted`: what the player has set. `scale`: pixels of the window
 * for one of the interface; below 1 letters would be smaller than designed, and it grows against that as far as its parts have room beside each other.
 */
export function hudSizeIn(width: number, height: number, scale: number, wanted: number): number {
  const grown = wanted / Math.min(scale, 1);
  if (!isSmall(width, height)) return Math.min(grown, Math.max(roomIn(width, height), 1));
  const room = Math.min(width / SMALL_ROOM.width, height / SMALL_ROOM.height);
  return Math.min(Math.max(grown, 1), room);
}
