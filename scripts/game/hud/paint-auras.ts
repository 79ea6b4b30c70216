import type { AuraList } from "../../client/combat/view/aura-view.ts";
import { TICK_RATE_HZ } from "../../simulation/constants.ts";
import { comfort } from "../settings/comfort.ts";
import type { Fingerprint } from "./fingerprint.ts";
import type { HudColor, HudPalette } from "./hud-palette.ts";
import type { HudQuads } from "./hud-quads.ts";
import type { IconAtlas } from "./icon-atlas.ts";
import { numberText } from "./number-texts.ts";

export const AURA_PIXELS = 32;
const GAP_PIXELS = 6;
const STEP_PIXELS = AURA_PIXELS + GAP_PIXELS;
/** An icon, and what is left below it. */
const ROW_PIXELS = AURA_PIXELS + 20;
const PER_ROW = 8;
/** In the smallest windows there is one row, and what harms comes first. */
const SMALL_MOST = 6;
const SHADE: HudColor = [0.02, 0.03, 0.04, 0.66];
/** How often a second the part that has passed is drawn anew. */
const STEPS_PER_SECOND = 10;

/** What a picture of them depends on. */
export function watchAuras(list: AuraList, serverTick: number, watch: Fingerprint): void {
  watch.add(list.revision);
  watch.add(list.count === 0 ? 0 : Math.floor((serverTick / TICK_RATE_HZ) * STEPS_PER_SECOND));
}

/** Buffs from the left, with round corners, and below them debuffs, square, with a thick rim: time left below each, stacks in its corner. */
export function paintAuras(
  quads: HudQuads,
  icons: IconAtlas,
  list: AuraList,
  serverTick: number,
  y: number,
  colors: HudPalette,
): void {
  if (comfort.small) {
    const harmful = paintKind(quads, icons, list, serverTick, y, true, colors, 0, SMALL_MOST);
    paintKind(quads, icons, list, serverTick, y, false, colors, harmful, SMALL_MOST);
    return;
  }
  const helpful = paintKind(quads, icons, list, serverTick, y, false, colors, 0, list.count);
  const rows = Math.ceil(helpful / PER_ROW);
  paintKind(quads, icons, list, serverTick, y + rows * ROW_PIXELS, true, colors, 0, list.count);
}

/** From the place `first` on, `most` in all; returns which place comes next. */
function paintKind(
  quads: HudQuads,
  icons: IconAtlas,
  { entries, count }: AuraList,
  serverTick: number,
  y: number,
  harmful: boolean,
  colors: HudPalette,
  first: number,
  most: number,
): number {
  let shown = first;
  for (let i = 0; i < count && shown < most; i += 1) {
    const aura = entries[i];
    if (aura === undefined || aura.harmful !== harmful) continue;
    const x = (shown % PER_ROW) * STEP_PIXELS;
    const top = y + Math.floor(shown / PER_ROW) * ROW_PIXELS;
    shown += 1;
    const left = Math.max(aura.endTick - serverTick, 0);
    const radius = harmful ? 0 : 8;
    quads.box(x, top, AURA_PIXELS, AURA_PIXELS, colors.dark, radius);
    const cell = icons.cell(aura.icon);
    if (cell >= 0) quads.icon(x, top, AURA_PIXELS, cell, 0, colors.ink, radius);
    else quads.text(aura.name.slice(0, 2), x + AURA_PIXELS / 2, top + 22, 16, colors.ink, "middle");
    const passed = aura.durationTicks > 0 ? 1 - left / aura.durationTicks : 0;
    // What has passed is dark.
    quads.wedge(x, top, AURA_PIXELS, Math.max(Math.min(passed, 1), 0), SHADE, radius, 0);
    const rim = harmful ? colors.debuff : colors.buff;
    quads.rim(x, top, AURA_PIXELS, AURA_PIXELS, rim, radius, harmful ? 3 : 2);
    if (aura.stacks > 1) {
      quads.text(numberText(aura.stacks), x + AURA_PIXELS - 3, top + AURA_PIXELS - 4, 16, colors.ink, "right");
    }
    // One that is over stays until the server says so.
    if (left === 0) continue;
    const seconds = Math.ceil(left / TICK_RATE_HZ);
    quads.text(numberText(seconds), x + AURA_PIXELS / 2, top + AURA_PIXELS + 14, 15, colors.ink, "middle");
  }
  return shown;
}
