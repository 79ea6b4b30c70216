import { Input, InputEventKey, Key, type MultiMeshInstance3D, Node } from "godot";
import { addGame } from "./add-game.ts";

const DISTANCE_METERS = 10;
const REST_SECONDS = 1.5;
const LINGER_SECONDS = 3;

/** Plays the game with real key events: holds W for ten metres, stops, and prints where the character is drawn. */
export default class Walker extends Node {
  #stage: "joining" | "walking" | "resting" | "done" = "joining";
  #from = { x: 0, y: 0, z: 0 };
  #seconds = 0;

  _ready(): void {
    addGame(this);
  }

  _process(delta: number): void {
    this.#seconds += delta;
    const drawn = this.#drawn();
    if (drawn === undefined) return;
    if (this.#stage === "joining") {
      this.#from = drawn;
      this.#key(true);
      this.#go("walking");
    } else if (this.#stage === "walking") {
      const meters = Math.hypot(drawn.x - this.#from.x, drawn.z - this.#from.z);
      if (meters < DISTANCE_METERS) return;
      this.#key(false);
      this.#go("resting");
    } else if (this.#stage === "resting" && this.#seconds > REST_SECONDS) {
      console.log(`walked ${JSON.stringify(drawn)}`);
      this.#go("done");
    } else if (this.#stage === "done" && this.#seconds > LINGER_SECONDS) {
      this.get_tree().quit(0);
    }
  }

  #go(stage: "walking" | "resting" | "done"): void {
    this.#stage = stage;
    this.#seconds = 0;
  }

  #key(pressed: boolean): void {
    const event = new InputEventKey();
    event.keycode = Key.KEY_W;
    event.physical_keycode = Key.KEY_W;
    event.pressed = pressed;
    Input.parse_input_event(event);
  }

  /** Where the own character's body is drawn: the translation of the only instance of its MultiMesh. */
  #drawn(): { x: number; y: number; z: number } | undefined {
    const avatar = this.get_node<Node & { visible: boolean }>("Main/World/Avatar");
    if (!avatar.visible) return undefined;
    const buffer = avatar.get_node<MultiMeshInstance3D>("Body").multimesh?.buffer;
    if (buffer === undefined) return undefined;
    return { x: buffer[3] ?? Number.NaN, y: buffer[7] ?? Number.NaN, z: buffer[11] ?? Number.NaN };
  }
}
