import { Control, type Label, Vector2 } from "godot";

/** The seconds survived, and the best of all times, at the top of the screen. */
export default class ScoreBoard extends Control {
  #shown = -1;

  show_score(seconds: number, best: number): void {
    const whole = Math.floor(seconds);
    if (whole === this.#shown) return;
    this.#shown = whole;
    const label = this.get_node<Label>("Seconds");
    label.text = String(whole);
    this.get_node<Label>("Best").text = best >= 1 ? `best ${Math.floor(best)}` : "";
    label.pivot_offset = label.size.multiply(0.5);
    label.scale = new Vector2(1.15, 1.15);
    this.create_tween().tween_property(label, "scale", Vector2.ONE, 0.25);
  }
}
