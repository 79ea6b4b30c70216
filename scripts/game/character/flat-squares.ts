import { type Control, MultiMesh, QuadMesh, RenderingServer, type ShaderMaterial, Vector2 } from "godot";
import { ATLAS_PIXELS, type GlyphAtlas, RANGE_PIXELS } from "./glyph-atlas.ts";
import { FLOATS_PER_QUAD } from "./plate-buffer.ts";

/** Unit squares with a place, a colour and four numbers for the shader each, drawn on a canvas in one draw call: letters, bars and all else that is flat. */
export class FlatSquares {
  readonly #many = new MultiMesh();
  #capacity = 0;
  #count = 0;

  constructor() {
    const square = new QuadMesh();
    square.size = new Vector2(1, 1);
    const many = this.#many;
    many.transform_format = MultiMesh.TRANSFORM_2D;
    many.use_colors = true;
    many.use_custom_data = true;
    many.mesh = square;
    many.visible_instance_count = 0;
  }

  /** Adds them to what a control draws: from its `_draw`, once. */
  drawOn(control: Control): void {
    RenderingServer.canvas_item_add_multimesh(control.get_canvas_item(), this.#many.get_rid());
  }

  /** What is shown from now on: the first `count` squares of an array, all of which is handed over. One write, and none for nothing. */
  show(floats: Float32Array, count: number): void {
    const many = this.#many;
    const capacity = floats.length / FLOATS_PER_QUAD;
    if (capacity !== this.#capacity) {
      this.#capacity = capacity;
      many.instance_count = capacity;
      this.#count = -1;
    }
    if (count !== this.#count) many.visible_instance_count = count;
    this.#count = count;
    if (count > 0) many.buffer = floats;
  }
}

/** Tells a shader where its letters are. */
export function useLetters(material: ShaderMaterial, atlas: GlyphAtlas): void {
  material.set_shader_parameter("atlas", atlas.texture);
  material.set_shader_parameter("atlas_pixels", ATLAS_PIXELS);
  material.set_shader_parameter("range_pixels", RANGE_PIXELS);
}
