import { Control, type Exports, type Font, ShaderMaterial } from "godot";
import type { RemoteEntities } from "../../client/remote-entities.ts";
import { hudColors } from "../hud/hud-palette.ts";
import { ARCHETYPES, knownArchetype } from "./archetypes.ts";
import type { AtlasText } from "./atlas-text.ts";
import { type CharacterFacts, FULL_CAST, FULL_HEALTH, NO_FACTS } from "./character-facts.ts";
import { EntitySlots, withRoom } from "./entity-slots.ts";
import { FlatSquares, useLetters } from "./flat-squares.ts";
import { GlyphAtlas } from "./glyph-atlas.ts";
import { PlateBuffer, type PlateColor, PlateShape } from "./plate-buffer.ts";
import { PlateChoice } from "./plate-choice.ts";
import type { ViewFrame } from "./view-frame.ts";

const FADE_SECONDS = 0.14;
/** From one choice of plates to the next: they change places slowly, and fade. */
const CHOICE_SECONDS = 0.12;
/** Names get smaller up to this share, from here on. */
const LEAST_SIZE = 0.74;
const FULL_SIZE_METERS = 10;
const LINE_SHARE = 1.25;
/** Plates that are shown are kept a little farther, metres. */
const KEPT_METERS = 2;
const OUTSIDE_PIXELS = 60;
const BAR_PIXELS = 60;
const BAR_HEIGHT_PIXELS = 6;
const BAR_GAP_PIXELS = 5;
const BAR_EDGE_PIXELS = 1.5;
const CAST_HEIGHT_PIXELS = 4;
/** The target's bar is higher, and stands between two edges; a member of the party has a mark before its bar. */
const TARGET_HEIGHT_PIXELS = 9;
const EDGE_PIXELS = 2.5;
const MARK_PIXELS = 8;
/** What was just lost stays pale for a moment: share of the bar per second. */
const LOSS_PER_SECOND = 0.9;
const LOW_SHARE = 0.3;
/** Who matters at all is named from afar. */
const IMPORTANT_METERS = 110;
const NO_TEXT: AtlasText = { width: 0, glyphs: 0, floats: new Float32Array(0) };

/**
 * Names and health above heads, all in one draw call of the canvas and one write per frame. In a crowd those that matter and the nearest
 * are shown, none over another one.
 */
export default class Nameplates extends Control {
  static exports = {
    font: { type: "Object", hint: "resource_type", hint_string: "Font", class_name: "Font" },
    font_pixels: { type: "int", hint: "range", hint_string: "10,40,1,suffix:px" },
    visible_meters: { type: "float", hint: "range", hint_string: "10,200,1,suffix:m" },
    most_plates: { type: "int", hint: "range", hint_string: "1,200,1", description: "At most so many at a time" },
  } satisfies Exports;

  font: Font | null = null;
  font_pixels = 18;
  visible_meters = 60;
  most_plates = 72;
  /** What is known of them beyond where they are. */
  facts: CharacterFacts = NO_FACTS;

  readonly #slots = new EntitySlots((slot) => this.#come(slot));
  readonly #buffer = new PlateBuffer();
  #choice = new PlateChoice(1);
  #atlas: GlyphAtlas | undefined;
  #view!: ViewFrame;
  readonly #squares = new FlatSquares();
  #shownCount = 0;
  #visible = false;
  #seconds = 0;
  #sinceChoice = 0;
  /** By slot: its text, whether it is to be shown, and how much of it is, 0 to 1. */
  #texts: AtlasText[] = [];
  #wanted = new Uint8Array(0);
  #opacity = new Float32Array(0);
  /** Share of health that the pale part of its bar reaches to. */
  #pale = new Float32Array(0);
  #textRevision = -1;

  /** Letters of the names, for others who write with the same font; there are none before it is ready. */
  get atlas(): GlyphAtlas | undefined {
    return this.#atlas;
  }

  /** What was drawn in the last frame. */
  get painted(): PlateBuffer {
    return this.#buffer;
  }

  /** Plates in the last frame. */
  get shown(): number {
    return this.#shownCount;
  }

