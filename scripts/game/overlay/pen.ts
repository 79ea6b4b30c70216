import { type CanvasItem, Color, type Font, HorizontalAlignment, Rect2, type StyleBox, Vector2 } from "godot";
import type { BarColor } from "./bar-buffer.ts";
import type { Box } from "./overlay-layout.ts";

export const FONT_PIXELS = 15;
export const SMALL_FONT_PIXELS = 14;
/** Widest text that is aligned to the right. */
const COLUMN_PIXELS = 240;
const { HORIZONTAL_ALIGNMENT_LEFT: LEFT, HORIZONTAL_ALIGNMENT_RIGHT: RIGHT } = HorizontalAlignment;

/** Draws on a canvas item, from inside its `_draw`, with one set of objects for all calls. */
export class Pen {
  readonly #item: CanvasItem;
  readonly #font: Font;
  readonly #at = new Vector2();
  readonly #to = new Vector2();
  readonly #rect = new Rect2();
  readonly #color = new Color();

  constructor(item: CanvasItem, font: Font) {
    this.#item = item;
    this.#font = font;
  }

  /** Writes from `x` on a base line. */
  left(x: number, y: number, text: string, color: BarColor, pixels = FONT_PIXELS): void {
    this.#at.x = x;
    this.#at.y = y;
    this.#item.draw_string(this.#font, this.#at, text, LEFT, -1, pixels, this.#colored(color));
  }

  /** Writes up to `x` on a base line. */
  right(x: number, y: number, text: string, color: BarColor, pixels = FONT_PIXELS): void {
    if (text === "") return;
    this.#at.x = x - COLUMN_PIXELS;
    this.#at.y = y;
    this.#item.draw_string(this.#font, this.#at, text, RIGHT, COLUMN_PIXELS, pixels, this.#colored(color));
  }

  /** Width of a text, pixels. */
  width(text: string, pixels = FONT_PIXELS): number {
    return this.#font.get_string_size(text, LEFT, -1, pixels).x;
  }

  fill(x: number, y: number, width: number, height: number, color: BarColor): void {
    this.#item.draw_rect(this.#rectangle(x, y, width, height), this.#colored(color));
  }

  box({ x, y, width, height }: Box, style: StyleBox): void {
    this.#item.draw_style_box(style, this.#rectangle(x, y, width, height));
  }

  #rectangle(x: number, y: number, width: number, height: number): Rect2 {
    this.#at.x = x;
    this.#at.y = y;
    this.#to.x = width;
    this.#to.y = height;
    this.#rect.position = this.#at;
    this.#rect.size = this.#to;
    return this.#rect;
  }

  #colored(color: BarColor): Color {
    const [r, g, b, a] = color;
    this.#color.r = r;
    this.#color.g = g;
    this.#color.b = b;
    this.#color.a = a;
    return this.#color;
  }
}
