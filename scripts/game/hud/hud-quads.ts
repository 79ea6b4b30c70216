import { type AtlasText, FLOATS_PER_GLYPH } from "../character/atlas-text.ts";
import type { HudColor } from "./hud-palette.ts";
import type { HudTexts } from "./hud-texts.ts";
import type { MapFrame } from "./map-frame.ts";

/** Of a quad in a flat MultiMesh with colours and custom data: a 2x4 transform, a colour, four numbers for the shader. */
export const FLOATS_PER_QUAD = 16;
const GROWTH = 64;

/** What the shader `hud` knows besides letters, as negative numbers. */
const HudShape = {
  box: 0,
  rim: -1,
  wedge: -2,
  icon: -3,
  arrow: -4,
  cross: -5,
  diamond: -6,
  map: -7,
  pointer: -8,
} as const;

const WHOLE: HudColor = [0, 0, 0, 1];

/** Where a text stands from the point that is given. */
export type TextAlign = "left" | "middle" | "right";

/**
 * What one part of the interface shows, as quads for one MultiMesh. Lengths are pixels of the interface, from the part's upper left corner, and
 * whole where they can be: those cost no memory to hand over. Grows when there are more than ever were; allocates nothing else.
 */
export class HudQuads {
  floats = new Float32Array(GROWTH * FLOATS_PER_QUAD);
  count = 0;
  /** The part's upper left corner. */
  originX = 0;
  originY = 0;
  /** Of all that is added from now on, 0 to 1. */
  opacity = 1;
  /** Middle of the next mark, pixels: here, because fractions that are handed over would be put on the heap. */
  markX = 0.5;
  markY = 0.5;
  /** Of the next mark that is a pointer: 0 to the right, a quarter downwards. */
  pointerTurn = 0.5;
  /** What is written, for whoever cannot see it. */
  readonly written: HudTexts;

  constructor(written: HudTexts) {
    this.written = written;
  }

  clear(): void {
    this.count = 0;
    this.opacity = 1;
    this.written.clear();
  }

  /** A filled box; `radius`: of its corners, pixels. */
  box(x: number, y: number, width: number, height: number, color: HudColor, radius: number): void {
    if (width <= 0) return;
    const at = this.#quad(x, y, width, height, color);
    this.#tell(at, radius / Math.min(width, height), 0, HudShape.box, 0);
  }

  /** The rim of a box, drawn inwards. */
  rim(x: number, y: number, width: number, height: number, color: HudColor, radius: number, thickness: number): void {
    const at = this.#quad(x, y, width, height, color);
    const shorter = Math.min(width, height);
    this.#tell(at, radius / shorter, thickness / shorter, HudShape.rim, 0);
  }

  /**
   * Covers what is left of a time, clockwise: all of a square at a share of 1, nothing at 0. The shader takes away `sharePerTick` for each tick that the
   * canvas says has passed.
   */
  wedge(
    x: number,
    y: number,
    size: number,
    share: number,
    color: HudColor,
    radius: number,
    sharePerTick: number,
  ): void {
    const at = this.#quad(x, y, size, size, color);
    this.#tell(at, share, radius / size, HudShape.wedge, sharePerTick);
  }

  /** A picture of the atlas of icons; `grey` 0 to 1. */
  icon(x: number, y: number, size: number, cell: number, grey: number, color: HudColor, radius: number): void {
    const at = this.#quad(x, y, size, size, color);
    this.#tell(at, cell, grey, HudShape.icon, radius / size);
  }

  /** An arrow head; `turn`: 0 to the right, a quarter downwards. */
  arrow(x: number, y: number, size: number, turn: number, color: HudColor): void {
    this.#tell(this.#quad(x, y, size, size, color), turn, 0, HudShape.arrow, 0);
  }

  cross(x: number, y: number, size: number, thickness: number, color: HudColor): void {
    this.#tell(this.#quad(x, y, size, size, color), thickness / size / 2, 0, HudShape.cross, 0);
  }

  /** A square on its corner; `thickness` 0: filled, else its rim. */
  diamond(x: number, y: number, size: number, thickness: number, color: HudColor): void {
    this.#tell(this.#quad(x, y, size, size, color), 0, thickness / size, HudShape.diamond, 0);
  }

  /** A box around the place of the next mark, and so on: `box` with that radius, `rim`, `diamond` and `cross`. */
  markBox(size: number, radius: number, color: HudColor): void {
    this.#tell(this.#mark(size, color), radius / size, 0, HudShape.box, 0);
  }

  markRim(size: number, radius: number, thickness: number, color: HudColor): void {
    this.#tell(this.#mark(size, color), radius / size, thickness / size, HudShape.rim, 0);
  }

