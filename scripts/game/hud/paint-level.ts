import type { Relation } from "../../client/combat/view/target-view.ts";
import type { HudColor, HudPalette } from "./hud-palette.ts";
import type { HudQuads } from "./hud-quads.ts";
import { numberText } from "./number-texts.ts";

const EDGE_PIXELS = 48;

export function relationColor(relation: Relation, colors: HudPalette): HudColor {
  return colors[relation];
}

/** Somebody's level at the left of a frame, on a ground whose shape says who it is: creatures a diamond, players a disc, oneself and the party a square. */
export function paintLevel(quads: HudQuads, level: number, relation: Relation, colors: HudPalette): void {
  const color = relationColor(relation, colors);
  if (relation === "creature") {
    quads.diamond(6, 12, EDGE_PIXELS + 4, 0, colors.dark);
    quads.diamond(6, 12, EDGE_PIXELS + 4, 3, color);
  } else {
    const radius = relation === "player" ? EDGE_PIXELS / 2 : 10;
    quads.box(8, 14, EDGE_PIXELS, EDGE_PIXELS, colors.dark, radius);
    quads.rim(8, 14, EDGE_PIXELS, EDGE_PIXELS, color, radius, 3);
  }
  if (level > 0) quads.text(numberText(level), 8 + EDGE_PIXELS / 2, 46, 22, colors.ink, "middle");
}
