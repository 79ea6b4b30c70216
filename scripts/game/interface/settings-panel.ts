import {
  type Button,
  type CheckButton,
  type Control,
  HSlider,
  type Label,
  type OptionButton,
  PanelContainer,
  type Signals,
} from "godot";
import { PALETTE_NAMES } from "../hud/hud-palette.ts";
import { QUALITIES } from "../settings/quality.ts";
import {
  HUD_OPACITY_RANGE,
  HUD_SCALE_RANGE,
  SENSITIVITY_RANGE,
  type Settings,
  TEXT_SIZE_RANGE,
} from "../settings/settings.ts";
import type { SettingsStore } from "../settings/settings-store.ts";
import type BindingsPanel from "./bindings-panel.ts";
import { fitToWindow, widen } from "./fit-to-window.ts";
import type FittedScroll from "./fitted-scroll.ts";

interface SliderRow {
  /** Of the slider; the label of its value has the same with `Value`. */
  readonly node: string;
  readonly key: "hudScale" | "hudOpacity" | "combatTextSize" | "screenShake" | "fightVolume";
  readonly min: number;
  readonly max: number;
}

/** Shares that are shown in percent. */
const SLIDERS: readonly SliderRow[] = [
  { node: "HudScale", key: "hudScale", ...HUD_SCALE_RANGE },
  { node: "HudOpacity", key: "hudOpacity", ...HUD_OPACITY_RANGE },
  { node: "CombatTextSize", key: "combatTextSize", ...TEXT_SIZE_RANGE },
  { node: "ScreenShake", key: "screenShake", min: 0, max: 1 },
  { node: "FightVolume", key: "fightVolume", min: 0, max: 1 },
];
const SLIDER_STEP = 0.05;
const USUAL_WIDTH = 520;
const SLIDER_WIDTH = 176;
const SMALL_SLIDER_WIDTH = 124;
/** Of the window's height, for what stands around the list of keys. */
const KEYS_SPARED = 180;
const SMALL_KEYS_SPARED = 142;

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
    for (const row of SLIDERS) this.#setUpSlider(row);
    this.get_node<CheckButton>("%ReducedMotion").connect("toggled", (on) => this.#store?.change({ reducedMotion: on }));
    this.get_node<CheckButton>("%MapTurns").connect("toggled", (on) => this.#store?.change({ mapTurns: on }));
    const palette = this.get_node<OptionButton>("%Palette");
    palette.clear();
    for (const name of PALETTE_NAMES) palette.add_item(name.charAt(0).toUpperCase() + name.slice(1));
    palette.connect("item_selected", (index) => {
      const name = PALETTE_NAMES[Number(index)];
      if (name) this.#store?.change({ palette: name });
    });
    this.get_node<Button>("%Bindings").connect("pressed", () => this.#showBindings(true));
    this.get_node<BindingsPanel>("%BindingsPanel").connect("closed", () => this.#showBindings(false));
    this.get_node<Button>("%Close").connect("pressed", () => this.emit_signal("closed"));
    fitToWindow(this, (small, width) => this.#fit(small, width));
  }

  use(store: SettingsStore): void {
    this.#store = store;
    this.get_node<BindingsPanel>("%BindingsPanel").use(store);
    store.watch((settings) => {
      this.get_node<OptionButton>("%Quality").select(QUALITIES.indexOf(settings.quality));
      this.get_node<HSlider>("%Volume").set_value_no_signal(Math.round(settings.volume * 100));
      this.get_node<Label>("%VolumeValue").text = `${Math.round(settings.volume * 100)} %`;
      this.get_node<HSlider>("%Sensitivity").set_value_no_signal(settings.mouseSensitivity);
      this.get_node<Label>("%SensitivityValue").text = settings.mouseSensitivity.toFixed(1);
      this.get_node<CheckButton>("%FullScreen").set_pressed_no_signal(settings.fullScreen);
      this.get_node<CheckButton>("%InvertY").set_pressed_no_signal(settings.invertY);
      for (const row of SLIDERS) this.#showSlider(row, settings);
      this.get_node<CheckButton>("%ReducedMotion").set_pressed_no_signal(settings.reducedMotion);
      this.get_node<CheckButton>("%MapTurns").set_pressed_no_signal(settings.mapTurns);
      this.get_node<OptionButton>("%Palette").select(PALETTE_NAMES.indexOf(settings.palette));
    });
  }

  /** Shows itself, the first control in focus. */
  open(): void {
    this.visible = true;
    this.#showBindings(false);
    this.get_node<OptionButton>("%Quality").grab_focus();
  }

  /** In the smallest windows there is nothing around what can be chosen. */
  #fit(small: boolean, width: number): void {
    widen(this, USUAL_WIDTH, width);
    this.theme_type_variation = small ? "HudPanel" : "";
    for (const panel of ["Options", "BindingsPanel"]) {
      for (const name of ["Heading", "Line"]) this.get_node<Control>(`${panel}/${name}`).visible = !small;
    }
    this.get_node<FittedScroll>("BindingsPanel/Scroll").spared_pixels = small ? SMALL_KEYS_SPARED : KEYS_SPARED;
    for (const slider of this.find_children("*", "HSlider", true, false)) {
      if (slider instanceof HSlider) widen(slider, small ? SMALL_SLIDER_WIDTH : SLIDER_WIDTH, width);
    }
  }

  #showBindings(shown: boolean): void {
    this.get_node<Control>("%Options").visible = !shown;
    const panel = this.get_node<BindingsPanel>("%BindingsPanel");
    if (shown) panel.open();
    else {
      panel.visible = false;
      if (this.visible) this.get_node<Button>("%Bindings").grab_focus();
    }
  }

  #setUpSlider({ node, key, min, max }: SliderRow): void {
    const slider = this.get_node<HSlider>(`%${node}`);
    slider.min_value = min;
    slider.max_value = max;
    slider.step = SLIDER_STEP;
    slider.connect("value_changed", (value) => this.#store?.change({ [key]: Number(value) }));
  }

  #showSlider({ node, key }: SliderRow, settings: Readonly<Settings>): void {
    this.get_node<HSlider>(`%${node}`).set_value_no_signal(settings[key]);
    this.get_node<Label>(`%${node}Value`).text = `${Math.round(settings[key] * 100)} %`;
  }
}
