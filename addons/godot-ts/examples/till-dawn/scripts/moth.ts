import { type Exports, Vector2 } from "godot";
import Creature from "./creature.ts";
import { palette } from "./palette.ts";
import { smoothOutline } from "./smooth-outline.ts";

const WING = smoothOutline([
  [8, -3],
  [17, -24],
  [6, -34],
  [-8, -27],
  [-10, -18],
  [-22, -20],
  [-20, -8],
  [-8, -3],
]);

/** Flutters: its way swings from side to side. */
export default class Moth extends Creature {
  static override exports: Exports = {
    sway: { type: "float", hint: "range", hint_string: "0,180,1,suffix:°", group: "Flight" },
  };

  /** How far it turns to either side, degrees per second. */
  sway = 70;

  protected override steer(delta: number): void {
    const turn = Math.cos(this.age * 4) * this.sway * (Math.PI / 180);
    this.velocity = this.velocity.rotated(turn * delta);
  }

  protected override paint(beat: number): void {
    this.paint_wings(WING, 0.75 + 0.25 * beat);
    this.draw_set_transform(Vector2.ZERO, 0, new Vector2(1.9, 0.8));
    this.disc(Vector2.ZERO, 7, this.body_color);
    this.draw_set_transform(Vector2.ZERO);
    this.paint_eyes(new Vector2(10, 3), 2, palette.cream);
  }
}