  _ready(): void {
    this.#choice = new PlateChoice(this.most_plates);
    const { font } = this;
    const material = this.material;
    if (font === null || !(material instanceof ShaderMaterial)) return;
    this.#atlas = GlyphAtlas.of(font);
    useLetters(material, this.#atlas);
    this.visible = false;
  }

  _draw(): void {
    this.#squares.drawOn(this);
  }

  /** One frame, as the camera of `view` sees it: shows the names of these, or none. */
  show_names(remotes: RemoteEntities | undefined, view: ViewFrame, seconds: number): void {
    this.#view = view;
    const buffer = this.#buffer;
    buffer.clear();
    this.#seconds = seconds;
    this.#shownCount = 0;
    if (remotes !== undefined && remotes.count > 0 && view.present) {
      this.#slots.follow(remotes);
      if (remotes.revision !== this.#textRevision) this.#readNames(remotes);
      this.#sinceChoice += seconds;
      if (this.#sinceChoice >= CHOICE_SECONDS) this.#choose(remotes);
      for (let i = 0; i < remotes.count; i += 1) this.#show(remotes, i);
    }
    this.#flush();
  }

  #come(slot: number): void {
    this.#wanted = withRoom(this.#wanted, slot + 1);
    this.#opacity = withRoom(this.#opacity, slot + 1);
    this.#pale = withRoom(this.#pale, slot + 1);
    this.#pale[slot] = 0;
    this.#wanted[slot] = 0;
    this.#opacity[slot] = 0;
    this.#texts[slot] = NO_TEXT;
  }

  #readNames(remotes: RemoteEntities): void {
    this.#textRevision = remotes.revision;
    for (let i = 0; i < remotes.count; i += 1) {
      const level = this.facts.level(i);
      const name = level > 0 ? `${level}  ${remotes.name(i)}` : remotes.name(i);
      this.#texts[this.#slots.slotAt[i] ?? 0] = name === "" ? NO_TEXT : (this.#atlas?.text(name) ?? NO_TEXT);
    }
  }

  #choose(remotes: RemoteEntities): void {
    this.#sinceChoice = 0;
    this.#choice.clear();
    for (let i = 0; i < remotes.count; i += 1) this.#consider(remotes, i);
    this.#choice.choose(this.#wanted);
  }

  #consider(remotes: RemoteEntities, index: number): void {
    const choice = this.#choice;
    const view = this.#view;
    const slot = this.#slots.slotAt[index] ?? 0;
    const shown = this.#wanted[slot] === 1;
    this.#wanted[slot] = 0;
    const text = this.#texts[slot] ?? NO_TEXT;
    const barred = this.facts.health(index) >= 0;
    if ((text.glyphs === 0 && !barred) || this.facts.dead(index)) return;
    this.#point(remotes, index);
    view.measure();
    choice.importance = this.facts.importance(index);
    choice.meters = view.meters;
    const most = choice.importance > 0 ? IMPORTANT_METERS : this.visible_meters + (shown ? KEPT_METERS : 0);
    if (view.meters > most || !choice.consider(shown) || !this.#project()) return;
    const pixels = this.#pixels();
    choice.x = view.screenX;
    choice.y = view.screenY;
    choice.width = Math.max(text.width * pixels, barred ? BAR_PIXELS : 0) + 8;
    choice.height = pixels * LINE_SHARE + (barred ? BAR_HEIGHT_PIXELS + 4 : 0);
    choice.add(slot);
  }

