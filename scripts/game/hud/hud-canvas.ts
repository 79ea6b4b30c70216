import { Control, type Exports, type Font, MultiMesh, QuadMesh, RenderingServer, ShaderMaterial, Vector2 } from "godot";
import { ATLAS_PIXELS, GlyphAtlas, RANGE_PIXELS } from "../character/glyph-atlas.ts";
import type HudPart from "./hud-part.ts";
import { FLOATS_PER_QUAD } from "./hud-quads.ts";
import { ICONS_PER_ROW, IconAtlas } from "./icon-atlas.ts";

const GROWTH = 512;

/** Draws what all parts have painted: in one draw call, with one write in frames in which something has changed, and none in others. */
export default class HudCanvas extends Control {
  static exports = {
    font: { type: "Object", hint: "resource_type", hint_string: "Font", class_name: "Font" },
  } satisfies Exports;

  font: Font | null = null;
  readonly #many = new MultiMesh();
  #floats = new Float32Array(0);
  #letters: GlyphAtlas | undefined;
  readonly #icons = new IconAtlas();

  _ready(): void {
    const { font, material } = this;
    if (font === null || !(material instanceof ShaderMaterial))
      throw new Error("expected a font and a shader material");
    const square = new QuadMesh();
    square.size = new Vector2(1, 1);
    const many = this.#many;
    many.transform_format = MultiMesh.TRANSFORM_2D;
    many.use_colors = true;
    many.use_custom_data = true;
    many.mesh = square;
    many.visible_instance_count = 0;
    const letters = new GlyphAtlas(font);
    this.#letters = letters;
    material.set_shader_parameter("atlas", letters.texture);
    material.set_shader_parameter("atlas_pixels", ATLAS_PIXELS);
    material.set_shader_parameter("range_pixels", RANGE_PIXELS);
    material.set_shader_parameter("icons", this.#icons.texture);
    material.set_shader_parameter("icons_per_row", ICONS_PER_ROW);
  }

  _draw(): void {
    RenderingServer.canvas_item_add_multimesh(this.get_canvas_item(), this.#many.get_rid());
  }

  /** Hands the atlases to the parts. */
  set_up(parts: readonly HudPart[]): void {
    if (this.#letters === undefined) throw new Error("the canvas is not ready yet");
    for (const part of parts) part.set_up(this.#letters, this.#icons);
  }

  /** What the parts have painted, from the lowest to the highest. Allocates nothing but when there is more than ever was. */
  put(parts: readonly HudPart[]): void {
    let quads = 0;
    for (let i = 0; i < parts.length; i += 1) quads += parts[i]?.painted.count ?? 0;
    const many = this.#many;
    if (quads * FLOATS_PER_QUAD > this.#floats.length) {
      const capacity = Math.ceil(quads / GROWTH) * GROWTH;
      this.#floats = new Float32Array(capacity * FLOATS_PER_QUAD);
      many.instance_count = capacity;
    }
    let at = 0;
    for (let i = 0; i < parts.length; i += 1) {
      const painted = parts[i]?.painted;
      if (painted !== undefined) at = copyFloats(painted.floats, painted.count * FLOATS_PER_QUAD, this.#floats, at);
    }
    many.visible_instance_count = quads;
    if (quads > 0) many.buffer = this.#floats;
  }
}

/** Returns where in `to` the next ones go. A loop: views of a part of an array would be objects. */
function copyFloats(from: Float32Array, count: number, to: Float32Array, at: number): number {
  for (let i = 0; i < count; i += 1) to[at + i] = from[i] ?? 0;
  return at + count;
}
