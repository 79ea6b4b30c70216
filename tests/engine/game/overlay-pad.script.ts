import { type Control, Input, InputEventJoypadButton, JoyButton, type Label, Node } from "godot";
import { addGame } from "./add-game.ts";

const { JOY_BUTTON_BACK: BACK, JOY_BUTTON_DPAD_DOWN: DOWN, JOY_BUTTON_A: A, JOY_BUTTON_B: B } = JoyButton;
const STEPS = [
  { name: "numbers", buttons: [BACK] },
  { name: "controls", buttons: [BACK] },
  { name: "last profile", buttons: [DOWN, DOWN, DOWN] },
  { name: "chosen", buttons: [A] },
  { name: "left", buttons: [B] },
  { name: "closed", buttons: [BACK, BACK] },
] as const;
/** Between two buttons: the engine takes a press and its release in frames of their own. */
const FRAMES_PER_BUTTON = 4;

/** Uses the overlay's controls in the title with a gamepad alone, and prints after each step what is there. */
export default class OverlayPad extends Node {
  #buttons: { step: string; button: JoyButton; last: boolean }[] = [];
  #frame = 0;

  _ready(): void {
    addGame(this);
    for (const { name, buttons } of STEPS) {
      for (const [index, button] of buttons.entries()) {
        this.#buttons.push({ step: name, button, last: index === buttons.length - 1 });
      }
    }
  }

  _process(): void {
    this.#frame += 1;
    const phase = this.#frame % FRAMES_PER_BUTTON;
    const next = this.#buttons[0];
    if (next === undefined) {
      if (phase === 0) this.get_tree()?.quit(0);
      return;
    }
    if (phase === 1) press(next.button, true);
    else if (phase === 2) press(next.button, false);
    else if (phase === 0) {
      if (next.last) this.#print(next.step);
      this.#buttons.shift();
    }
  }

  #print(step: string): void {
    const overlay = this.get_node<Control>("Main/Interface/NetOverlay");
    const warning = overlay.get_node<Label>("Warning/Row/WarningText");
    const state = {
      controls: overlay.get_node<Control>("LinkPanel").is_visible_in_tree(),
      focus: this.get_viewport()?.gui_get_focus_owner()?.name ?? "",
      warns: warning.is_visible_in_tree() && warning.text.includes("reference"),
    };
    console.log(`pad ${JSON.stringify({ step, ...state })}`);
  }
}

function press(button: JoyButton, pressed: boolean): void {
  const event = new InputEventJoypadButton();
  // Any gamepad will do, not only the first.
  event.device = 1;
  event.button_index = button;
  event.pressed = pressed;
  Input.parse_input_event(event);
}
