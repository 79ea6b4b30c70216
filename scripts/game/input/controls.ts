import {
  type InputEvent,
  InputEventJoypadButton,
  InputEventJoypadMotion,
  InputEventKey,
  InputEventMouseButton,
  InputMap,
  JoyAxis,
  JoyButton,
  Key,
} from "godot";
import { ACTIONS, type Action } from "./actions.ts";
import { type Binding, type Bindings, bindingsOf, PLACES, type UsualBindings } from "./bindings.ts";

export { ACTIONS, type Action } from "./actions.ts";

const STICK_DEAD_ZONE = 0.18;
const EVERY_GAMEPAD = -1;
/** So far a stick is moved that is to be bound. */
const BOUND_SHARE = 0.6;

/** A key by its place on the keyboard, or one that is pressed while Shift is held. */
type KeyPress = Key | { readonly withShift: Key };

const keys: Partial<Record<Action, readonly KeyPress[]>> = {
  move_forward: [Key.KEY_W, Key.KEY_UP],
  move_back: [Key.KEY_S, Key.KEY_DOWN],
  move_left: [Key.KEY_A, Key.KEY_LEFT],
  move_right: [Key.KEY_D, Key.KEY_RIGHT],
  jump: [Key.KEY_SPACE],
  sprint: [Key.KEY_SHIFT],
  strike: [Key.KEY_F],
  ability_1: [Key.KEY_1],
  ability_2: [Key.KEY_2],
  ability_3: [Key.KEY_3],
  ability_4: [Key.KEY_4],
  ability_5: [Key.KEY_5],
  ability_6: [Key.KEY_6],
  ability_7: [Key.KEY_7],
  ability_8: [Key.KEY_8],
  ability_9: [Key.KEY_9],
  ability_10: [Key.KEY_0],
  cancel_cast: [Key.KEY_X],
  target_next: [Key.KEY_TAB],
  target_previous: [{ withShift: Key.KEY_TAB }],
  target_nearest: [Key.KEY_T],
  target_friend: [Key.KEY_G],
  target_self: [Key.KEY_F1],
  target_clear: [Key.KEY_C],
  party_menu: [Key.KEY_P],
  party_invite: [Key.KEY_I],
  party_accept: [Key.KEY_Y],
  party_decline: [Key.KEY_N],
  free_mouse: [Key.KEY_CTRL],
  zoom_in: [Key.KEY_PAGEUP],
  zoom_out: [Key.KEY_PAGEDOWN],
  map_closer: [Key.KEY_EQUAL, Key.KEY_KP_ADD],
  map_farther: [Key.KEY_MINUS, Key.KEY_KP_SUBTRACT],
  pause: [Key.KEY_ESCAPE],
  net_overlay: [Key.KEY_F3],
  net_controls: [Key.KEY_F4],
};

const buttons: Partial<Record<Action, JoyButton>> = {
  jump: JoyButton.JOY_BUTTON_A,
  sprint: JoyButton.JOY_BUTTON_LEFT_STICK,
  strike: JoyButton.JOY_BUTTON_X,
  ability_row_1: JoyButton.JOY_BUTTON_RIGHT_SHOULDER,
  ability_row_2: JoyButton.JOY_BUTTON_LEFT_SHOULDER,
  target_next: JoyButton.JOY_BUTTON_DPAD_RIGHT,
  target_previous: JoyButton.JOY_BUTTON_DPAD_LEFT,
  target_nearest: JoyButton.JOY_BUTTON_RIGHT_STICK,
  target_clear: JoyButton.JOY_BUTTON_B,
  party_menu: JoyButton.JOY_BUTTON_Y,
  zoom_in: JoyButton.JOY_BUTTON_DPAD_UP,
  zoom_out: JoyButton.JOY_BUTTON_DPAD_DOWN,
  pause: JoyButton.JOY_BUTTON_START,
  net_overlay: JoyButton.JOY_BUTTON_BACK,
};

const sticks: Partial<Record<Action, readonly [axis: JoyAxis, direction: number]>> = {
  move_forward: [JoyAxis.JOY_AXIS_LEFT_Y, -1],
  move_back: [JoyAxis.JOY_AXIS_LEFT_Y, 1],
  move_left: [JoyAxis.JOY_AXIS_LEFT_X, -1],
  move_right: [JoyAxis.JOY_AXIS_LEFT_X, 1],
  look_left: [JoyAxis.JOY_AXIS_RIGHT_X, -1],
  look_right: [JoyAxis.JOY_AXIS_RIGHT_X, 1],
  look_up: [JoyAxis.JOY_AXIS_RIGHT_Y, -1],
  look_down: [JoyAxis.JOY_AXIS_RIGHT_Y, 1],
  sprint: [JoyAxis.JOY_AXIS_TRIGGER_LEFT, 1],
  strike: [JoyAxis.JOY_AXIS_TRIGGER_RIGHT, 1],
};

