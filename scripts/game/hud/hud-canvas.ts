import { Control, type Exports, type Font, ShaderMaterial } from "godot";
import type { Zone } from "../../simulation/zone-file.ts";
import { FlatSquares, useLetters } from "../character/flat-squares.ts";
import { GlyphAtlas } from "../character/glyph-atlas.ts";
import type HudPart from "./hud-part.ts";
import { FLOATS_PER_QUAD } from "./hud-quads.ts";
import { ICONS_PER_ROW, IconAtlas } from "./icon-atlas.ts";
import { showMapOf } from "./map-picture.ts";

const GROWTH = 64;

/** Draws what all parts have painted: in one draw call, with one write in frames in which something has changed, and none in others. */
export default class HudCanvas extends Control {
  static exports = {
    font: { type: "Object", hint: "resource_type", hint_string: "Font", class_name: "Font" },
  } satisfies Exports;

  font: Font | null = null;
  readonly #squares = new FlatSquares();
  #floats = new Float32Array(0);
  #letters: GlyphAtlas | undefined;
  #look!: ShaderMaterial;
  #ticksPassed = 0;
  readonly #icons = new IconAtlas();

  _ready(): void {
    const { font, material } = this;
    if (font === null || !(material instanceof ShaderMaterial))
      throw new Error("expected a font and a shader material");
    this.#look = material;
    const letters = GlyphAtlas.of(font);
    this.#letters = letters;
    useLetters(material, letters);
    material.set_shader_parameter("icons", this.#icons.texture);
    material.set_shader_parameter("icons_per_row", ICONS_PER_ROW);
  }

  _draw(): void {
    this.#squares.drawOn(this);
  }

  /** Hands the atlases to the parts. */
  set_up(parts: readonly HudPart[]): void {
    if (this.#letters === undefined) throw new Error("the canvas is not ready yet");
    for (const part of parts) part.set_up(this.#letters, this.#icons);
  }

  /** Lays words out before they are to be seen: in the middle of a fight a new one takes the engine up to half a millisecond. */
  prepare(words: readonly string[]): void {
    for (const word of words) this.#letters?.text(word);
  }

  /** The zone of which maps show the ground from now on. */
  use_map(zone: Zone): void {
    showMapOf(zone, this.#look);
  }

  /** Ticks since that was painted which goes on by itself. */
  let_pass(ticks: number): void {
    if (ticks === this.#ticksPassed) return;
    this.#ticksPassed = ticks;
    this.#look.set_shader_parameter("ticks_passed", ticks);
  }

  /** What the parts have painted, from the lowest to the highest. Allocates nothing but when there is more than ever was. */
  put(parts: readonly HudPart[]): void {
    let quads = 0;
    for (let i = 0; i < parts.length; i += 1) quads += parts[i]?.painted.count ?? 0;
    if (quads * FLOATS_PER_QUAD > this.#floats.length) {
      const capacity = Math.ceil(quads / GROWTH) * GROWTH;
      this.#floats = new Float32Array(capacity * FLOATS_PER_QUAD);
    }
    let at = 0;
    for (let i = 0; i < parts.length; i += 1) {
      const painted = parts[i]?.painted;
      if (painted !== undefined) at = copyFloats(painted.floats, painted.count * FLOATS_PER_QUAD, this.#floats, at);
    }
    this.#squares.show(this.#floats, quads);
  }
}

/** Returns where in `to` the next ones go. A loop: views of a part of an array would be objects. */
function copyFloats(from: Float32Array, count: number, to: Float32Array, at: number): number {
  for (let i = 0; i < count; i += 1) to[at + i] = from[i] ?? 0;
  return at + count;
}
