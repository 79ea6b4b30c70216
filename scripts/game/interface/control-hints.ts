import { type Control, Input, PanelContainer, type Signals } from "godot";

const SHOWN_SECONDS = 14;
const FADE_SECONDS = 1.2;

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
    this.#remaining = SHOWN_SECONDS;
    this.visible = true;
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
