import { Control, ShaderMaterial } from "godot";
import type { GameClient } from "../../client/game-client.ts";
import { ARCHETYPES } from "../character/archetypes.ts";
import type { CharacterFacts } from "../character/character-facts.ts";
import { FlatSquares, useLetters } from "../character/flat-squares.ts";
import type { GlyphAtlas } from "../character/glyph-atlas.ts";
import { PlateBuffer, PlateShape } from "../character/plate-buffer.ts";
import type { ViewFrame } from "../character/view-frame.ts";
import { TOP_FRAMES } from "../hud/hud-places.ts";
import { comfort } from "../settings/comfort.ts";
import { FloatTexts, MOST_TEXTS } from "./float-texts.ts";
import { NumberPieces, SpeltText } from "./spelt-text.ts";
import { TAKEN_TEXTS } from "./text-style.ts";

const FONT_PIXELS = 25;
const LINE_SHARE = 0.95;
/** A critical hit comes larger by this share, and settles in this time. */
const POP = 0.45;
const POP_SECONDS = 0.16;
const ICON_SHARE = 0.78;
const ICON_GAP_SHARE = 0.14;
/** Over the name and its bar, and over the mark of the one who is locked on to. */
const ABOVE_PLATE_PIXELS = 44;
const ABOVE_MARK_PIXELS = 40;
const RISE_PIXELS = 46;
/** Half of the mark's width, and of most names'. */
const MARK_PIXELS = 22;
const NAME_PIXELS = 70;
/** A text that stands so much lower than it would is wholly beside them. */
const SLIDE_PIXELS = 16;

/**
 * Damage, healing, misses and the rest over heads: one draw call of the canvas, one write per frame, none while there are none. Letters are those of the
 * names.
 */
export default class CombatTexts extends Control {
  readonly texts = new FloatTexts();
  #view!: ViewFrame;
  readonly #buffer = new PlateBuffer();
  readonly #squares = new FlatSquares();
  /** By slot. */
  readonly #spelt: readonly SpeltText[] = Array.from({ length: MOST_TEXTS }, () => new SpeltText());
  #atlas: GlyphAtlas | undefined;
  #numbers: NumberPieces | undefined;
  #locked = false;
  #visible = false;

  _ready(): void {
    this.visible = false;
  }

  _draw(): void {
    this.#squares.drawOn(this);
  }

  /** What was drawn in the last frame. */
  get painted(): PlateBuffer {
    return this.#buffer;
  }

  /** Texts in the last frame. */
  get shown(): number {
    return this.texts.drawn.reduce((sum, drawn, slot) => sum + (this.texts.alive[slot] === 1 ? drawn : 0), 0);
  }

  /** Where the letters of names are; nothing is shown before they are there. */
  use_letters(atlas: GlyphAtlas | undefined): void {
    if (atlas !== undefined && atlas !== this.#atlas) this.#take(atlas);
  }

  /** One frame, as the camera of `view` sees it. */
  show_texts(client: GameClient, facts: CharacterFacts, view: ViewFrame, seconds: number): void {
    const { texts } = this;
    this.#view = view;
    const numbers = this.#numbers;
    if (numbers === undefined) return;
    const { text, self, target } = client.combat;
    this.#locked = target.entityId !== 0;
    texts.risePixels = comfort.reducedMotion ? 0 : RISE_PIXELS * comfort.combatTextSize;
    texts.advance(seconds);
    for (let i = 0; i < text.count; i += 1) {
      const event = text.events[i];
      // What was refused is said by the line above the bar.
      if (event !== undefined && event.kind !== "refused") texts.add(event, event.entityId === self.entityId);
    }
    this.#buffer.clear();
    if (view.present) {
      for (let slot = 0; slot < MOST_TEXTS; slot += 1) {
        if (texts.alive[slot] === 0) continue;
        this.#spelt[slot]?.follow(texts, slot, numbers);
        this.#measure(slot, client, facts);
      }
      texts.place();
      for (let slot = 0; slot < MOST_TEXTS; slot += 1) {
        if (texts.alive[slot] === 1 && texts.drawn[slot] === 1) this.#write(slot);
      }
    }
    this.#flush();
  }

  #take(atlas: GlyphAtlas): void {
    this.#atlas = atlas;
    this.#numbers = new NumberPieces(atlas);
    const { material } = this;
    if (material instanceof ShaderMaterial) useLetters(material, atlas);
  }