/** While a gamepad's button for a row of abilities is held, these use the first to the fifth of that row, and do nothing else. */
export const ROW_BUTTONS: readonly JoyButton[] = [
  JoyButton.JOY_BUTTON_X,
  JoyButton.JOY_BUTTON_Y,
  JoyButton.JOY_BUTTON_A,
  JoyButton.JOY_BUTTON_B,
  JoyButton.JOY_BUTTON_DPAD_UP,
];

/** The engine's own actions for menus know the D-pad, but neither of these. */
const MENU_BUTTONS: readonly (readonly [action: string, button: JoyButton])[] = [
  ["ui_accept", JoyButton.JOY_BUTTON_A],
  ["ui_cancel", JoyButton.JOY_BUTTON_B],
];

/** What is bound where when the player has not said otherwise. */
export const USUAL_BINDINGS = Object.fromEntries(
  ACTIONS.map((action) => [action, { keys: (keys[action] ?? []).map(keyBinding), pad: padBindings(action) }]),
) as unknown as UsualBindings;

/** Adds the game's actions to the engine's input map, by place on the keyboard, whatever its layout. Once per process. */
export function registerControls(): void {
  for (const action of ACTIONS) if (!InputMap.has_action(action)) InputMap.add_action(action, STICK_DEAD_ZONE);
  applyBindings({});
  for (const [action, button] of MENU_BUTTONS) {
    const event = eventOf(`pad:${button}`);
    if (event !== undefined && !InputMap.action_has_event(action, event)) InputMap.action_add_event(action, event);
  }
}

/** Makes the player's bindings those of the engine's input map. */
export function applyBindings(bindings: Bindings): void {
  for (const action of ACTIONS) {
    if (!InputMap.has_action(action)) continue;
    InputMap.action_erase_events(action);
    for (const place of PLACES) {
      for (const binding of bindingsOf(action, place, bindings, USUAL_BINDINGS)) {
        const event = eventOf(binding);
        if (event !== undefined) InputMap.action_add_event(action, event);
      }
    }
  }
}

/** The event that a binding stands for. */
export function eventOf(binding: Binding): InputEvent | undefined {
  const [kind, first, second] = binding.replace("shift+", "").split(":");
  const number = Number(first);
  switch (kind) {
    case "key": {
      const event = new InputEventKey();
      event.physical_keycode = number;
      event.shift_pressed = binding.startsWith("shift+");
      return event;
    }
    case "mouse": {
      const event = new InputEventMouseButton();
      event.button_index = number;
      return event;
    }
    case "pad": {
      const event = new InputEventJoypadButton();
      event.device = EVERY_GAMEPAD;
      event.button_index = number;
      return event;
    }
    case "axis": {
      const event = new InputEventJoypadMotion();
      event.device = EVERY_GAMEPAD;
      event.axis = number;
      event.axis_value = Number(second);
      return event;
    }
    default:
      return undefined;
  }
}

/** What a press could be bound as: nothing for what is released, a stick that is hardly moved, and Shift with a modifier's own key. */
export function bindingOf(event: InputEvent): Binding | undefined {
  if (event instanceof InputEventKey) {
    if (!event.pressed || event.is_echo()) return undefined;
    const shifted = event.shift_pressed && event.physical_keycode !== Key.KEY_SHIFT;
    return `${shifted ? "shift+" : ""}key:${event.physical_keycode}`;
  }
  if (event instanceof InputEventMouseButton) return event.pressed ? `mouse:${event.button_index}` : undefined;
  if (event instanceof InputEventJoypadButton) return event.pressed ? `pad:${event.button_index}` : undefined;
  if (!(event instanceof InputEventJoypadMotion) || Math.abs(event.axis_value) < BOUND_SHARE) return undefined;
  return `axis:${event.axis}:${event.axis_value > 0 ? 1 : -1}`;
}

function keyBinding(key: KeyPress): Binding {
  return typeof key === "object" ? `shift+key:${key.withShift}` : `key:${key}`;
}

function padBindings(action: Action): Binding[] {
  const button = buttons[action];
  const stick = sticks[action];
  return [
    ...(button === undefined ? [] : [`pad:${button}`]),
    ...(stick === undefined ? [] : [`axis:${stick[0]}:${stick[1]}`]),
  ];
}
