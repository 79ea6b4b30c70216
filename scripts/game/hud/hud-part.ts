import { Control } from "godot";
import type { GlyphAtlas } from "../character/glyph-atlas.ts";
import { Fingerprint } from "./fingerprint.ts";
import type { HudFrame } from "./hud-frame.ts";
import { hudColors } from "./hud-palette.ts";
import { HudQuads } from "./hud-quads.ts";
import { HudTexts, type WrittenText } from "./hud-texts.ts";
import type { IconAtlas } from "./icon-atlas.ts";

/**
 * A part of the interface of fights: a place in the scene, and what is painted there, which its `HudCanvas` draws together with all other parts.
 * It is painted again only when a number that it watches has changed.
 */
export default abstract class HudPart extends Control {
  /** Whether it shows what may come a few frames later: it takes turns with others of that kind. */
  readonly patient: boolean = false;
  protected quads!: HudQuads;
  protected icons!: IconAtlas;
  readonly #watch = new Fingerprint();
  #stale = true;

  /** Once, before the first frame. */
  set_up(letters: GlyphAtlas, icons: IconAtlas): void {
    this.icons = icons;
    this.quads = new HudQuads(new HudTexts((text) => letters.text(text), hudColors.current.dark));
    this.connect("item_rect_changed", () => this.invalidate());
    // Before its first frame there is nothing of it, and nobody is told that it has come.
    this.visible = false;
  }

  get painted(): HudQuads {
    return this.quads;
  }

  /** What stands in it now. */
  get texts(): readonly WrittenText[] {
    return this.quads.written.all;
  }

  /** It is painted anew in the next frame. */
  invalidate(): void {
    this.#stale = true;
  }

  /** One frame; returns whether something else is to be drawn than in the last one. */
  show_frame(frame: HudFrame): boolean {
    const watch = this.#watch;
    watch.begin();
    watch.add(hudColors.revision);
    watch.add(frame.bindings.revision);
    const shown = this.watch(frame, watch);
    watch.add(shown ? 1 : 0);
    if (!watch.changed && !this.#stale) return false;
    this.#stale = false;
    const { quads } = this;
    const before = quads.count;
    quads.clear();
    if (this.visible !== shown) this.visible = shown;
    if (!shown) return before > 0;
    const { x, y } = this.position;
    quads.originX = Math.round(x);
    quads.originY = Math.round(y);
    quads.written.outline = frame.colors.dark;
    this.paint(frame);
    return true;
  }

  /** Whether one that takes turns is not to wait for its own. In every frame: no objects. */
  hasty(_frame: HudFrame): boolean {
    return false;
  }

  /** Adds every number that the picture depends on; returns whether there is anything to show. In every frame: no objects. */
  protected abstract watch(frame: HudFrame, watch: Fingerprint): boolean;

  protected abstract paint(frame: HudFrame): void;
}
