import { Control, type Exports, type Font, MultiMesh, QuadMesh, RenderingServer, ShaderMaterial, Vector2 } from "godot";
import type { RemoteEntities } from "../../client/remote-entities.ts";
import { ARCHETYPES, knownArchetype } from "./archetypes.ts";
import { type CharacterFacts, NO_FACTS } from "./character-facts.ts";
import { EntitySlots, withRoom } from "./entity-slots.ts";
import { ATLAS_PIXELS, type AtlasText, GlyphAtlas, RANGE_PIXELS } from "./glyph-atlas.ts";
import { PlateBuffer, type PlateColor } from "./plate-buffer.ts";
import { PlateChoice } from "./plate-choice.ts";
import { ViewFrame } from "./view-frame.ts";

const FADE_SECONDS = 0.14;
/** From one choice of plates to the next: they change places slowly, and fade. */
const CHOICE_SECONDS = 0.12;
/** Names get smaller up to this share, from here on. */
const LEAST_SIZE = 0.74;
const FULL_SIZE_METERS = 10;
const LINE_SHARE = 1.25;
const BAR_SIZE = [60, 6] as const;
const BAR_EDGE_PIXELS = 1.5;
const INK: PlateColor = [0.97, 0.93, 0.84, 1];
const DARK: PlateColor = [0.05, 0.07, 0.09, 0.92];
const HEALTH: PlateColor = [0.62, 0.78, 0.36, 1];
/** Half of it lost, a quarter left. */
const LOW_HEALTH: PlateColor = [0.9, 0.5, 0.3, 1];
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
  readonly #view = new ViewFrame();
  readonly #buffer = new PlateBuffer();
  #choice = new PlateChoice(1);
  #atlas: GlyphAtlas | undefined;
  #many = new MultiMesh();
  #capacity = 0;
  #shownCount = 0;
  #sinceChoice = 0;
  /** By slot: its text, whether it is to be shown, and how much of it is, 0 to 1. */
  #texts: AtlasText[] = [];
  #wanted = new Uint8Array(0);
  #opacity = new Float32Array(0);
  #textRevision = -1;

  /** Plates in the last frame. */
  get shown(): number {
    return this.#shownCount;
  }

  _ready(): void {
    this.#choice = new PlateChoice(this.most_plates);
    const { font } = this;
    const material = this.material;
    if (font === null || !(material instanceof ShaderMaterial)) return;
    const square = new QuadMesh();
    square.size = new Vector2(1, 1);
    const many = this.#many;
    many.transform_format = MultiMesh.TRANSFORM_2D;
    many.use_colors = true;
    many.use_custom_data = true;
    many.mesh = square;
    many.visible_instance_count = 0;
    this.#atlas = new GlyphAtlas(font);
    material.set_shader_parameter("atlas", this.#atlas.texture);
    material.set_shader_parameter("atlas_pixels", ATLAS_PIXELS);
    material.set_shader_parameter("range_pixels", RANGE_PIXELS);
    this.visible = false;
  }

  _draw(): void {
    RenderingServer.canvas_item_add_multimesh(this.get_canvas_item(), this.#many.get_rid());
  }

  /** One frame, after the camera has moved: shows the names of these, or none. */
  show_names(remotes: RemoteEntities | undefined, seconds: number): void {
    const buffer = this.#buffer;
    buffer.clear();
    this.#shownCount = 0;
    if (remotes !== undefined && remotes.count > 0 && this.#view.look(this)) {
      this.#slots.follow(remotes);
      if (remotes.revision !== this.#textRevision) this.#readNames(remotes);
      this.#sinceChoice += seconds;
      if (this.#sinceChoice >= CHOICE_SECONDS) this.#choose(remotes);
      for (let i = 0; i < remotes.count; i += 1) this.#show(remotes, i, seconds);
    }
    this.#flush();
  }

  #come(slot: number): void {
    this.#wanted = withRoom(this.#wanted, slot + 1);
    this.#opacity = withRoom(this.#opacity, slot + 1);
    this.#wanted[slot] = 0;
    this.#opacity[slot] = 0;
    this.#texts[slot] = NO_TEXT;
  }

  #readNames(remotes: RemoteEntities): void {
    this.#textRevision = remotes.revision;
    for (let i = 0; i < remotes.count; i += 1) {
      const name = remotes.name(i);
      this.#texts[this.#slots.slotAt[i] ?? 0] = name === "" ? NO_TEXT : (this.#atlas?.text(name) ?? NO_TEXT);
    }
  }

  #choose(remotes: RemoteEntities): void {
    this.#sinceChoice = 0;
    const choice = this.#choice;
    const view = this.#view;
    choice.clear();
    for (let i = 0; i < remotes.count; i += 1) {
      const slot = this.#slots.slotAt[i] ?? 0;
      const shown = this.#wanted[slot] === 1;
      this.#wanted[slot] = 0;
      const importance = this.facts.importance(i);
      const text = this.#texts[slot] ?? NO_TEXT;
      if ((text.glyphs === 0 && this.facts.health(i) < 0) || this.facts.dead(i)) continue;
      const meters = view.distance(remotes.x[i] ?? 0, remotes.y[i] ?? 0, remotes.z[i] ?? 0);
      if (meters > (importance > 0 ? IMPORTANT_METERS : this.visible_meters + (shown ? 2 : 0))) continue;
      const rank = choice.rank(meters, importance, shown);
      if (!choice.admits(rank) || !this.#project(remotes, i)) continue;
      const pixels = this.#pixels(meters);
      const width = Math.max(text.width * pixels, this.facts.health(i) < 0 ? 0 : BAR_SIZE[0]);
      const bar = this.facts.health(i) < 0 ? 0 : BAR_SIZE[1] + 4;
      choice.add(slot, rank, view.screenX, view.screenY, width + 8, pixels * LINE_SHARE + bar);
    }
    choice.choose(this.#wanted);
  }

  /** Where the plate of somebody is, its base line; false if that is not on the screen. */
  #project(remotes: RemoteEntities, index: number): boolean {
    const view = this.#view;
    const above = ARCHETYPES[knownArchetype(this.facts.archetype(index))]?.plateMeters ?? 2;
    const x = remotes.x[index] ?? 0;
    const y = (remotes.y[index] ?? 0) + above;
    if (!view.project(x, y, remotes.z[index] ?? 0)) return false;
    const { screenX, screenY } = view;
    return screenX > -60 && screenX < view.width + 60 && screenY > 0 && screenY < view.height + 20;
  }

  #pixels(meters: number): number {
    const share = Math.min(Math.max((meters - FULL_SIZE_METERS) / (this.visible_meters - FULL_SIZE_METERS), 0), 1);
    return this.font_pixels * (1 - (1 - LEAST_SIZE) * share);
  }

  #show(remotes: RemoteEntities, index: number, seconds: number): void {
    const slot = this.#slots.slotAt[index] ?? 0;
    const before = this.#opacity[slot] ?? 0;
    const wanted = this.#wanted[slot] === 1;
    if (!wanted && before === 0) return;
    const step = seconds / FADE_SECONDS;
    const opacity = wanted ? Math.min(1, before + step) : Math.max(0, before - step);
    this.#opacity[slot] = opacity;
    if (opacity === 0 || !this.#project(remotes, index)) return;
    this.#shownCount += 1;
    const { screenX, screenY, depth } = this.#view;
    const pixels = this.#pixels(depth);
    const seen = opacity * (remotes.alpha[index] ?? 1);
    const health = this.facts.health(index);
    const text = this.#texts[slot] ?? NO_TEXT;
    this.#buffer.addText(text, screenX, health < 0 ? screenY : screenY - BAR_SIZE[1] - 5, pixels, INK, seen);
    if (health >= 0) this.#addBar(screenX, screenY, pixels / this.font_pixels, health, seen);
  }

  #addBar(x: number, y: number, size: number, health: number, opacity: number): void {
    const width = BAR_SIZE[0] * size;
    const height = BAR_SIZE[1] * size;
    const left = x - width / 2;
    const top = y - height;
    const edge = BAR_EDGE_PIXELS;
    this.#buffer.addBar(left - edge, top - edge, width + 2 * edge, height + 2 * edge, DARK, opacity);
    const color = health < LOW_SHARE ? LOW_HEALTH : HEALTH;
    this.#buffer.addBar(left, top, width * Math.min(health, 1), height, color, opacity);
  }

  #flush(): void {
    const { capacity, count, floats } = this.#buffer;
    const many = this.#many;
    if (count === 0) {
      if (this.visible) this.visible = false;
      return;
    }
    if (capacity !== this.#capacity) {
      this.#capacity = capacity;
      many.instance_count = capacity;
    }
    many.visible_instance_count = count;
    many.buffer = floats;
    if (!this.visible) this.visible = true;
  }
}
