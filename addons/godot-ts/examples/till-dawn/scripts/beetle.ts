import { type Exports, Vector2 } from "godot";
import Creature from "./creature.ts";
import { palette } from "./palette.ts";
import { smoothOutline } from "./smooth-outline.ts";

const CASE = smoothOutline([
  [8, -2],
  [6, -14],
  [-6, -24],
  [-20, -20],
  [-22, -8],
  [-14, -2],
]);

/** Straight ahead, and the longer the faster. */
export default class Beetle extends Creature {
  static override exports: Exports = {
    haste: { type: "float", hint: "range", hint_string: "0,2,0.05,suffix:/s", group: "Flight" },
  };

  /** The share of its speed that it gains per second. */
  haste = 0.25;

  protected override steer(delta: number): void {
    this.velocity = this.velocity.multiply(1 + this.haste * delta);
  }

  protected override paint(beat: number): void {
    this.draw_set_transform(Vector2.ZERO, 0, new Vector2(1.25, 0.95));
    this.disc(Vector2.ZERO, 13, this.body_color);
    this.paint_wings(CASE, 0.85 + 0.15 * beat);
    this.disc(new Vector2(14, 0), 7, this.body_color);
    this.paint_eyes(new Vector2(17, 4), 2.2, palette.cream);
  }
}
