import { Input, type InputEvent, InputEventAction, Node2D } from "godot";
import { Tap } from "./tap.ts";

export default class VirtualsFixture extends Node2D {
  readonly #seen = new Map<string, unknown>();
  #frames = 0;

  override _enter_tree(): void {
    this.#seen.set("_enter_tree", this.is_inside_tree());
  }

  override _ready(): void {
    this.#seen.set("_ready", this.#seen.has("_enter_tree"));
    super._ready?.();
  }

  override _notification(what: number): void {
    if (what === Node2D.NOTIFICATION_READY) this.#seen.set("_notification", what);
  }

  override _physics_process(delta: number): void {
    this.#seen.set("_physics_process", delta > 0);
  }

  override _input(event: InputEvent): void {
    this.#seen.set("_input", event instanceof InputEventAction && event.action);
  }

  override _unhandled_input(event: InputEvent): void {
    this.#seen.set("_unhandled_input", event.is_action("ui_accept"));
  }

  override _draw(): void {
    this.#seen.set("_draw", true);
  }

  override _to_string(): string {
    return "the fixture";
  }

  override _process(delta: number): void {
    this.#frames += 1;
    this.#seen.set("_process", delta >= 0);
    if (this.#frames === 2) {
      const event = new InputEventAction();
      event.action = "ui_accept";
      event.pressed = true;
      Input.parse_input_event(event);
    }
    if (this.#frames < 30) return;
    const tap = new Tap();
    const expected = {
      _enter_tree: true,
      _ready: true,
      _notification: Node2D.NOTIFICATION_READY,
      _process: true,
      _physics_process: true,
      _input: "ui_accept",
      _unhandled_input: true,
      _draw: true,
    };
    for (const [name, value] of Object.entries(expected)) tap.equal(name, this.#seen.get(name), value);
    tap.equal("_to_string", String(this), "the fixture");
    tap.finish(this);
  }
}
