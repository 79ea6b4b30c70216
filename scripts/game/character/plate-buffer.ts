import { type AtlasText, FLOATS_PER_GLYPH } from "./glyph-atlas.ts";

/** Floats of a quad in a flat MultiMesh with colours and custom data: a 2x4 transform, a colour, a place in the atlas. */
export const FLOATS_PER_QUAD = 16;
/** Where a quad's place in the atlas begins: x, y, width, height in its pixels; a negative height means the outline, no width a bar. */
const PLACE_AT = 12;
const GROWTH = 256;

/** Red, green, blue, opacity; 0 to 1. */
export type PlateColor = readonly [number, number, number, number];

const OUTLINE: PlateColor = [0.05, 0.07, 0.09, 0.92];

/** Letters and bars for one flat MultiMesh of unit squares around their middle. Grows when there are more than ever were; allocates nothing else. */
export class PlateBuffer {
  floats = new Float32Array(GROWTH * FLOATS_PER_QUAD);
  count = 0;

  get capacity(): number {
    return this.floats.length / FLOATS_PER_QUAD;
  }

  clear(): void {
    this.count = 0;
  }

  /** A text with its middle at `x` and its base line at `y`, pixels: first all of its outline, which lies over no letter then. */
  addText(text: AtlasText, x: number, y: number, fontPixels: number, color: PlateColor, opacity: number): void {
    const start = x - (text.width * fontPixels) / 2;
    this.#addLetters(text, start, y, fontPixels, OUTLINE, opacity, -1);
    this.#addLetters(text, start, y, fontPixels, color, opacity, 1);
  }

  /** A filled rectangle by its upper left corner, pixels. */
  addBar(x: number, y: number, width: number, height: number, color: PlateColor, opacity: number): void {
    if (!(width > 0)) return;
    const at = this.#add(x, y, width, height, color, opacity);
    this.floats.fill(0, at + PLACE_AT, at + FLOATS_PER_QUAD);
  }

  /** `side`: 1 for letters, -1 for their outline. */
  #addLetters(
    { floats, glyphs }: AtlasText,
    x: number,
    y: number,
    fontPixels: number,
    color: PlateColor,
    opacity: number,
    side: 1 | -1,
  ): void {
    for (let glyph = 0; glyph < glyphs; glyph += 1) {
      const from = glyph * FLOATS_PER_GLYPH;
      const width = (floats[from + 2] ?? 0) * fontPixels;
      const height = (floats[from + 3] ?? 0) * fontPixels;
      const left = x + (floats[from] ?? 0) * fontPixels;
      const top = y + (floats[from + 1] ?? 0) * fontPixels;
      const at = this.#add(left, top, width, height, color, opacity) + PLACE_AT;
      this.floats[at] = floats[from + 4] ?? 0;
      this.floats[at + 1] = floats[from + 5] ?? 0;
      this.floats[at + 2] = floats[from + 6] ?? 0;
      this.floats[at + 3] = side * (floats[from + 7] ?? 0);
    }
  }

  #add(x: number, y: number, width: number, height: number, color: PlateColor, opacity: number): number {
    if (this.count >= this.capacity) {
      const floats = new Float32Array(this.floats.length + GROWTH * FLOATS_PER_QUAD);
      floats.set(this.floats);
      this.floats = floats;
    }
    const { floats } = this;
    const at = this.count * FLOATS_PER_QUAD;
    this.count += 1;
    // The other four of the transform are 0 and stay so.
    floats[at] = width;
    floats[at + 3] = x + width / 2;
    floats[at + 5] = height;
    floats[at + 7] = y + height / 2;
    floats[at + 8] = color[0];
    floats[at + 9] = color[1];
    floats[at + 10] = color[2];
    floats[at + 11] = color[3] * opacity;
    return at;
  }
}
