import type { AtlasText } from "../character/atlas-text.ts";
import type { HudColor } from "./hud-palette.ts";

/** A line of text on the screen: its box in pixels of the interface, from the base line upwards, and its colour. */
export interface WrittenText {
  readonly text: string;
  readonly left: number;
  readonly baseLine: number;
  readonly width: number;
  readonly pixels: number;
  readonly color: HudColor;
}

/**
 * The texts of one part: what they look like comes from an atlas, and what was written is kept, for tests and for whoever reads a screen aloud.
 * Entries are reused.
 */
export class HudTexts {
  /** Around all letters. */
  outline: HudColor;
  readonly #layOut: (text: string) => AtlasText;
  readonly #entries: { -readonly [Key in keyof WrittenText]: WrittenText[Key] }[] = [];
  #count = 0;

  constructor(layOut: (text: string) => AtlasText, outline: HudColor) {
    this.#layOut = layOut;
    this.outline = outline;
  }

  get all(): readonly WrittenText[] {
    return this.#entries.slice(0, this.#count);
  }

  layOut(text: string): AtlasText {
    return this.#layOut(text);
  }

  clear(): void {
    this.#count = 0;
  }

  add(text: string, left: number, baseLine: number, width: number, pixels: number, color: HudColor): void {
    let entry = this.#entries[this.#count];
    if (entry === undefined) {
      entry = { text, left, baseLine, width, pixels, color };
      this.#entries.push(entry);
    }
    this.#count += 1;
    entry.text = text;
    entry.left = left;
    entry.baseLine = baseLine;
    entry.width = width;
    entry.pixels = pixels;
    entry.color = color;
  }
}
