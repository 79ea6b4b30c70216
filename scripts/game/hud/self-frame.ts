import { type InputEvent, InputEventMouseButton, MouseButton, type Signals } from "godot";
import type { SelfView } from "../../client/combat/view/self-view.ts";
import type { Fingerprint } from "./fingerprint.ts";
import type { HudFrame } from "./hud-frame.ts";
import type { HudPalette } from "./hud-palette.ts";
import HudPart from "./hud-part.ts";
import { paintAuras, watchAuras } from "./paint-auras.ts";
import { paintBar, paintPanel } from "./paint-bar.ts";
import { paintLevel } from "./paint-level.ts";

export const LOW_SHARE = 0.3;
const WIDTH = 304;
const HEIGHT = 96;
const BAR_X = 64;
const BAR_WIDTH = WIDTH - BAR_X - 8;
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
    paintPanel(quads, WIDTH, HEIGHT, self.inCombat ? colors.refused : colors.panelEdge, self.inCombat ? 3 : 1, colors);
    paintLevel(quads, self.level, "self", colors);
    quads.text(self.name, BAR_X, 26, 19, colors.ink, "left");
    if (self.inCombat) {
      const width = quads.widthOf("In combat", 16);
      quads.cross(WIDTH - 8 - Math.ceil(width) - 20, 13, 12, 4, colors.refused);
      quads.text("In combat", WIDTH - 8, 25, 16, colors.refused, "right");
    }
    this.#paintHealth(self, death.dead, colors);
    const share = self.resource / Math.max(self.maxResource, 1);
    paintBar(quads, BAR_X, 66, BAR_WIDTH, 22, share, colors.resource, colors);
    quads.text(self.resourceName, BAR_X + 8, 82, 15, colors.ink, "left");
    quads.text(`${self.resource} / ${self.maxResource}`, WIDTH - 16, 82, 15, colors.ink, "right");
    paintAuras(quads, this.icons, self.auras, serverTick, HEIGHT + 8, colors);
  }

  #paintHealth(self: SelfView, dead: boolean, colors: HudPalette): void {
    const { quads } = this;
    const most = Math.max(self.maxHealth, 1);
    const share = self.health / most;
    const low = share < LOW_SHARE;
    paintBar(quads, BAR_X, 34, BAR_WIDTH, 28, share, low ? colors.healthLow : colors.health, colors);
    if (self.absorb > 0) {
      // At the right end where it does not fit beside the health.
      const width = Math.round(BAR_WIDTH * Math.min(self.absorb / most, 1));
      const x = Math.min(Math.round(BAR_X + BAR_WIDTH * share), BAR_X + BAR_WIDTH - width);
      quads.box(x, 34, width, ABSORB_PIXELS + 2, colors.dark, 4);
      quads.box(x + 2, 36, width - 4, ABSORB_PIXELS - 2, colors.absorb, 2);
    }
    quads.text(dead ? "Dead" : low ? "Health is low" : "Health", BAR_X + 8, 54, 17, colors.ink, "left");
    const absorb = self.absorb > 0 ? ` + ${self.absorb}` : "";
    quads.text(`${self.health} / ${self.maxHealth}${absorb}`, WIDTH - 16, 54, 17, colors.ink, "right");
  }
}
