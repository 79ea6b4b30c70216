import {
  type InputEvent,
  InputEventJoypadButton,
  InputEventJoypadMotion,
  InputEventKey,
  InputMap,
  JoyAxis,
  JoyButton,
  Key,
} from "godot";

/** What the player can do; each is an action of the engine's input map. */
export const ACTIONS = [
  "move_forward",
  "move_back",
  "move_left",
  "move_right",
  "jump",
  "sprint",
  "strike",
  "ability_1",
  "ability_2",
  "ability_3",
  "ability_4",
  "ability_5",
  "ability_6",
  "ability_7",
  "ability_8",
  "ability_9",
  "ability_10",
  "ability_row_1",
  "ability_row_2",
  "cancel_cast",
  "target_next",
  "target_previous",
  "target_nearest",
  "target_friend",
  "target_self",
  "target_clear",
  "party_menu",
  "party_invite",
  "party_accept",
  "party_decline",
  "free_mouse",
  "look_left",
  "look_right",
  "look_up",
  "look_down",
  "zoom_in",
  "zoom_out",
  "pause",
  "net_overlay",
  "net_controls",
] as const;
export type Action = (typeof ACTIONS)[number];

const STICK_DEAD_ZONE = 0.18;
const EVERY_GAMEPAD = -1;

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

/** Adds the game's actions to the engine's input map, by place on the keyboard, whatever its layout. Once per process. */
export function registerControls(): void {
  for (const action of ACTIONS) {
    if (InputMap.has_action(action)) continue;
    InputMap.add_action(action, STICK_DEAD_ZONE);
    for (const event of eventsOf(action)) InputMap.action_add_event(action, event);
  }
  for (const [action, button] of MENU_BUTTONS) {
    const event = joypadButton(button);
    if (!InputMap.action_has_event(action, event)) InputMap.action_add_event(action, event);
  }
}

function eventsOf(action: Action): InputEvent[] {
  const events: InputEvent[] = [];
  for (const key of keys[action] ?? []) {
    const event = new InputEventKey();
    event.physical_keycode = typeof key === "object" ? key.withShift : key;
    event.shift_pressed = typeof key === "object";
    events.push(event);
  }
  const button = buttons[action];
  if (button !== undefined) events.push(joypadButton(button));
  const stick = sticks[action];
  if (stick !== undefined) {
    const event = new InputEventJoypadMotion();
    event.device = EVERY_GAMEPAD;
    event.axis = stick[0];
    event.axis_value = stick[1];
    events.push(event);
  }
  return events;
}

function joypadButton(button: JoyButton): InputEvent {
  const event = new InputEventJoypadButton();
  event.device = EVERY_GAMEPAD;
  event.button_index = button;
  return event;
}