  markDiamond(size: number, thickness: number, color: HudColor): void {
    this.#tell(this.#mark(size, color), 0, thickness / size, HudShape.diamond, 0);
  }

  markCross(size: number, thickness: number, color: HudColor): void {
    this.#tell(this.#mark(size, color), thickness / size / 2, 0, HudShape.cross, 0);
  }

  /** Along `pointerTurn`: nobody takes another of its corners for its tip. */
  markPointer(size: number, color: HudColor): void {
    this.#tell(this.#mark(size, color), this.pointerTurn, 0, HudShape.pointer, 0);
  }

  /** The ground of the zone on a round map around a point. */
  map(frame: MapFrame, x: number, y: number): void {
    this.markX = x;
    this.markY = y;
    const at = this.#mark(2 * frame.radiusPixels, WHOLE);
    const { floats } = this;
    const { centerX, centerZ } = frame;
    // The numbers that come with a quad are halves: whole metres and what is beyond them go apart.
    floats[at + 8] = centerX - Math.floor(centerX);
    floats[at + 9] = centerZ - Math.floor(centerZ);
    floats[at + 10] = frame.turn / (2 * Math.PI);
    this.#tell(at, Math.floor(centerX), Math.floor(centerZ), HudShape.map, frame.reachMeters);
  }

  /** A line of text; `y`: its base line. Outlined, so that it can be read on anything. */
  text(text: string, x: number, y: number, pixels: number, color: HudColor, align: TextAlign): void {
    if (text === "") return;
    const laidOut = this.written.layOut(text);
    const width = laidOut.width * pixels;
    const start = align === "left" ? x : align === "middle" ? x - width / 2 : x - width;
    this.written.add(text, this.originX + start, this.originY + y, width, pixels, color);
    this.#letters(laidOut, start, y, pixels, this.written.outline, -1);
    this.#letters(laidOut, start, y, pixels, color, 1);
  }

  /** Pixels that a line of text takes. */
  widthOf(text: string, pixels: number): number {
    return this.written.layOut(text).width * pixels;
  }

  /** `side`: 1 for letters, -1 for their outline, which lies under all of them. */
  #letters(text: AtlasText, start: number, y: number, pixels: number, color: HudColor, side: 1 | -1): void {
    const { floats: letters, glyphs } = text;
    for (let glyph = 0; glyph < glyphs; glyph += 1) {
      const from = glyph * FLOATS_PER_GLYPH;
      const left = start + (letters[from] ?? 0) * pixels;
      const top = y + (letters[from + 1] ?? 0) * pixels;
      const width = (letters[from + 2] ?? 0) * pixels;
      const at = this.#quad(left, top, width, (letters[from + 3] ?? 0) * pixels, color);
      const { floats } = this;
      floats[at + 12] = letters[from + 4] ?? 0;
      floats[at + 13] = letters[from + 5] ?? 0;
      floats[at + 14] = letters[from + 6] ?? 0;
      floats[at + 15] = side * (letters[from + 7] ?? 0);
    }
  }

  /** A square around the place of the next mark. */
  #mark(size: number, color: HudColor): number {
    if ((this.count + 1) * FLOATS_PER_QUAD > this.floats.length) this.#grow();
    const { floats } = this;
    const at = this.count * FLOATS_PER_QUAD;
    this.count += 1;
    floats[at] = size;
    floats[at + 3] = this.originX + this.markX;
    floats[at + 5] = size;
    floats[at + 7] = this.originY + this.markY;
    floats[at + 8] = color[0];
    floats[at + 9] = color[1];
    floats[at + 10] = color[2];
    floats[at + 11] = color[3] * this.opacity;
    return at;
  }

  /** Returns where the quad's numbers begin. The other four of its transform are 0 and stay so. */
  #quad(x: number, y: number, width: number, height: number, color: HudColor): number {
    if ((this.count + 1) * FLOATS_PER_QUAD > this.floats.length) this.#grow();
    const { floats } = this;
    const at = this.count * FLOATS_PER_QUAD;
    this.count += 1;
    floats[at] = width;
    floats[at + 3] = this.originX + x + width / 2;
    floats[at + 5] = height;
    floats[at + 7] = this.originY + y + height / 2;
    floats[at + 8] = color[0];
    floats[at + 9] = color[1];
    floats[at + 10] = color[2];
    floats[at + 11] = color[3] * this.opacity;
    return at;
  }

  #tell(at: number, first: number, second: number, shape: number, third: number): void {
    const { floats } = this;
    floats[at + 12] = first;
    floats[at + 13] = second;
    floats[at + 14] = shape;
    floats[at + 15] = third;
  }

  #grow(): void {
    const floats = new Float32Array(this.floats.length * 2);
    floats.set(this.floats);
    this.floats = floats;
  }
}
