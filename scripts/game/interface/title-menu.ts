import { type Button, Control, type Label, type LineEdit, type Signals } from "godot";
import { MAX_ADDRESS_LENGTH, MAX_NAME_LENGTH } from "../settings/settings.ts";
import type { SettingsStore } from "../settings/settings-store.ts";
import type SettingsPanel from "./settings-panel.ts";

/** The first screen: who plays, on which world, and the settings. */
export default class TitleMenu extends Control {
  static signals = {
    play_requested: [
      { name: "address", type: "String" },
      { name: "player_name", type: "String" },
    ],
    quit_requested: [],
  } satisfies Signals;

  _ready(): void {
    const name = this.get_node<LineEdit>("%PlayerName");
    const address = this.get_node<LineEdit>("%Address");
    name.max_length = MAX_NAME_LENGTH;
    address.max_length = MAX_ADDRESS_LENGTH;
    name.connect("text_submitted", () => this.#play());
    address.connect("text_submitted", () => this.#play());
    this.get_node<Button>("%Play").connect("pressed", () => this.#play());
    this.get_node<Button>("%Settings").connect("pressed", () => this.#showSettings(true));
    this.get_node<Button>("%Quit").connect("pressed", () => this.emit_signal("quit_requested"));
    this.#settings().connect("closed", () => this.#showSettings(false));
  }

  use(store: SettingsStore): void {
    this.#settings().use(store);
    const { playerName, address } = store.current;
    this.get_node<LineEdit>("%PlayerName").text = playerName;
    this.get_node<LineEdit>("%Address").text = address;
  }

  open(): void {
    this.visible = true;
    this.#showSettings(false);
    this.get_node<Button>("%Play").grab_focus();
  }

  #play(): void {
    const name = this.get_node<LineEdit>("%PlayerName").text.trim();
    const address = this.get_node<LineEdit>("%Address").text.trim();
    this.show_problem("");
    if (name === "") {
      this.show_problem("A name, please: others will see it above your head.");
      this.get_node<LineEdit>("%PlayerName").grab_focus();
    } else if (address === "") {
      this.show_problem("An address, please, such as 127.0.0.1:7777.");
      this.get_node<LineEdit>("%Address").grab_focus();
    } else this.emit_signal("play_requested", address, name);
  }

  /** A sentence above the buttons; empty takes it away. */
  show_problem(text: string): void {
    const problem = this.get_node<Label>("%Problem");
    problem.text = text;
    problem.visible = text !== "";
  }

  #showSettings(shown: boolean): void {
    this.get_node<Control>("%Entry").visible = !shown;
    const settings = this.#settings();
    if (shown) settings.open();
    else {
      settings.visible = false;
      if (this.visible) this.get_node<Button>("%Settings").grab_focus();
    }
  }

  #settings(): SettingsPanel {
    return this.get_node<SettingsPanel>("%SettingsPanel");
  }
}
