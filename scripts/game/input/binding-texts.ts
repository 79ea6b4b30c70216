import { DisplayServer, InputEventJoypadButton, InputEventKey, InputMap, JoyButton, OS } from "godot";
import { type Action, ROW_BUTTONS } from "./controls.ts";

const BUTTON_NAMES: Partial<Record<JoyButton, string>> = {
  [JoyButton.JOY_BUTTON_A]: "A",
  [JoyButton.JOY_BUTTON_B]: "B",
  [JoyButton.JOY_BUTTON_X]: "X",
  [JoyButton.JOY_BUTTON_Y]: "Y",
  [JoyButton.JOY_BUTTON_BACK]: "Back",
  [JoyButton.JOY_BUTTON_START]: "Start",
  [JoyButton.JOY_BUTTON_LEFT_STICK]: "L3",
  [JoyButton.JOY_BUTTON_RIGHT_STICK]: "R3",
  [JoyButton.JOY_BUTTON_LEFT_SHOULDER]: "LB",
  [JoyButton.JOY_BUTTON_RIGHT_SHOULDER]: "RB",
  [JoyButton.JOY_BUTTON_DPAD_UP]: "Up",
  [JoyButton.JOY_BUTTON_DPAD_DOWN]: "Down",
  [JoyButton.JOY_BUTTON_DPAD_LEFT]: "Left",
  [JoyButton.JOY_BUTTON_DPAD_RIGHT]: "Right",
};
const LONGEST = 6;

/** What keys and buttons are called that do something now: for the hints on the screen. Read from the input map, and kept until told to look again. */
export class BindingTexts {
  readonly #texts = new Map<Action, string>();
  #pad = false;
  #revision = 0;

  /** Whether the player uses a gamepad: its buttons are named then. */
  get pad(): boolean {
    return this.#pad;
  }

  /** Rises when texts may be other ones. */
  get revision(): number {
    return this.#revision;
  }

  usePad(pad: boolean): void {
    if (pad !== this.#pad) this.refresh();
    this.#pad = pad;
  }

  /** Bindings have changed. */
  refresh(): void {
    this.#texts.clear();
    this.#revision += 1;
  }

  /** Name of the first key, or button, that an action has; empty for none. */
  of(action: Action): string {
    let text = this.#texts.get(action);
    if (text === undefined) {
      text = this.#pad ? buttonText(action) : keyText(action);
      this.#texts.set(action, text);
    }
    return text;
  }

  /** How a slot of the ability bar is used, 1 to 10. */
  ofSlot(slot: number): string {
    const key = `ability_${slot}` as Action;
    if (!this.#pad) return this.of(key);
    const row = this.of(slot <= 5 ? "ability_row_1" : "ability_row_2");
    const button = ROW_BUTTONS[(slot - 1) % 5];
    return button === undefined ? "" : `${row} ${BUTTON_NAMES[button] ?? ""}`;
  }
}

function buttonText(action: Action): string {
  for (const event of InputMap.action_get_events(action)) {
    if (event instanceof InputEventJoypadButton) return BUTTON_NAMES[event.button_index] ?? `${event.button_index}`;
  }
  return "";
}

function keyText(action: Action): string {
  for (const event of InputMap.action_get_events(action)) {
    if (!(event instanceof InputEventKey)) continue;
    const place = event.physical_keycode;
    const headless = DisplayServer.get_name() === "headless";
    const key =
      place === 0 ? event.keycode : headless ? place : DisplayServer.keyboard_get_keycode_from_physical(place);
    const name = OS.get_keycode_string(key).slice(0, LONGEST);
    return event.shift_pressed ? `Shift ${name}` : name;
  }
  return "";
}
