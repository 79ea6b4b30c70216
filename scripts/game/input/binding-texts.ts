import {
  DisplayServer,
  type InputEvent,
  InputEventJoypadButton,
  InputEventJoypadMotion,
  InputEventKey,
  InputEventMouseButton,
  InputMap,
  JoyAxis,
  JoyButton,
  MouseButton,
  OS,
} from "godot";
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
const MOUSE_NAMES: Partial<Record<number, string>> = {
  [MouseButton.MOUSE_BUTTON_LEFT]: "LMB",
  [MouseButton.MOUSE_BUTTON_RIGHT]: "RMB",
  [MouseButton.MOUSE_BUTTON_MIDDLE]: "MMB",
  [MouseButton.MOUSE_BUTTON_WHEEL_UP]: "Whl up",
  [MouseButton.MOUSE_BUTTON_WHEEL_DOWN]: "Whl dn",
};
/** Of a stick or a trigger, one way and the other. */
const AXIS_NAMES: Partial<Record<number, readonly [string, string]>> = {
  [JoyAxis.JOY_AXIS_LEFT_X]: ["LS left", "LS right"],
  [JoyAxis.JOY_AXIS_LEFT_Y]: ["LS up", "LS down"],
  [JoyAxis.JOY_AXIS_RIGHT_X]: ["RS left", "RS right"],
  [JoyAxis.JOY_AXIS_RIGHT_Y]: ["RS up", "RS down"],
  [JoyAxis.JOY_AXIS_TRIGGER_LEFT]: ["LT", "LT"],
  [JoyAxis.JOY_AXIS_TRIGGER_RIGHT]: ["RT", "RT"],
};
const LONGEST = 6;

/** What keys and buttons are called that do something now: for the hints on the screen. Read from the input map, and kept until told to look again. */
export class BindingTexts {
  readonly #texts = new Map<Action, string>();
  /** By slot of the ability bar. */
  readonly #slotTexts: string[] = [];
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
    this.#slotTexts.length = 0;
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
    this.#slotTexts[slot] ??= this.#slotText(slot);
    return this.#slotTexts[slot];
  }

  #slotText(slot: number): string {
    if (!this.#pad) return this.of(`ability_${slot}` as Action);
    const row = this.of(slot <= 5 ? "ability_row_1" : "ability_row_2");
    const button = ROW_BUTTONS[(slot - 1) % 5];
    return button === undefined ? "" : `${row} ${BUTTON_NAMES[button] ?? ""}`;
  }
}

function buttonText(action: Action): string {
  for (const event of InputMap.action_get_events(action)) {
    if (event instanceof InputEventJoypadButton || event instanceof InputEventJoypadMotion) return nameOf(event);
  }
  return "";
}

function keyText(action: Action): string {
  for (const event of InputMap.action_get_events(action)) {
    if (event instanceof InputEventKey || event instanceof InputEventMouseButton) return nameOf(event);
  }
  return "";
}

/** What a key, a button or a stick's way is called, in a few letters. */
export function nameOf(event: InputEvent): string {
  if (event instanceof InputEventMouseButton) return MOUSE_NAMES[event.button_index] ?? `Mouse ${event.button_index}`;
  if (event instanceof InputEventJoypadButton) return BUTTON_NAMES[event.button_index] ?? `Pad ${event.button_index}`;
  if (event instanceof InputEventJoypadMotion) {
    const [negative, positive] = AXIS_NAMES[event.axis] ?? [`Axis ${event.axis} -`, `Axis ${event.axis} +`];
    return event.axis_value < 0 ? negative : positive;
  }
  if (!(event instanceof InputEventKey)) return "";
  const place = event.physical_keycode;
  const headless = DisplayServer.get_name() === "headless";
  const key = place === 0 ? event.keycode : headless ? place : DisplayServer.keyboard_get_keycode_from_physical(place);
  const name = signOf(key) ?? OS.get_keycode_string(key).slice(0, LONGEST);
  return event.shift_pressed ? `Shift ${name}` : name;
}

/** Of a key with a sign on it the sign itself: the engine numbers those by their characters, and the pad's as words. */
function signOf(key: number): string | undefined {
  const sign = key > 0x20 && key < 0x7f ? String.fromCharCode(key) : "";
  return /^[^A-Za-z0-9]$/u.test(sign) ? sign : undefined;
}
