import type { CastView } from "../../client/combat/view/cast-view.ts";
import { TICK_RATE_HZ } from "../../simulation/constants.ts";
import type { HudColor, HudPalette } from "./hud-palette.ts";
import type { HudQuads } from "./hud-quads.ts";
import { paintBar } from "./paint-bar.ts";

/** How long one sees that a cast has ended, and how. */
export const ENDED_TICKS = 1.2 * TICK_RATE_HZ;

/** A cast's bar fills, a channel's empties; one that was interrupted stays where it was, crossed out. */
export function paintCast(
  quads: HudQuads,
  cast: CastView,
  tick: number,
  x: number,
  y: number,
  width: number,
  height: number,
  colors: HudPalette,
): void {
  const now = cast.active ? tick : cast.endedTick;
  const length = Math.max(cast.endTick - cast.startTick, 1);
  const done = Math.min(Math.max((now - cast.startTick) / length, 0), 1);
  const share = cast.channel ? 1 - done : done;
  const ended = !cast.active && cast.ended !== "finished";
  const fill = ended ? colors.refused : cast.channel ? colors.channel : colors.cast;
  paintBar(quads, x, y, width, height, share, fill, colors);
  if (ended) quads.cross(x + width - height, y + 4, height - 8, 4, colors.refused);
}

export function castText(cast: CastView): string {
  if (cast.active) return cast.abilityName;
  return cast.ended === "interrupted" ? `${cast.abilityName}: interrupted` : cast.abilityName;
}

export function castTint(cast: CastView, colors: HudPalette): HudColor {
  return cast.active || cast.ended === "finished" ? colors.ink : colors.refused;
}
