import { Camera3D, Color, Control, type Exports, type Font, Vector2, Vector3 } from "godot";
import type { RemoteEntities } from "../../client/remote-entities.ts";

const ABOVE_FEET_METERS = 2.15;

/** Names above heads, all drawn by one canvas item; far ones fade. */
export default class Nameplates extends Control {
  static exports = {
    font: { type: "Object", hint: "resource_type", hint_string: "Font", class_name: "Font" },
    font_pixels: { type: "int", hint: "range", hint_string: "10,40,1,suffix:px" },
    visible_meters: { type: "float", hint: "range", hint_string: "10,200,1,suffix:m" },
  } satisfies Exports;

  font: Font | null = null;
  font_pixels = 18;
  visible_meters = 70;
  #remotes: RemoteEntities | undefined;

  /** One frame: shows the names of these, or none. */
  show_names(remotes: RemoteEntities | undefined): void {
    const nothing = remotes === undefined || remotes.count === 0;
    if (nothing && this.#remotes === undefined) return;
    this.#remotes = nothing ? undefined : remotes;
    this.queue_redraw();
  }

  _draw(): void {
    const camera = this.get_viewport()?.get_camera_3d();
    const { font } = this;
    if (this.#remotes === undefined || font === null || !(camera instanceof Camera3D)) return;
    const eye = camera.global_position;
    for (let i = 0; i < this.#remotes.count; i++) {
      const name = this.#remotes.name(i);
      if (name === "") continue;
      const head = new Vector3(
        this.#remotes.x[i] ?? 0,
        (this.#remotes.y[i] ?? 0) + ABOVE_FEET_METERS,
        this.#remotes.z[i] ?? 0,
      );
      const meters = head.distance_to(eye);
      if (meters > this.visible_meters || camera.is_position_behind(head)) continue;
      this.#drawName(
        font,
        camera.unproject_position(head),
        name,
        this.#opacity(meters) * (this.#remotes.alpha[i] ?? 1),
      );
    }
  }

  #drawName(font: Font, at: Vector2, name: string, opacity: number): void {
    const width = font.get_string_size(name, 0, -1, this.font_pixels).x;
    const corner = new Vector2(Math.round(at.x - width / 2), Math.round(at.y));
    this.draw_string_outline(
      font,
      corner,
      name,
      0,
      -1,
      this.font_pixels,
      6,
      new Color(0.05, 0.07, 0.09, opacity * 0.85),
    );
    this.draw_string(font, corner, name, 0, -1, this.font_pixels, new Color(0.97, 0.93, 0.84, opacity));
  }

  #opacity(meters: number): number {
    const fadeFrom = this.visible_meters * 0.6;
    return meters <= fadeFrom ? 1 : 1 - (meters - fadeFrom) / (this.visible_meters - fadeFrom);
  }
}
