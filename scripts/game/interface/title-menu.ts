import { type BoxContainer, type Button, Control, type Label, type LineEdit, type Signals } from "godot";
import { MAX_ADDRESS_LENGTH, MAX_NAME_LENGTH } from "../settings/settings.ts";
import type { SettingsStore } from "../settings/settings-store.ts";
import { fitToWindow } from "./fit-to-window.ts";
import type FittedScroll from "./fitted-scroll.ts";
import type SettingsPanel from "./settings-panel.ts";

/** Of the column, pixels: how wide, and from the edges of the window. */
const USUAL_WIDTH = 440;
const USUAL_LEFT = 88;
const USUAL_TOP = 32;
const SMALL_MARGIN = 8;
/** Of the window's height, for the title and what is around the entries. */
const USUAL_SPARED = 280;
const SMALL_SPARED = 100;
const SMALL_TITLE_PIXELS = 44;

/** The first screen: who plays, on which world, and the settings. */
export default class TitleMenu extends Control {
  static signals = {
    play_requested: [
      { name: "address", type: "String" },
      { name: "player_name", type: "String" },
    ],
    quit_requested: [],
  } satisfies Signals;

  #small = false;

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
    fitToWindow(this, (small, width) => this.#fit(small, width));
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

  /** In the smallest windows the column is all there is, and begins at the edge. */
  #fit(small: boolean, width: number): void {
    const column = this.get_node<Control>("Column");
    column.offset_left = small ? SMALL_MARGIN : USUAL_LEFT;
    column.offset_right = column.offset_left + Math.min(USUAL_WIDTH, width - 2 * SMALL_MARGIN);
    column.offset_top = small ? SMALL_MARGIN : USUAL_TOP;
    column.offset_bottom = -column.offset_top;
    this.get_node<Control>("Column/Ornament").visible = !small;
    this.get_node<Control>("Column/Entry").theme_type_variation = small ? "HudPanel" : "";
    const entries = "Column/Entry/Scroll/Rows";
    for (const name of ["NameRow", "AddressRow"]) this.get_node<BoxContainer>(`${entries}/${name}`).vertical = !small;
    this.get_node<Control>(`${entries}/Gap`).visible = !small;
    this.get_node<FittedScroll>("Column/Entry/Scroll").spared_pixels = small ? SMALL_SPARED : USUAL_SPARED;
    const title = this.get_node<Label>("Column/Title");
    if (small) title.add_theme_font_size_override("font_size", SMALL_TITLE_PIXELS);
    else title.remove_theme_font_size_override("font_size");
    this.#small = small;
    this.#makeRoom(this.#settings().visible);
  }

  /** The settings take the room of what is only to be looked at. */
  #makeRoom(settingsShown: boolean): void {
    const small = this.#small;
    for (const name of ["Tagline", "Gap"]) this.get_node<Control>(`Column/${name}`).visible = !settingsShown && !small;
    this.get_node<Control>("Column/Title").visible = !settingsShown || !small;
  }

  #showSettings(shown: boolean): void {
    this.#makeRoom(shown);
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
