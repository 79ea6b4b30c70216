import { type AtlasText, FLOATS_PER_GLYPH } from "./atlas-text.ts";

/** Floats of a quad in a flat MultiMesh with colours and custom data: a 2x4 transform, a colour, a place in the atlas. */
export const FLOATS_PER_QUAD = 16;
/** Where a quad's place in the atlas begins: x, y, width, height in its pixels; a negative height means the outline, no width a bar. */
const PLACE_AT = 12;
const GROWTH = 256;

/** Red, green, blue, opacity; 0 to 1. */
export type PlateColor = readonly [number, number, number, number];

const OUTLINE: PlateColor = [0.05, 0.07, 0.09, 0.92];

/** What is drawn in a square besides a bar, which fills it: the shader knows them by number. */
export const PlateShape = { bar: 0, diamond: 1, star: 2, plus: 3, shield: 4, ring: 5 } as const;
export type PlateShape = (typeof PlateShape)[keyof typeof PlateShape];

/** Letters and bars for one flat MultiMesh of unit squares around their middle. Grows when there are more than ever were; allocates nothing else. */
export class PlateBuffer {
  floats = new Float32Array(GROWTH * FLOATS_PER_QUAD);
  count = 0;
  /** How and where the next one is drawn, pixels: here, because numbers that are handed over would be put on the heap. */
  x = 0;
  y = 0;
  fontPixels = 18;
  width = 0;
  height = 0;
  edge = 0;
  share = 1;
  opacity = 1;

  get capacity(): number {
    return this.floats.length / FLOATS_PER_QUAD;
  }

  clear(): void {
    this.count = 0;
  }

  /** A text with its middle at `x` and its base line at `y`: first all of its outline, which lies over no letter then. */
  addText(text: AtlasText, color: PlateColor): void {
    this.addOutline(text);
    this.addLetters(text, color);
  }

  /** Only the outline, or only the letters, of such a text: of several pieces of one line all outlines come first. */
  addOutline(text: AtlasText): void {
    this.#makeRoom(text.glyphs);
    this.#addLetters(text, OUTLINE, -1);
  }

  addLetters(text: AtlasText, color: PlateColor): void {
    this.#makeRoom(text.glyphs);
    this.#addLetters(text, color, 1);
  }

  /** A shape in a rectangle, `width` by `height` around `x`, above `y`, pixels. */
  addShape(shape: PlateShape, color: PlateColor): void {
    this.share = 1;
    this.edge = 0;
    const at = this.count * FLOATS_PER_QUAD + PLACE_AT;
    this.addBar(color);
    this.floats[at] = shape;
  }

  /** A filled rectangle, `width` by `height` around `x`, above `y`, pixels, that reaches `edge` farther on all sides; only the left `share` of it. */
  addBar(color: PlateColor): void {
    this.#makeRoom(1);
    const { floats } = this;
    const at = this.count * FLOATS_PER_QUAD;
    this.count += 1;
    const width = this.width * this.share + 2 * this.edge;
    floats[at] = width;
    floats[at + 3] = this.x - this.width / 2 - this.edge + width / 2;
    floats[at + 5] = this.height + 2 * this.edge;
    floats[at + 7] = this.y - this.height / 2;
    floats[at + 8] = color[0];
    floats[at + 9] = color[1];
    floats[at + 10] = color[2];
    floats[at + 11] = color[3] * this.opacity;
    floats.fill(0, at + PLACE_AT, at + FLOATS_PER_QUAD);
  }

  /** `side`: 1 for letters, -1 for their outline. */
  #addLetters({ floats: letters, glyphs, width: lineWidth }: AtlasText, color: PlateColor, side: 1 | -1): void {
    const { floats, fontPixels } = this;
    const start = this.x - (lineWidth * fontPixels) / 2;
    for (let glyph = 0; glyph < glyphs; glyph += 1) {
      const from = glyph * FLOATS_PER_GLYPH;
      const width = (letters[from + 2] ?? 0) * fontPixels;
      const height = (letters[from + 3] ?? 0) * fontPixels;
      const at = this.count * FLOATS_PER_QUAD;
      this.count += 1;
      // The other four of the transform are 0 and stay so.
      floats[at] = width;
      floats[at + 3] = start + (letters[from] ?? 0) * fontPixels + width / 2;
      floats[at + 5] = height;
      floats[at + 7] = this.y + (letters[from + 1] ?? 0) * fontPixels + height / 2;
      floats[at + 8] = color[0];
      floats[at + 9] = color[1];
      floats[at + 10] = color[2];
      floats[at + 11] = color[3] * this.opacity;
      floats[at + 12] = letters[from + 4] ?? 0;
      floats[at + 13] = letters[from + 5] ?? 0;
      floats[at + 14] = letters[from + 6] ?? 0;
      floats[at + 15] = side * (letters[from + 7] ?? 0);
    }
  }

  #makeRoom(quads: number): void {
    if (this.count + quads <= this.capacity) return;
    const growth = Math.ceil(quads / GROWTH) * GROWTH;
    const floats = new Float32Array(this.floats.length + growth * FLOATS_PER_QUAD);
    floats.set(this.floats);
    this.floats = floats;
  }
}
