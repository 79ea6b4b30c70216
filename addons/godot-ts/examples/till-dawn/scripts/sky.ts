import { type Color, type Exports, Node2D, Vector2 } from "godot";
import { palette } from "./palette.ts";
import type Saves from "./saves.ts";

const STARS = 70;

interface Star {
  x: number;
  y: number;
  size: number;
  phase: number;
}

/** Night over the hills, painted anew in every frame. */
export default class Sky extends Node2D {
  static exports: Exports = {
    progress: { type: "float", hint: "range", hint_string: "0,1,0.01" },
    hills: { type: "int", hint: "range", hint_string: "0,6" },
  };
  /** Also runs in the editor: turn `progress` there and watch the sun rise. */
  static tool = true;

  /** From 0 at dusk to 1 at dawn. */
  progress = 0;
  /** How many rows of hills there are. */
  hills = 3;

  readonly #stars: Star[] = Array.from({ length: STARS }, (_, index) => ({
    x: (index * 0.618034) % 1,
    y: (index * index * 0.1379) % 0.75,
    size: 0.8 + ((index * 7) % 5) * 0.3,
    phase: index,
  }));
  #age = 0;

  override _process(delta: number): void {
    this.#age += delta;
    this.queue_redraw();
  }

  override _draw(): void {
    const { size } = this.get_viewport_rect();
    const dawn = Math.max(0, (this.progress - 0.55) / 0.45);
    this.#paint_air(size, dawn);
    this.#paint_stars(size, dawn);
    this.#paint_moon(size);
    if (dawn > 0) this.#paint_sun(size, dawn);
    for (let row = 0; row < this.hills; row++) this.#paint_hills(size, row, dawn);
  }

  #paint_air(size: Vector2, dawn: number): void {
    const top = palette.ink.lerp(palette.slate, dawn * 0.8);
    const middle = palette.indigo.lerp(palette.rose, dawn * 0.55);
    const bottom = palette.slate.lerp(palette.peach, dawn);
    this.#paint_band(0, size.y * 0.55, size.x, top, middle);
    this.#paint_band(size.y * 0.55, size.y, size.x, middle, bottom);
  }

  #paint_band(from: number, to: number, width: number, above: Color, below: Color): void {
    const corners = [new Vector2(0, from), new Vector2(width, from), new Vector2(width, to), new Vector2(0, to)];
    this.draw_polygon(corners, [above, above, below, below]);
  }

  #paint_stars(size: Vector2, dawn: number): void {
    const calm = this.get_node_or_null<Saves>("/root/Saves")?.calm ?? true;
    for (const { x, y, size: radius, phase } of this.#stars) {
      const twinkle = calm ? 0.6 : 0.6 + 0.4 * Math.sin(this.#age * 2 + phase);
      const color = palette.cream.clone();
      color.a = twinkle * (1 - dawn);
      this.draw_circle(new Vector2(x * size.x, y * size.y), radius, color, true, -1, true);
    }
  }

  /** The moon is the clock of the night: it goes down on the left as the sun comes up on the right. */
  #paint_moon(size: Vector2): void {
    const at = new Vector2(size.x * (0.87 - 0.7 * this.progress), size.y * (0.2 + 0.75 * this.progress ** 2.2));
    const halo = palette.mist.clone();
    halo.a = 0.06;
    this.draw_circle(at, 92, halo, true, -1, true);
    this.draw_circle(at, 66, halo, true, -1, true);
    this.draw_circle(at, 42, palette.mist, true, -1, true);
    const shade = palette.slate.clone();
    shade.a = 0.35;
    for (const [x, y, radius] of [
      [-12, -8, 9],
      [14, 6, 7],
      [-4, 18, 5],
    ] as const)
      this.draw_circle(at.add(new Vector2(x, y)), radius, shade, true, -1, true);
  }

  #paint_sun(size: Vector2, dawn: number): void {
    const at = new Vector2(size.x * 0.72, size.y * (1.06 - 0.34 * dawn));
    for (const [radius, alpha] of [
      [230, 0.1],
      [150, 0.16],
      [72, 1],
    ] as const) {
      const color = palette.amber.clone();
      color.a = alpha;
      this.draw_circle(at, radius, color, true, -1, true);
    }
  }

  #paint_hills(size: Vector2, row: number, dawn: number): void {
    const near = (row + 1) / this.hills;
    const color = palette.slate.lerp(palette.ink, 0.35 + 0.65 * near).lerp(palette.rose, dawn * 0.25 * (1 - near));
    const points = [new Vector2(0, size.y), new Vector2(size.x, size.y)];
    for (let x = size.x; x >= 0; x -= 32) {
      const wave = Math.sin(x * 0.004 * (row + 1) + row * 2.1) + 0.4 * Math.sin(x * 0.013 + row * 5);
      points.push(new Vector2(x, size.y * (0.74 + 0.08 * row) + wave * 26));
    }
    points.push(new Vector2(0, points.at(-1)?.y ?? 0));
    this.draw_colored_polygon(points, color);
    this.draw_polyline(points.slice(2), color, 1.5, true);
  }
}
