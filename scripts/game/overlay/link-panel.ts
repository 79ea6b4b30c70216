import {
  Button,
  ButtonGroup,
  type CheckButton,
  type GridContainer,
  type HSlider,
  type Label,
  PanelContainer,
  type Signals,
} from "godot";
import { LINK_PROFILE_NAMES, type LinkProfileName } from "../../transport/conditioner/link-profiles.ts";
import { JITTER_RANGE_MS, type LinkChoice, LOSS_RANGE_PERCENT, ROUND_TRIP_RANGE_MS } from "./link-choice.ts";

const BUTTON_HEIGHT = 44;
const NAMES: Readonly<Record<LinkProfileName, string>> = {
  none: "As it is",
  lan: "LAN",
  broadband: "Broadband",
  "wifi-stall": "Wi-Fi, stalls",
  mobile: "Mobile",
  satellite: "Satellite",
  reference: "Reference",
};

/** Makes the link worse while playing: a profile, or sliders from there. Says what it does with `changed`. */
export default class LinkPanel extends PanelContainer {
  static signals = { changed: [], ghost_toggled: [{ name: "shown", type: "bool" }] } satisfies Signals;

  readonly #buttons = new Map<LinkProfileName, Button>();
  #choice: LinkChoice | undefined;

  _ready(): void {
    this.#makeButtons();
    this.#bindSlider("%RoundTrip", ROUND_TRIP_RANGE_MS, (choice, value) => choice.setRoundTripMs(value));
    this.#bindSlider("%Jitter", JITTER_RANGE_MS, (choice, value) => choice.setJitterMs(value));
    this.#bindSlider("%Loss", LOSS_RANGE_PERCENT, (choice, value) => choice.setLossPercent(value));
    this.get_node<CheckButton>("%Ghost").connect("toggled", (on) => this.emit_signal("ghost_toggled", on));
  }

  use(choice: LinkChoice): void {
    this.#choice = choice;
    this.#show();
  }

  /** Puts the focus on the profile in force. */
  take_focus(): void {
    this.#buttons.get(this.#choice?.profile ?? "none")?.grab_focus();
  }

  #makeButtons(): void {
    const grid = this.get_node<GridContainer>("%Profiles");
    const group = new ButtonGroup();
    group.allow_unpress = true;
    for (const name of LINK_PROFILE_NAMES) {
      const button = new Button();
      button.name = name;
      button.text = NAMES[name];
      button.toggle_mode = true;
      button.button_group = group;
      button.custom_minimum_size.y = BUTTON_HEIGHT;
      button.size_flags_horizontal = 3;
      button.connect("pressed", () => this.#change((choice) => choice.choose(name)));
      grid.add_child(button);
      this.#buttons.set(name, button);
    }
  }

  #bindSlider(
    path: string,
    range: { readonly min: number; readonly max: number; readonly step: number },
    set: (choice: LinkChoice, value: number) => void,
  ): void {
    const slider = this.get_node<HSlider>(path);
    slider.min_value = range.min;
    slider.max_value = range.max;
    slider.step = range.step;
    slider.connect("value_changed", (value) => this.#change((choice) => set(choice, value)));
  }

  #change(change: (choice: LinkChoice) => void): void {
    if (this.#choice === undefined) return;
    change(this.#choice);
    this.#show();
    this.emit_signal("changed");
  }

  #show(): void {
    const choice = this.#choice;
    if (choice === undefined) return;
    for (const [name, button] of this.#buttons) button.set_pressed_no_signal(choice.profile === name);
    this.get_node<HSlider>("%RoundTrip").set_value_no_signal(choice.roundTripMs);
    this.get_node<HSlider>("%Jitter").set_value_no_signal(choice.jitterMs);
    this.get_node<HSlider>("%Loss").set_value_no_signal(choice.lossPercent);
    this.get_node<Label>("%RoundTripValue").text = `${Math.round(choice.roundTripMs)} ms`;
    this.get_node<Label>("%JitterValue").text = `± ${Math.round(choice.jitterMs)} ms`;
    this.get_node<Label>("%LossValue").text = `${choice.lossPercent.toFixed(1)} %`;
  }
}
