import { type Control, Input, InputEventJoypadButton, JoyButton, Node } from "godot";
import type Hud from "../../../scripts/game/hud/hud.ts";
import { addGame } from "./add-game.ts";

const { JOY_BUTTON_A: A, JOY_BUTTON_B: B, JOY_BUTTON_Y: Y, JOY_BUTTON_DPAD_RIGHT: RIGHT } = JoyButton;
const ROW = JoyButton.JOY_BUTTON_RIGHT_SHOULDER;

interface Step {
  readonly name: string;
  readonly buttons: readonly (readonly [button: JoyButton, pressed: boolean])[];
  /** Whether what it is for can be seen. */
  readonly done: (pad: HudPad) => boolean;
}

const tap = (button: JoyButton) => [[button, true] as const, [button, false] as const];
const STEPS: readonly Step[] = [
  { name: "lock", buttons: tap(RIGHT), done: (pad) => pad.reads("TargetFrame", "Ben") },
  { name: "row", buttons: [[ROW, true]], done: (pad) => pad.reads("AbilitySlots", "RB X") },
  { name: "cast", buttons: tap(Y), done: (pad) => pad.reads("CastBar", "Fireball") },
  { name: "busy", buttons: tap(A), done: (pad) => pad.reads("NoticeLine", "You are busy") },
  { name: "row let go", buttons: [[ROW, false]], done: (pad) => !pad.reads("CastBar", "Fireball") },
  { name: "menu", buttons: tap(Y), done: (pad) => pad.menu },
  { name: "invite", buttons: tap(A), done: (pad) => !pad.menu },
  { name: "clear", buttons: tap(B), done: (pad) => !pad.reads("TargetFrame", "Ben") },
];
/** Between two buttons: the engine takes a press and its release in frames of their own. */
const FRAMES_PER_BUTTON = 3;

/** Plays a fight with a gamepad alone; prints each step once it can be seen. */
export default class HudPad extends Node {
  #step = 0;
  #pressed = 0;
  #frame = 0;

  _ready(): void {
    addGame(this);
  }

  get menu(): boolean {
    return this.#hud.get_node<Control>("PartyMenu").is_visible_in_tree();
  }

  reads(part: string, text: string): boolean {
    return this.#hud.texts_of(part).some((written) => written.text === text);
  }

  _process(): void {
    this.#frame += 1;
    const step = STEPS[this.#step];
    if (step === undefined || !this.#hud.visible || this.#frame % FRAMES_PER_BUTTON !== 0) return;
    const next = step.buttons[this.#pressed];
    if (next !== undefined) {
      this.#pressed += 1;
      press(...next);
      return;
    }
    if (!step.done(this)) return;
    console.log(`pad did: ${step.name}`);
    this.#step += 1;
    this.#pressed = 0;
  }

  get #hud(): Hud {
    return this.get_node<Hud>("Main/Interface/Hud");
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
