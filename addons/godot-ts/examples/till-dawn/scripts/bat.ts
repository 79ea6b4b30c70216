import { type Exports, type Node2D, Vector2 } from "godot";
import Creature from "./creature.ts";
import { palette } from "./palette.ts";
import { smoothOutline } from "./smooth-outline.ts";

const WING = smoothOutline([
  [10, -4],
  [20, -18],
  [16, -36],
  [4, -52],
  [4, -40],
  [-6, -38],
  [-6, -28],
  [-16, -24],
  [-14, -12],
  [-8, -4],
]);

/** Hunts: it turns after the light for as long as it has it in front of it. */
export default class Bat extends Creature {
  static override exports: Exports = {
    agility: { type: "float", hint: "range", hint_string: "0,180,1,suffix:°/s", group: "Flight" },
  };

  /** How fast it can turn, degrees per second. */
  agility = 40;

  protected override steer(delta: number): void {
    const light = this.get_tree()?.get_first_node_in_group<Node2D>("light");
    if (!light) return;
    const angle = this.velocity.angle_to(light.position.subtract(this.position));
    if (Math.abs(angle) > Math.PI / 2) return;
    const most = this.agility * (Math.PI / 180) * delta;
    this.velocity = this.velocity.rotated(Math.min(Math.max(angle, -most), most));
  }

  protected override paint(beat: number): void {
    this.paint_wings(WING, 0.7 + 0.3 * beat);
    this.draw_set_transform(Vector2.ZERO, 0, new Vector2(1.4, 0.9));
    this.disc(Vector2.ZERO, 9, this.body_color);
    this.draw_set_transform(Vector2.ZERO);
    for (const side of [-1, 1]) {
      const ear = [new Vector2(8, 2 * side), new Vector2(18, 9 * side), new Vector2(4, 8 * side)];
      this.draw_colored_polygon(ear, this.body_color);
    }
    this.paint_eyes(new Vector2(10, 3.5), 2, palette.cream);
  }
}
