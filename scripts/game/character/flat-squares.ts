import { AABB, type Control, MultiMesh, QuadMesh, RenderingServer, type ShaderMaterial, Vector2, Vector3 } from "godot";
import { ATLAS_PIXELS, type GlyphAtlas, RANGE_PIXELS } from "./glyph-atlas.ts";
import { ManyBuffer } from "./many-buffer.ts";
import { FLOATS_PER_QUAD } from "./plate-buffer.ts";

/** Larger than any screen, pixels: else the engine would look where all squares are in every frame. */
const EVERYWHERE_PIXELS = 32768;

/** Unit squares with a place, a colour and four numbers for the shader each, drawn on a canvas in one draw call: letters, bars and all else that is flat. */
export class FlatSquares {
  readonly #many = new MultiMesh();
  readonly #buffer = new ManyBuffer(this.#many, FLOATS_PER_QUAD);

  constructor() {
    const square = new QuadMesh();
    square.size = new Vector2(1, 1);
    const many = this.#many;
    many.transform_format = MultiMesh.TRANSFORM_2D;
    many.use_colors = true;
    many.use_custom_data = true;
    many.mesh = square;
    const [from, size] = [-EVERYWHERE_PIXELS, 2 * EVERYWHERE_PIXELS];
    many.custom_aabb = new AABB(new Vector3(from, from, -1), new Vector3(size, size, 2));
    many.visible_instance_count = 0;
  }

  /** Adds them to what a control draws: from its `_draw`, once. */
  drawOn(control: Control): void {
    RenderingServer.canvas_item_add_multimesh(control.get_canvas_item(), this.#many.get_rid());
  }

  /** What is shown from now on: the first `count` squares of an array with a multiple of 16 of them. One write, and none for nothing. */
  show(floats: Float32Array, count: number): void {
    this.#buffer.show(floats, count);
  }
}

/** Tells a shader where its letters are. */
export function useLetters(material: ShaderMaterial, atlas: GlyphAtlas): void {
  material.set_shader_parameter("atlas", atlas.texture);
  material.set_shader_parameter("atlas_pixels", ATLAS_PIXELS);
  material.set_shader_parameter("range_pixels", RANGE_PIXELS);
}
