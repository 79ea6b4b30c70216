import {
  type Button,
  type CheckButton,
  type HSlider,
  type Label,
  type OptionButton,
  PanelContainer,
  type Signals,
} from "godot";
import { QUALITIES } from "../settings/quality.ts";
import { SENSITIVITY_RANGE } from "../settings/settings.ts";
import type { SettingsStore } from "../settings/settings-store.ts";

/** The settings, used by the title and by the pause menu. Every change takes effect and is remembered at once. */
export default class SettingsPanel extends PanelContainer {
  static signals = { closed: [] } satisfies Signals;

  #store: SettingsStore | undefined;

  _ready(): void {
    const quality = this.get_node<OptionButton>("%Quality");
    quality.clear();
    for (const level of QUALITIES) quality.add_item(level.charAt(0).toUpperCase() + level.slice(1));
    quality.connect("item_selected", (index) => {
      const level = QUALITIES[Number(index)];
      if (level) this.#store?.change({ quality: level });
    });
    const sensitivity = this.get_node<HSlider>("%Sensitivity");
    sensitivity.min_value = SENSITIVITY_RANGE.min;
    sensitivity.max_value = SENSITIVITY_RANGE.max;
    sensitivity.step = 0.1;
    sensitivity.connect("value_changed", (value) => this.#store?.change({ mouseSensitivity: value }));
    this.get_node<HSlider>("%Volume").connect("value_changed", (value) => this.#store?.change({ volume: value / 100 }));
    this.get_node<CheckButton>("%FullScreen").connect("toggled", (on) => this.#store?.change({ fullScreen: on }));
    this.get_node<CheckButton>("%InvertY").connect("toggled", (on) => this.#store?.change({ invertY: on }));
    this.get_node<Button>("%Close").connect("pressed", () => this.emit_signal("closed"));
  }

  use(store: SettingsStore): void {
    this.#store = store;
    store.watch((settings) => {
      this.get_node<OptionButton>("%Quality").select(QUALITIES.indexOf(settings.quality));
      this.get_node<HSlider>("%Volume").set_value_no_signal(Math.round(settings.volume * 100));
      this.get_node<Label>("%VolumeValue").text = `${Math.round(settings.volume * 100)} %`;
      this.get_node<HSlider>("%Sensitivity").set_value_no_signal(settings.mouseSensitivity);
      this.get_node<Label>("%SensitivityValue").text = settings.mouseSensitivity.toFixed(1);
      this.get_node<CheckButton>("%FullScreen").set_pressed_no_signal(settings.fullScreen);
      this.get_node<CheckButton>("%InvertY").set_pressed_no_signal(settings.invertY);
    });
  }

  /** Shows itself, the first control in focus. */
  open(): void {
    this.visible = true;
    this.get_node<OptionButton>("%Quality").grab_focus();
  }
}
