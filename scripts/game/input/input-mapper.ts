import {
  type Exports,
  Input,
  type InputEvent,
  InputEventMouseButton,
  InputEventMouseMotion,
  MouseButton,
  Node,
  type Signals,
} from "godot";
import { createInputSample, type InputSample } from "../../client/input-sample.ts";
import { abilityRowHeld } from "./combat-keys.ts";
import { registerControls } from "./controls.ts";

const MAX_PITCH_RADIANS = 1.35;
/** So many things are held or not, each of which is asked for again within so many frames. */
const ASKED_THINGS = 4;

/** Turns keys, mouse and gamepad into one input sample per frame. The mouse is caught by a click while playing. */
export default class InputMapper extends Node {
  static exports = {
    mouse_radians_per_pixel: { type: "float", hint: "range", hint_string: "0.0005,0.01,0.0001" },
    stick_radians_per_second: { type: "float", hint: "range", hint_string: "0.5,8,0.1" },
  } satisfies Exports;
  static signals = {
    zoomed: [{ name: "steps", type: "float" }],
    pause_requested: [],
  } satisfies Signals;

  mouse_radians_per_pixel = 0.0026;
  stick_radians_per_second = 2.8;
  /** Set by the settings. */
  sensitivity = 1;
  invertY = false;

  readonly #sample = createInputSample();
  #active = false;
  /** What the engine says of the actions that are held, as of when it was asked last. */
  #turnX = 0;
  #turnY = 0;
  #jumpHeld = false;
  /** Whether something was pressed, moved or let go since then; else each is asked for again only once in so many frames. */
  #stale = true;
  #asked = 0;
  #jumpPressed = false;
  #strikePressed = false;
  /** Whether the mouse was ours when input was turned off: it is again when input comes back. */
  #mouseWasCaptured = false;

  _ready(): void {
    registerControls();
  }

  /** Whether input moves the character; menus turn it off, which lets go of the mouse and of every key. */
  set_active(active: boolean): void {
    if (active === this.#active) return;
    this.#active = active;
    if (active) {
      if (this.#mouseWasCaptured) this.capture_mouse();
      return;
    }
    this.#mouseWasCaptured = Input.mouse_mode === Input.MOUSE_MODE_CAPTURED;
    this.release_mouse();
  }

  look_along(yawRadians: number, pitchRadians: number): void {
    this.#sample.yawRadians = yawRadians;
    this.#sample.pitchRadians = pitchRadians;
  }

  capture_mouse(): void {
    Input.mouse_mode = Input.MOUSE_MODE_CAPTURED;
  }

  release_mouse(): void {
    if (Input.mouse_mode !== Input.MOUSE_MODE_VISIBLE) Input.mouse_mode = Input.MOUSE_MODE_VISIBLE;
  }

  /** Gives the mouse to the interface, or takes it back for looking around. */
  toggle_mouse(): void {
    if (Input.mouse_mode === Input.MOUSE_MODE_CAPTURED) this.release_mouse();
    else this.capture_mouse();
  }

  /** The wishes of this frame; the object is reused. */
  sample(seconds: number): InputSample {
    const sample = this.#sample;
    if (!this.#active) {
      sample.moveX = 0;
      sample.moveZ = 0;
      sample.jump = false;
      sample.sprint = false;
      sample.strike = false;
      this.#stale = true;
      this.#jumpPressed = false;
      this.#strikePressed = false;
      return sample;
    }
    this.#ask();
    const turn = this.stick_radians_per_second * this.sensitivity * seconds;
    if (this.#turnX !== 0 || this.#turnY !== 0) this.#look(-this.#turnX * turn, -this.#turnY * turn * 0.7);
    sample.jump = this.#jumpPressed || this.#jumpHeld;
    sample.strike = this.#strikePressed;
    this.#jumpPressed = false;
    this.#strikePressed = false;
    return sample;
  }

  /** Sees all that is pressed, moved and let go, whoever takes it. */
  override _input(event: InputEvent): void {
    if (!(event instanceof InputEventMouseMotion)) this.#stale = true;
  }

  _unhandled_input(event: InputEvent): void {
    if (!this.#active) return;
    if (event.is_action_pressed("pause")) {
      this.get_viewport()?.set_input_as_handled();
      this.emit_signal("pause_requested");
    } else if (event.is_action_pressed("jump")) {
      // A press and release between two frames still jumps.
      this.#jumpPressed = true;
    } else if (event.is_action_pressed("strike")) this.#strikePressed = true;
    else if (event.is_action_pressed("zoom_in")) this.emit_signal("zoomed", 1);
    else if (event.is_action_pressed("zoom_out")) this.emit_signal("zoomed", -1);
    else if (event instanceof InputEventMouseButton && event.pressed) this.#press(event.button_index);
    else if (event instanceof InputEventMouseMotion && Input.mouse_mode === Input.MOUSE_MODE_CAPTURED) {
      const scale = this.mouse_radians_per_pixel * this.sensitivity;
      this.#look(-event.screen_relative.x * scale, -event.screen_relative.y * scale);
    }
  }

  /** Asks the engine for what is held: all of it after an event, else one thing in a frame, for what scripts press and what a lost window lets go. */
  #ask(): void {
    const all = this.#stale;
    this.#stale = false;
    this.#asked = (this.#asked + 1) % ASKED_THINGS;
    const sample = this.#sample;
    if (all || this.#asked === 0) {
      const move = Input.get_vector("move_left", "move_right", "move_forward", "move_back");
      sample.moveX = move.x;
      sample.moveZ = move.y;
    }
    if (all || this.#asked === 1) {
      this.#turnX = Input.get_axis("look_left", "look_right");
      this.#turnY = Input.get_axis("look_up", "look_down");
    }
    // A gamepad's button that uses an ability does not jump, too.
    if (all || this.#asked === 2) this.#jumpHeld = Input.is_action_pressed("jump") && !abilityRowHeld();
    if (all || this.#asked === 3) sample.sprint = Input.is_action_pressed("sprint");
  }

  #press(button: number): void {
    if (button === MouseButton.MOUSE_BUTTON_LEFT) {
      // The click that catches the mouse is none at anybody.
      if (Input.mouse_mode === Input.MOUSE_MODE_CAPTURED) this.#strikePressed = true;
      else this.capture_mouse();
    }
    if (button === MouseButton.MOUSE_BUTTON_WHEEL_UP) this.emit_signal("zoomed", 1);
    else if (button === MouseButton.MOUSE_BUTTON_WHEEL_DOWN) this.emit_signal("zoomed", -1);
  }

  /** Turns the view; positive is left and up. */
  #look(yaw: number, pitch: number): void {
    const sample = this.#sample;
    sample.yawRadians = (sample.yawRadians + yaw) % (Math.PI * 2);
    const wish = sample.pitchRadians + (this.invertY ? -pitch : pitch);
    sample.pitchRadians = Math.min(MAX_PITCH_RADIANS, Math.max(-MAX_PITCH_RADIANS, wish));
  }
}
