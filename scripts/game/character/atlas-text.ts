/** Left, top (downwards, from the base line), width and height of a glyph; x, y, width and height of its place in the atlas. */
export const FLOATS_PER_GLYPH = 8;

/** A line of text, laid out once. Lengths are in parts of the font's size. */
export interface AtlasText {
  /** From the left end of the line to the right one. */
  readonly width: number;
  readonly glyphs: number;
  /** `FLOATS_PER_GLYPH` for each; places in the atlas are in its pixels. */
  readonly floats: Float32Array;
}
