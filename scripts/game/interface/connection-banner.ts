import { type Button, type Control, type Label, PanelContainer, type Signals, Vector2 } from "godot";
import type { ConnectionView } from "../../client/connection-view.ts";
import { comfort } from "../settings/comfort.ts";
import { type ConnectionText, describeConnection } from "./connection-text.ts";
import { fitToWindow, widen } from "./fit-to-window.ts";

const VARIATION_OF_TONE: Readonly<Record<ConnectionText["tone"], string>> = {
  busy: "BannerPanel",
  warning: "BannerWarningPanel",
  refused: "BannerRefusedPanel",
};

/** Of it, and from the upper edge of the window, pixels. */
const USUAL_WIDTH = 720;
const USUAL_TOP = 40;
const SMALL_TOP = 8;
const SMALL_HEADLINE_PIXELS = 18;

/** Says where the connection stands, on top of everything, and goes away while playing. */
export default class ConnectionBanner extends PanelContainer {
  static signals = { cancelled: [] } satisfies Signals;

  #revision = -1;
  #shown = false;

  _ready(): void {
    this.visible = false;
    this.set_process(false);
    // Containers keep no such place of what is in them.
    this.get_node<Control>("%Spinner").pivot_offset_ratio = new Vector2(0.5, 0.5);
    this.get_node<Button>("%Cancel").connect("pressed", () => this.emit_signal("cancelled"));
    fitToWindow(this, (small, width) => {
      widen(this, USUAL_WIDTH, width);
      this.offset_left = -this.custom_minimum_size.x / 2;
      this.offset_right = this.custom_minimum_size.x / 2;
      this.offset_top = small ? SMALL_TOP : USUAL_TOP;
      this.offset_bottom = this.offset_top;
      const headline = this.get_node<Label>("%Headline");
      if (small) headline.add_theme_font_size_override("font_size", SMALL_HEADLINE_PIXELS);
      else headline.remove_theme_font_size_override("font_size");
    });
  }

  /** Redraws when the view changed. */
  show_connection(view: ConnectionView): void {
    if (view.revision === this.#revision) return;
    this.#revision = view.revision;
    const text = describeConnection(view.state);
    this.visible = text !== undefined;
    // The spinner turns; nothing is run while there is nothing to see.
    this.set_process(this.visible);
    if (text === undefined) {
      this.#shown = false;
      return;
    }
    this.get_node<Label>("%Headline").text = text.headline;
    this.get_node<Label>("%Detail").text = text.detail;
    this.get_node<Control>("%Spinner").visible = text.tone !== "refused";
    const cancel = this.get_node<Button>("%Cancel");
    cancel.text = text.tone === "refused" ? "Back to the title" : "Cancel";
    this.theme_type_variation = VARIATION_OF_TONE[text.tone];
    if (!this.#shown) cancel.grab_focus();
    this.#shown = true;
  }

  _process(delta: number): void {
    if (comfort.reducedMotion) return;
    const spinner = this.get_node<Control>("%Spinner");
    spinner.rotation = (spinner.rotation + delta * 3) % (Math.PI * 2);
  }
}
