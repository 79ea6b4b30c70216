import type { AtlasText } from "../character/atlas-text.ts";
import type { GlyphAtlas } from "../character/glyph-atlas.ts";
import { PlateShape } from "../character/plate-buffer.ts";
import { type HudColor, type HudPalette, hudColors } from "../hud/hud-palette.ts";
import { digitsOf, MOST_DIGITS } from "./digits.ts";
import type { FloatTexts } from "./float-texts.ts";
import { sizeOf, styleOf } from "./text-style.ts";

/** Digits and the sign between a number and how often it came, as they lie in the atlas. */
export class NumberPieces {
  readonly digits: readonly AtlasText[];
  readonly times: AtlasText;
  /** Of a number that is being put together. */
  readonly figures = new Uint8Array(MOST_DIGITS);

  constructor(readonly atlas: Pick<GlyphAtlas, "text">) {
    this.digits = Array.from({ length: 10 }, (_, digit) => atlas.text(String(digit)));
    this.times = atlas.text(" ×");
  }
}

/** How a floating text looks: worked out when it changes, and not in each of the hundred frames in which it floats. */
export class SpeltText {
  /** The first `count` are written, one after the other. */
  readonly pieces: AtlasText[] = [];
  count = 0;
  /** Of all of them, in parts of the font's size. */
  width = 0.5;
  /** Of the usual size of a text. */
  size = 0.5;
  /** Before them; `bar` for nothing. */
  shape: PlateShape = PlateShape.bar;
  color: HudColor = [1, 1, 1, 1];
  #revision = -1;
  #palette: Readonly<HudPalette> | undefined;
  #numbers: NumberPieces | undefined;

  /** Is as a slot of the texts is now. Allocates nothing but for words that are new. */
  follow(texts: FloatTexts, slot: number, numbers: NumberPieces): void {
    const revision = texts.revision[slot] ?? 0;
    const palette = hudColors.current;
    if (revision === this.#revision && palette === this.#palette && numbers === this.#numbers) return;
    this.#revision = revision;
    this.#palette = palette;
    this.#numbers = numbers;
    const kind = texts.kind[slot] ?? "damage";
    const critical = texts.critical[slot] === 1;
    const predicted = texts.predicted[slot] === 1;
    this.size = sizeOf(kind, critical, texts.periodic[slot] === 1, texts.own[slot] === 1);
    this.shape = critical || predicted ? PlateShape.star : styleOf(kind).shape;
    this.color = palette[styleOf(kind).color];
    if (kind === "damage" && texts.taken[slot] === 1) this.color = palette.damageTaken;
    else if (kind === "damage" && critical) this.color = palette.critical;
    this.count = 0;
    this.width = 0;
    if (!predicted) this.#spell(texts, slot, numbers);
  }

  #spell(texts: FloatTexts, slot: number, numbers: NumberPieces): void {
    const style = styleOf(texts.kind[slot] ?? "damage");
    if (style.says === "amount") this.#addNumber(texts.amount[slot] ?? 0, numbers);
    else this.#add(numbers.atlas.text(style.says === "word" ? style.word : (texts.label[slot] ?? "")));
    const times = texts.times[slot] ?? 1;
    if (times < 2) return;
    this.#add(numbers.times);
    this.#addNumber(times, numbers);
  }

  #addNumber(value: number, { digits, figures }: NumberPieces): void {
    const count = digitsOf(value, figures);
    for (let i = 0; i < count; i += 1) this.#add(digits[figures[i] ?? 0]);
  }

  #add(piece: AtlasText | undefined): void {
    if (piece === undefined) return;
    this.pieces[this.count] = piece;
    this.count += 1;
    this.width += piece.width;
  }
}
