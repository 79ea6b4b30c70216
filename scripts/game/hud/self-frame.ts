import { type InputEvent, InputEventMouseButton, MouseButton, type Signals } from "godot";
import type { SelfView } from "../../client/combat/view/self-view.ts";
import { comfort } from "../settings/comfort.ts";
import type { Fingerprint } from "./fingerprint.ts";
import type { HudFrame } from "./hud-frame.ts";
import type { HudPalette } from "./hud-palette.ts";
import HudPart from "./hud-part.ts";
import { paintAuras, watchAuras } from "./paint-auras.ts";
import { paintBar, paintPanel } from "./paint-bar.ts";
import { paintLevel } from "./paint-level.ts";

export const LOW_SHARE = 0.3;
/** Of a frame in the upper row: the player's own, and that of who is locked on to. */
export function frameWidth(): number {
  return comfort.small ? SMALL_WIDTH : WIDTH;
}

const WIDTH = 304;
const SMALL_WIDTH = 252;
const HEIGHT = 96;
const BAR_X = 64;
/** Height of what still absorbs, on the upper edge of the health's bar: above what is written there. */
const ABSORB_PIXELS = 6;

/** The player's own condition: name, level, health with what absorbs, the resource, whether it is in a fight, and below, what is on it. */
export default class SelfFrame extends HudPart {
  static signals = { pressed: [] } satisfies Signals;

  override _gui_input(event: InputEvent): void {
    if (!(event instanceof InputEventMouseButton) || event.button_index !== MouseButton.MOUSE_BUTTON_LEFT) return;
    if (event.pressed) this.emit_signal("pressed");
    this.accept_event();
  }

  protected override watch({ client }: HudFrame, watch: Fingerprint): boolean {
    const { self, serverTick } = client.combat;
    watch.add(self.revision);
    watchAuras(self.auras, serverTick, watch);
    return true;
  }

  protected override paint({ client, colors }: HudFrame): void {
    const { self, death, serverTick } = client.combat;
    const { quads } = this;
    const width = frameWidth();
    const right = width - 8;
    paintPanel(quads, width, HEIGHT, self.inCombat ? colors.refused : colors.panelEdge, self.inCombat ? 3 : 1, colors);
    paintLevel(quads, self.level, "self", colors);
    quads.text(self.name, BAR_X, 26, 19, colors.ink, "left");
    if (self.inCombat) {
      quads.cross(right - Math.ceil(quads.widthOf("In combat", 16)) - 20, 13, 12, 4, colors.refused);
      quads.text("In combat", right, 25, 16, colors.refused, "right");
    }
    this.#paintHealth(self, death.dead, right, colors);
    const share = self.resource / Math.max(self.maxResource, 1);
    paintBar(quads, BAR_X, 66, right - BAR_X, 22, share, colors.resource, colors);
    quads.text(self.resourceName, BAR_X + 8, 82, 15, colors.ink, "left");
    quads.text(`${self.resource} / ${self.maxResource}`, right - 8, 82, 15, colors.ink, "right");
    paintAuras(quads, this.icons, self.auras, serverTick, HEIGHT + 8, colors);
  }

  #paintHealth(self: SelfView, dead: boolean, right: number, colors: HudPalette): void {
    const { quads } = this;
    const room = right - BAR_X;
    const most = Math.max(self.maxHealth, 1);
    const share = self.health / most;
    const low = share < LOW_SHARE;
    paintBar(quads, BAR_X, 34, room, 28, share, low ? colors.healthLow : colors.health, colors);
    if (self.absorb > 0) {
      // At the right end where it does not fit beside the health.
      const width = Math.round(room * Math.min(self.absorb / most, 1));
      const x = Math.min(Math.round(BAR_X + room * share), right - width);
      quads.box(x, 34, width, ABSORB_PIXELS + 2, colors.dark, 4);
      quads.box(x + 2, 36, width - 4, ABSORB_PIXELS - 2, colors.absorb, 2);
    }
    const absorb = self.absorb > 0 ? ` + ${self.absorb}` : "";
    const points = `${self.health} / ${self.maxHealth}${absorb}`;
    quads.text(points, right - 8, 54, 17, colors.ink, "right");
    const word = dead ? "Dead" : low ? "Health is low" : "Health";
    const fits = quads.widthOf(word, 17) + quads.widthOf(points, 17) < room - 24;
    if (fits) quads.text(word, BAR_X + 8, 54, 17, colors.ink, "left");
    // Where there is no room for words the colour is not alone.
    else if (low) quads.arrow(BAR_X + 8, 41, 14, 0.25, colors.ink);
  }
}