  /** Where the plate of somebody stands. */
  #point(remotes: RemoteEntities, index: number): void {
    const above = ARCHETYPES[knownArchetype(this.facts.archetype(index))]?.plateMeters ?? 2;
    this.#view.x = remotes.x[index] ?? 0;
    this.#view.y = (remotes.y[index] ?? 0) + above;
    this.#view.z = remotes.z[index] ?? 0;
  }

  /** False if that is not on the screen. */
  #project(): boolean {
    const view = this.#view;
    if (!view.project()) return false;
    const { screenX, screenY } = view;
    const inWidth = screenX > -OUTSIDE_PIXELS && screenX < view.width + OUTSIDE_PIXELS;
    return inWidth && screenY > 0 && screenY < view.height + OUTSIDE_PIXELS;
  }

  /** Size of a name at the view's last distance. */
  #pixels(): number {
    const share = (this.#view.meters - FULL_SIZE_METERS) / (this.visible_meters - FULL_SIZE_METERS);
    return this.font_pixels * (1 - (1 - LEAST_SIZE) * Math.min(Math.max(share, 0), 1));
  }

  #show(remotes: RemoteEntities, index: number): void {
    const slot = this.#slots.slotAt[index] ?? 0;
    const before = this.#opacity[slot] ?? 0;
    const wanted = this.#wanted[slot] === 1;
    if (!wanted && before === 0) return;
    const step = this.#seconds / FADE_SECONDS;
    const opacity = wanted ? Math.min(1, before + step) : Math.max(0, before - step);
    this.#opacity[slot] = opacity;
    if (opacity === 0) return;
    this.#point(remotes, index);
    this.#view.measure();
    if (!this.#project()) return;
    this.#shownCount += 1;
    const buffer = this.#buffer;
    const palette = hudColors.current;
    const health = this.facts.health(index);
    const pixels = this.#pixels();
    buffer.opacity = opacity * (remotes.alpha[index] ?? 1);
    buffer.x = this.#view.screenX;
    buffer.y = this.#view.screenY;
    buffer.fontPixels = pixels;
    if (health >= 0) {
      this.#addBar(index, slot, health / FULL_HEALTH);
      buffer.y -= buffer.height + BAR_GAP_PIXELS;
    }
    const relation = this.facts.relation(index);
    buffer.addText(this.#texts[slot] ?? NO_TEXT, relation === "player" ? palette.ink : palette[relation]);
  }

  #addBar(index: number, slot: number, health: number): void {
    const buffer = this.#buffer;
    const palette = hudColors.current;
    const size = buffer.fontPixels / this.font_pixels;
    const targeted = this.facts.targeted(index);
    const width = BAR_PIXELS * size;
    const height = (targeted ? TARGET_HEIGHT_PIXELS : BAR_HEIGHT_PIXELS) * size;
    const pale = Math.max(health, (this.#pale[slot] ?? 0) - LOSS_PER_SECOND * this.#seconds);
    this.#pale[slot] = pale;
    const { x, y } = buffer;
    const cast = this.facts.cast(index);
    if (cast > 0) {
      buffer.y = y + (CAST_HEIGHT_PIXELS + 3) * size;
      this.#addPart(width, CAST_HEIGHT_PIXELS * size, 1, BAR_EDGE_PIXELS, palette.dark);
      this.#addPart(width, CAST_HEIGHT_PIXELS * size, cast / FULL_CAST, 0, palette.cast);
      buffer.y = y;
    }
    this.#addPart(width, height, 1, BAR_EDGE_PIXELS, palette.dark);
    if (pale > health) this.#addPart(width, height, pale, 0, palette.ink);
    this.#addPart(width, height, health, 0, health < LOW_SHARE ? palette.healthLow : palette.health);
    if (targeted) {
      for (let side = -1; side <= 1; side += 2) {
        buffer.x = x + side * (width / 2 + 2 * EDGE_PIXELS * size);
        buffer.y = y + EDGE_PIXELS * size;
        this.#addPart(EDGE_PIXELS * size, height + 2 * EDGE_PIXELS * size, 1, 1, palette.gold);
      }
    } else if (this.facts.relation(index) === "party") {
      buffer.x = x - width / 2 - MARK_PIXELS * size;
      buffer.y = y + (MARK_PIXELS * size - height) / 2;
      buffer.width = MARK_PIXELS * size;
      buffer.height = MARK_PIXELS * size;
      buffer.addShape(PlateShape.diamond, palette.party);
    }
    buffer.x = x;
    buffer.y = y;
    buffer.height = height;
  }

  #addPart(width: number, height: number, share: number, edge: number, color: PlateColor): void {
    const buffer = this.#buffer;
    buffer.width = width;
    buffer.height = height;
    buffer.share = share;
    buffer.edge = edge;
    buffer.addBar(color);
  }

  #flush(): void {
    const { count, floats } = this.#buffer;
    const shown = count > 0;
    if (shown) this.#squares.show(floats, count);
    if (this.#visible !== shown) this.visible = shown;
    this.#visible = shown;
  }
}