  /** Where its head is, and how large it is: those who left keep their texts where they were last. */
  #measure(slot: number, { own, remotes }: GameClient, facts: CharacterFacts): void {
    const { texts } = this;
    const view = this.#view;
    const taken = texts.taken[slot] === 1;
    const index = taken ? -1 : remotes.indexOf(texts.entityId[slot] ?? 0);
    if (!taken && index < 0) return;
    let lift = 0;
    if (taken) {
      view.x = own.x;
      view.y = own.y + TAKEN_TEXTS.meters;
      view.z = own.z;
    } else {
      const above = ARCHETYPES[facts.archetype(index)]?.plateMeters ?? 2;
      lift = ABOVE_PLATE_PIXELS + (facts.targeted(index) ? ABOVE_MARK_PIXELS * comfort.hudScale : 0);
      view.x = remotes.x[index] ?? 0;
      view.y = (remotes.y[index] ?? 0) + above;
      view.z = remotes.z[index] ?? 0;
    }
    const seen = view.project() && view.screenX > 0 && view.screenX < view.width && view.screenY < view.height;
    texts.seen[slot] = seen && view.screenY > -view.height / 4 ? 1 : 0;
    if (texts.seen[slot] === 0) return;
    const spelt = this.#spelt[slot];
    if (spelt === undefined) return;
    const pixels = pixelsOf(spelt);
    const x = view.screenX + (taken ? TAKEN_TEXTS.asidePixels * comfort.combatTextSize : 0);
    const width = spelt.width * pixels + iconPixels(spelt, pixels);
    const ceiling = this.#ceiling(x, width);
    const y = view.screenY - lift;
    const lowered = Math.max(y, pixels * 3, ceiling + pixels + texts.risePixels);
    texts.ceiling[slot] = ceiling;
    texts.headX[slot] = x + (taken ? 0 : aside(lowered - y, width));
    texts.headY[slot] = lowered;
    texts.width[slot] = width;
    texts.height[slot] = pixels * LINE_SHARE;
  }

  /** What texts at a place do not rise beyond, pixels from the top: the frame of the target, where that is above them, in the smallest windows all frames. */
  #ceiling(x: number, width: number): number {
    const { hudScale } = comfort;
    if (comfort.small) return TOP_FRAMES.smallBottom * hudScale;
    const aside = Math.abs(x - this.#view.width / 2) - width / 2;
    return this.#locked && aside < TOP_FRAMES.halfWidth * hudScale ? TOP_FRAMES.bottom * hudScale : 0;
  }

  #write(slot: number): void {
    const spelt = this.#spelt[slot];
    if (spelt === undefined) return;
    const { texts } = this;
    const buffer = this.#buffer;
    const age = texts.age[slot] ?? 0;
    const pops = texts.critical[slot] === 1 && !comfort.reducedMotion;
    const pixels = pixelsOf(spelt) * (pops ? 1 + POP * Math.max(0, 1 - age / POP_SECONDS) : 1);
    const icon = iconPixels(spelt, pixels);
    const left = (texts.x[slot] ?? 0) - (spelt.width * pixels + icon) / 2;
    const base = (texts.y[slot] ?? 0) + pixels * 0.34;
    buffer.opacity = texts.opacity(slot) * (texts.predicted[slot] === 1 ? 0.75 : 1);
    buffer.fontPixels = pixels;
    if (icon > 0) {
      buffer.width = pixels * ICON_SHARE;
      buffer.height = pixels * ICON_SHARE;
      buffer.x = left + (pixels * ICON_SHARE) / 2;
      buffer.y = base + pixels * 0.06;
      buffer.addShape(spelt.shape, spelt.color);
    }
    buffer.y = base;
    let pen = left + icon;
    for (let i = 0; i < spelt.count; i += 1) pen = this.#writePiece(spelt, i, pen, true);
    pen = left + icon;
    for (let i = 0; i < spelt.count; i += 1) pen = this.#writePiece(spelt, i, pen, false);
  }

  /** Its outline, or its letters. Returns where the next one begins. */
  #writePiece({ pieces, color }: SpeltText, index: number, pen: number, outline: boolean): number {
    const piece = pieces[index];
    if (piece === undefined) return pen;
    const buffer = this.#buffer;
    const width = piece.width * buffer.fontPixels;
    buffer.x = pen + width / 2;
    if (outline) buffer.addOutline(piece);
    else buffer.addLetters(piece, color);
    return pen + width;
  }

  #flush(): void {
    const { count, floats } = this.#buffer;
    const shown = count > 0;
    if (this.#visible !== shown) this.visible = shown;
    this.#visible = shown;
    if (shown) this.#squares.show(floats, count);
  }
}

/** Where there is no room above, texts stand beside the mark, and farther down beside the name, not on it: pixels. */
function aside(lowered: number, width: number): number {
  const mark = MARK_PIXELS * comfort.hudScale;
  const half = mark + (NAME_PIXELS - mark) * slid(lowered + SLIDE_PIXELS - ABOVE_MARK_PIXELS * comfort.hudScale);
  return slid(lowered) * (half + width / 2);
}

/** 0 to 1. */
function slid(lowered: number): number {
  return Math.min(Math.max(lowered / SLIDE_PIXELS, 0), 1);
}

function pixelsOf({ size }: SpeltText): number {
  return FONT_PIXELS * size * comfort.combatTextSize;
}

function iconPixels({ shape }: SpeltText, pixels: number): number {
  return shape === PlateShape.bar ? 0 : pixels * (ICON_SHARE + ICON_GAP_SHARE);
}
