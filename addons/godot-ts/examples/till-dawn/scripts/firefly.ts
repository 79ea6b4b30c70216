import { Area2D, type CollisionShape2D, type Exports, Input, type Signals, type Sprite2D, Tween, Vector2 } from "godot";
import { palette } from "./palette.ts";

const MARGIN_PIXELS = 24;
const WINGS_PER_SECOND = 9;

/** The player: a small light that follows keys and stick, and goes out at the first touch. */
export default class Firefly extends Area2D {
  static exports: Exports = {
    speed: { type: "float", hint: "range", hint_string: "100,800,5,suffix:px/s", group: "Flight" },
    response: { type: "float", hint: "range", hint_string: "1,30,0.5,suffix:/s" },
    glow_size: { type: "float", hint: "range", hint_string: "0.2,4,0.05,suffix:x", group: "Look" },
  };
  static signals: Signals = { touched: [{ name: "by", type: "Object", class_name: "Area2D" }] };

  /** At full stick. */
  speed = 420;
  /** How fast it takes up a new direction: higher is more direct. */
  response = 14;
  /** Of the light around it. */
  glow_size = 1;

  #velocity = new Vector2();
  #age = 0;
  #lit = false;

  override _ready(): void {
    this.connect("area_entered", (by: Area2D) => {
      if (this.#lit) this.emit_signal("touched", by);
    });
    this.hide();
  }

  /** Puts the light in the middle of the screen. */
  kindle(): void {
    this.#lit = true;
    this.#velocity = new Vector2();
    this.position = this.get_viewport_rect().get_center();
    this.get_node<CollisionShape2D>("Shape").set_deferred("disabled", false);
    this.scale = new Vector2();
    this.show();
    this.create_tween()
      .tween_property(this, "scale", Vector2.ONE, 0.4)
      ?.set_trans(Tween.TRANS_BACK)
      ?.set_ease(Tween.EASE_OUT);
  }

  /** Lets the light go out. Resolves when it is dark. */
  async put_out(): Promise<void> {
    this.#lit = false;
    // The engine is just looking for touches: it wants to be asked later.
    this.get_node<CollisionShape2D>("Shape").set_deferred("disabled", true);
    const tween = this.create_tween();
    tween.tween_property(this, "scale", Vector2.ZERO, 0.5)?.set_trans(Tween.TRANS_BACK)?.set_ease(Tween.EASE_IN);
    await tween.to_signal("finished");
    this.hide();
  }

  override _physics_process(delta: number): void {
    if (!this.#lit) return;
    const wanted = Input.get_vector("move_left", "move_right", "move_up", "move_down").multiply(this.speed);
    this.#velocity = this.#velocity.lerp(wanted, 1 - Math.exp(-this.response * delta));
    const screen = this.get_viewport_rect().grow(-MARGIN_PIXELS);
    this.position = this.position.add(this.#velocity.multiply(delta)).clamp(screen.position, screen.end);
  }

  override _process(delta: number): void {
    this.#age += delta;
    const breath = 1 + 0.06 * Math.sin(this.#age * 3);
    this.get_node<Sprite2D>("Glow").scale = Vector2.ONE.multiply(this.glow_size * breath);
    this.queue_redraw();
  }

  override _draw(): void {
    const lean = this.#velocity.x / this.speed;
    const beat = 0.75 + 0.25 * Math.sin(this.#age * WINGS_PER_SECOND * 2 * Math.PI);
    for (const side of [-1, 1]) {
      this.draw_set_transform(new Vector2(0, -4), side * (0.7 + lean * 0.2), new Vector2(side * beat, 1));
      this.draw_circle(new Vector2(9, -7), 8, palette.mist, true, -1, true);
    }
    this.draw_set_transform(new Vector2(), lean * 0.5, new Vector2(0.8, 1.15));
    this.draw_circle(new Vector2(0, 0), 10, palette.amber, true, -1, true);
    this.draw_circle(new Vector2(0, 3), 6, palette.cream, true, -1, true);
    this.draw_circle(new Vector2(0, -11), 5.5, palette.indigo, true, -1, true);
  }
}
