import { Area2D, Color, type Exports, randf, randf_range, Vector2 } from "godot";
import { palette } from "./palette.ts";

/** How far outside the screen creatures come from, and how far outside they are gone, pixels. */
const OUTSIDE_PIXELS = 70;

/**
 * What all creatures have in common: they come in over an edge, fly, and are gone beyond another. Scenes use the classes that
 * extend this one, which inherit its exported properties.
 */
export default abstract class Creature extends Area2D {
  static exports: Exports = {
    slowest: { type: "float", hint: "range", hint_string: "20,600,5,suffix:px/s", group: "Flight" },
    fastest: { type: "float", hint: "range", hint_string: "20,600,5,suffix:px/s" },
    wing_beats: { type: "float", hint: "range", hint_string: "0,20,0.5,suffix:Hz", group: "Look" },
    wing_color: { type: "Color", hint: "color_no_alpha" },
    body_color: { type: "Color", hint: "color_no_alpha" },
  };

  /** The speed of a creature is between these two. */
  slowest = 120;
  fastest = 200;
  wing_beats = 4;
  wing_color = new Color(palette.rose);
  body_color = new Color(palette.ink);

  /** Pixels per second. */
  protected velocity = new Vector2();
  /** Seconds. */
  protected age = randf();

  /** Sends it in from a random place on the edge, towards somewhere near `target`. */
  launch(target: Vector2): void {
    const screen = this.get_viewport_rect().grow(OUTSIDE_PIXELS / 2);
    const along = randf();
    const top = randf() * (screen.size.x + screen.size.y) < screen.size.x;
    const far = randf() < 0.5 ? 0 : 1;
    this.position = screen.position.add(screen.size.multiply(top ? new Vector2(along, far) : new Vector2(far, along)));
    const aim = target.add(new Vector2(randf_range(-160, 160), randf_range(-160, 160)));
    this.velocity = this.position.direction_to(aim).multiply(randf_range(this.slowest, this.fastest));
  }

  /** Changes `velocity`: what makes a kind of creature fly its own way. */
  protected abstract steer(delta: number): void;

  /** Paints it, head to the right; `beat` goes from -1 (wings down) to 1 (wings up). */
  protected abstract paint(beat: number): void;

  override _physics_process(delta: number): void {
    this.steer(delta);
    this.position = this.position.add(this.velocity.multiply(delta));
    if (!this.get_viewport_rect().grow(OUTSIDE_PIXELS).has_point(this.position)) this.queue_free();
  }

  override _process(delta: number): void {
    this.age += delta;
    this.rotation = this.velocity.angle();
    this.queue_redraw();
  }

  override _draw(): void {
    this.paint(Math.sin(this.age * this.wing_beats * 2 * Math.PI));
  }

  /** A wing on each side, of points given for the left one; `fold` squeezes it towards the body. */
  protected paint_wings(points: readonly Vector2[], fold: number): void {
    for (const side of [-1, 1]) {
      this.draw_set_transform(Vector2.ZERO, 0, new Vector2(1, side * fold));
      this.draw_colored_polygon(points, this.wing_color);
      this.draw_polyline(points, this.wing_color, 1.5, true);
    }
    this.draw_set_transform(Vector2.ZERO);
  }

  /** Eyes, at `at` and mirrored. */
  protected paint_eyes(at: Vector2, radius: number, color: Color): void {
    for (const side of [-1, 1]) this.disc(new Vector2(at.x, at.y * side), radius, color);
  }

  protected disc(at: Vector2, radius: number, color: Color): void {
    this.draw_circle(at, radius, color, true, -1, true);
  }
}
