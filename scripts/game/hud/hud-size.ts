import { HUD_SCALE_RANGE } from "../settings/settings.ts";

/**
 * How large the interface of fights is drawn, 1 as designed. `wanted`: what the player has set. `windowScale`: pixels of the window for one of the
 * interface; below 1 letters would be smaller than designed, and the interface grows against that as far as its parts have room beside each other.
 */
export function hudSizeIn(windowScale: number, wanted: number): number {
  return Math.max(wanted, Math.min(wanted / windowScale, HUD_SCALE_RANGE.max));
}
