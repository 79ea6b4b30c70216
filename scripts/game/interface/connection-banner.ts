import { type Button, type Control, type Label, PanelContainer, type Signals } from "godot";
import type { ConnectionView } from "../../client/connection-view.ts";
import { comfort } from "../settings/comfort.ts";
import { type ConnectionText, describeConnection } from "./connection-text.ts";

const VARIATION_OF_TONE: Readonly<Record<ConnectionText["tone"], string>> = {
  busy: "BannerPanel",
  warning: "BannerWarningPanel",
  refused: "BannerRefusedPanel",
};

/** Says where the connection stands, on top of everything, and goes away while playing. */
export default class ConnectionBanner extends PanelContainer {
  static signals = { cancelled: [] } satisfies Signals;

  #revision = -1;
  #shown = false;

  _ready(): void {
    this.visible = false;
    this.set_process(false);
    this.get_node<Button>("%Cancel").connect("pressed", () => this.emit_signal("cancelled"));
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
