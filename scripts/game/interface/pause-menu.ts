import { type Button, type ColorRect, Control, type InputEvent, type Signals } from "godot";
import type { SettingsStore } from "../settings/settings-store.ts";
import { fitToWindow } from "./fit-to-window.ts";
import type SettingsPanel from "./settings-panel.ts";

/** How dark the game is behind it, 0 to 1. */
const SHADE = 0.55;
const SMALL_SHADE = 0.85;

/** Over the running game: the world goes on, the mouse is free. */
export default class PauseMenu extends Control {
  static signals = { resumed: [], disconnect_requested: [], quit_requested: [] } satisfies Signals;

  _ready(): void {
    this.visible = false;
    this.get_node<Button>("%Resume").connect("pressed", () => this.#close());
    this.get_node<Button>("%Settings").connect("pressed", () => this.#showSettings(true));
    this.get_node<Button>("%Disconnect").connect("pressed", () => {
      this.visible = false;
      this.emit_signal("disconnect_requested");
    });
    this.get_node<Button>("%Quit").connect("pressed", () => this.emit_signal("quit_requested"));
    this.#settings().connect("closed", () => this.#showSettings(false));
    fitToWindow(this, (small) => {
      for (const name of ["Note", "Ornament", "Gap"])
        this.get_node<Control>(`Center/Menu/Scroll/Rows/${name}`).visible = !small;
      // There, menus lie over parts that are as large as they are.
      const shade = this.get_node<ColorRect>("Shade");
      const { color } = shade;
      color.a = small ? SMALL_SHADE : SHADE;
      shade.color = color;
    });
  }

  use(store: SettingsStore): void {
    this.#settings().use(store);
  }

  open(): void {
    this.visible = true;
    this.#showSettings(false);
    this.get_node<Button>("%Resume").grab_focus();
  }

  _unhandled_input(event: InputEvent): void {
    if (!this.visible || !(event.is_action_pressed("pause") || event.is_action_pressed("ui_cancel"))) return;
    this.get_viewport()?.set_input_as_handled();
    if (this.#settings().visible) this.#showSettings(false);
    else this.#close();
  }

  #close(): void {
    this.visible = false;
    this.emit_signal("resumed");
  }

  #showSettings(shown: boolean): void {
    this.get_node<Control>("%Menu").visible = !shown;
    const settings = this.#settings();
    if (shown) settings.open();
    else {
      settings.visible = false;
      this.get_node<Button>("%Settings").grab_focus();
    }
  }

  #settings(): SettingsPanel {
    return this.get_node<SettingsPanel>("%SettingsPanel");
  }
}
