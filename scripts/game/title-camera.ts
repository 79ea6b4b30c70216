import { Camera3D, type Exports, Vector3 } from "godot";
import { comfort } from "./settings/comfort.ts";

/** The view behind the title: it sways so slowly that one notices it only after a while, and stands where motion is reduced. */
export default class TitleCamera extends Camera3D {
  static exports = {
    sway_meters: { type: "float", hint: "range", hint_string: "0,20,0.1,suffix:m" },
    period_seconds: { type: "float", hint: "range", hint_string: "5,120,1,suffix:s" },
  } satisfies Exports;

  sway_meters = 3;
  period_seconds = 46;
  #home: Vector3 | undefined;
  #elapsed = 0;

  _process(delta: number): void {
    if (comfort.reducedMotion) return;
    this.#home ??= this.position;
    this.#elapsed += delta;
    const turn = (this.#elapsed / this.period_seconds) * Math.PI * 2;
    const aside = this.basis.x.multiply(Math.sin(turn) * this.sway_meters);
    const rise = new Vector3(0, Math.sin(turn * 0.5) * this.sway_meters * 0.2, 0);
    this.position = this.#home.add(aside).add(rise);
  }
}
