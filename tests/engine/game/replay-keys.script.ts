import { Input, InputEventKey, Key, type Label, Node } from "godot";
import { addGame } from "./add-game.ts";

/** What is pressed, and after how many frames. */
const PRESSES: readonly (readonly [frames: number, key: Key, name: string])[] = [
  [40, Key.KEY_SPACE, "Space"],
  [20, Key.KEY_PERIOD, "Period"],
  [2, Key.KEY_PERIOD, "Period"],
  [2, Key.KEY_RIGHT, "Right"],
  [30, Key.KEY_DOWN, "Down"],
  [2, Key.KEY_SPACE, "Space"],
  [40, Key.KEY_UP, "Up"],
  [2, Key.KEY_UP, "Up"],
  [40, Key.KEY_LEFT, "Left"],
  [30, Key.KEY_HOME, "Home"],
  [30, Key.KEY_ESCAPE, "Escape"],
];

/** Plays a recording in the game and presses its keys; prints what the screen says before each, and two frames after it. */
export default class ReplayKeys extends Node {
  #press = 0;
  #frames = 0;
  #told = true;

  override _ready(): void {
    addGame(this);
  }

  override _process(): void {
    this.#frames += 1;
    if (!this.#told && this.#frames === 2) {
      this.#told = true;
      this.#tell("after", PRESSES[this.#press - 1]?.[2] ?? "");
    }
    const next = PRESSES[this.#press];
    if (next === undefined || this.#frames < next[0]) return;
    this.#tell("before", next[2]);
    for (const pressed of [true, false]) {
      const event = new InputEventKey();
      event.physical_keycode = next[1];
      event.keycode = next[1];
      event.pressed = pressed;
      Input.parse_input_event(event);
    }
    this.#press += 1;
    this.#frames = 0;
    this.#told = false;
  }

  #tell(when: string, key: string): void {
    console.log(`${when} ${key}: ${this.get_node<Label>("Main/Interface/ReplayScreen/Lines/State").text}`);
  }
}
