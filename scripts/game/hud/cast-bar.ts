import { TICK_RATE_HZ } from "../../simulation/constants.ts";
import { comfort } from "../settings/comfort.ts";
import type { Fingerprint } from "./fingerprint.ts";
import type { HudFrame } from "./hud-frame.ts";
import HudPart from "./hud-part.ts";
import { castText, castTint, ENDED_TICKS, paintCast } from "./paint-cast.ts";

const WIDTH = 320;
const SMALL_WIDTH = 230;
const HEIGHT = 28;

/** What the player casts or channels, how long it still takes, and for a moment how it has ended. */
export default class CastBar extends HudPart {
  protected override watch({ client }: HudFrame, watch: Fingerprint): boolean {
    const { self, ownTick } = client.combat;
    const { cast } = self;
    watch.add(cast.revision);
    if (cast.active) watch.add(Math.floor(ownTick));
    return cast.active || (cast.ended !== "none" && ownTick - cast.endedTick < ENDED_TICKS);
  }

  protected override paint({ client, colors }: HudFrame): void {
    const { self, ownTick } = client.combat;
    const { cast } = self;
    const { quads } = this;
    const width = comfort.small ? SMALL_WIDTH : WIDTH;
    const cell = this.icons.cell(cast.icon);
    if (cell >= 0) quads.icon(-HEIGHT - 6, 0, HEIGHT, cell, cast.ended === "interrupted" ? 1 : 0, colors.ink, 4);
    paintCast(quads, cast, ownTick, 0, 0, width, HEIGHT, colors);
    quads.text(castText(cast), 10, 20, 17, castTint(cast, colors), "left");
    if (!cast.active) return;
    const seconds = Math.max(cast.endTick - ownTick, 0) / TICK_RATE_HZ;
    quads.text(`${seconds.toFixed(1)} s`, width - 10, 20, 17, colors.ink, "right");
  }
}
