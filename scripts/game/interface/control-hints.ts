import { type Control, Input, type Label, PanelContainer, type Signals } from "godot";
import type { Action } from "../input/actions.ts";
import { BindingTexts } from "../input/binding-texts.ts";

const SHOWN_SECONDS = 14;
const FADE_SECONDS = 1.2;
/** Labels of keys that name what is bound: they follow the settings. */
const NAMED: readonly (readonly [label: string, actions: readonly Action[]])[] = [
  ["Key1", ["move_forward", "move_left", "move_back", "move_right"]],
  ["Key2", ["sprint"]],
  ["Key3", ["jump"]],
  ["Key6", ["pause"]],
];

/** One line that explains the controls when somebody plays for the first time; it fades when it was read. */
export default class ControlHints extends PanelContainer {
  static signals = { finished: [] } satisfies Signals;

  #remaining = 0;

  _ready(): void {
    this.visible = false;
  }

  start(): void {
    if (this.visible) return;
    const pad = Input.get_connected_joypads().length > 0;
    this.get_node<Control>("%Keys").visible = !pad;
    this.get_node<Control>("%Pad").visible = pad;
    if (!pad) this.#nameKeys();
    this.#remaining = SHOWN_SECONDS;
    this.visible = true;
  }

  #nameKeys(): void {
    const texts = new BindingTexts();
    for (const [label, actions] of NAMED) {
      const names = actions.map((action) => texts.of(action)).filter((name) => name !== "");
      this.get_node<Label>(`%Keys/${label}`).text = names.join(" ");
    }
  }

  stop(): void {
    this.visible = false;
    this.#remaining = 0;
  }

  _process(delta: number): void {
    if (!this.visible) return;
    this.#remaining -= delta;
    const modulate = this.modulate;
    modulate.a = Math.min(1, Math.max(0, this.#remaining / FADE_SECONDS));
    this.modulate = modulate;
    if (this.#remaining > 0) return;
    this.visible = false;
    this.emit_signal("finished");
  }
}
