import { type Exports, type MultiMeshInstance3D, Node3D } from "godot";
import type { RemoteEntities } from "../../client/remote-entities.ts";
import { ARCHETYPES, knownArchetype } from "./archetypes.ts";
import { BodyBatch } from "./body-batch.ts";
import { OTHER_DOTS, TINT_COUNT, WHOLE } from "./character-buffer.ts";
import { type CharacterFacts, NO_FACTS } from "./character-facts.ts";
import { EntitySlots, withRoom } from "./entity-slots.ts";
import { Deed, Figures } from "./figures.ts";
import { LEVEL_COUNT, Level, LevelOfDetail } from "./level-of-detail.ts";
import type { ViewFrame } from "./view-frame.ts";

const TURN_SHARE_PER_SECOND = 10;
const MOVING_METERS_PER_SECOND = 0.4;
/** One level of detail passes into another one in this time. */
const CHANGE_SECONDS = 0.25;
/** Whoever is nearer than this is drawn behind the camera too: shadows fall into the view. */
const SHADOW_METERS = 14;
/** Who just came has no level yet to change from. */
const NEW = -1;
/**
 * Limbs of those who are seen as dots move in every so many frames only, and of those who are not seen: in a crowd most are the one or the other.
 * Where they are is always of this frame.
 */
const DOT_FRAMES = 4;
const UNSEEN_FRAMES = 8;
const LEVEL_NAMES = ["Full", "Simple", "Dot"] as const;

/**
 * Everyone else: a draw call for each kind of body and level of detail that somebody has, a write for each per frame, and nothing allocated but
 * when more come than ever were there. Its children are the kinds, with a MultiMesh for each level below.
 */
export default class RemotePlayers extends Node3D {
  static exports = {
    most_full: {
      type: "int",
      hint: "range",
      hint_string: "1,500,1",
      description: "Bodies drawn in full at most; beyond, farther ones become simpler",
    },
    most_simple: { type: "int", hint: "range", hint_string: "1,1000,1", description: "Bodies drawn simply at most" },
  } satisfies Exports;

  most_full = 56;
  most_simple = 220;
  /** What is known of them beyond where they are. */
  facts: CharacterFacts = NO_FACTS;

  readonly #figures = new Figures();
  readonly #slots = new EntitySlots((slot, index) => this.#come(slot, index));
  readonly #batches: BodyBatch[] = [];
  #levels = new LevelOfDetail(1, 1);
  #frame = 0;
  #seconds = 0;
  #remotes: RemoteEntities | undefined;
  #view!: ViewFrame;
  /** By slot: its level of detail and the one before, and how much of the change is done. */
  #level = new Uint8Array(0);
  #levelBefore = new Uint8Array(0);
  #changed = new Float32Array(0);

  _ready(): void {
    this.#levels = new LevelOfDetail(this.most_full, this.most_simple);
    for (const { name } of ARCHETYPES) {
      for (const level of LEVEL_NAMES) {
        this.#batches.push(new BodyBatch(this.get_node<MultiMeshInstance3D>(`${name}/${level}`)));
      }
    }
  }

  /** Somebody strikes along a yaw, radians. */
  strike(entity_id: number, yaw: number): void {
    this.#begin(entity_id, Deed.strike, yaw);
  }

  /** Somebody gets ready to strike along a yaw, radians, until it strikes, or relaxes. */
  prepare(entity_id: number, yaw: number): void {
    this.#begin(entity_id, Deed.prepare, yaw);
  }

  /** Somebody casts along a yaw, radians, until it relaxes or does something else. */
  cast(entity_id: number, yaw: number): void {
    this.#begin(entity_id, Deed.cast, yaw);
  }

  /** Somebody goes on casting along a yaw, radians, with both arms wide, until it relaxes or does something else. */
  channel(entity_id: number, yaw: number): void {
    this.#begin(entity_id, Deed.channel, yaw);
  }

  /** Somebody holds arms against a blow from where a yaw, radians, looks, unless it is busy. */
  block(entity_id: number, yaw: number): void {
    this.#begin(entity_id, Deed.block, yaw);
  }

  /** Somebody leaps along a yaw, radians. */
  dash(entity_id: number, yaw: number): void {
    this.#begin(entity_id, Deed.dash, yaw);
  }

  /** Somebody stretches arms out along a yaw, radians, for a moment. */
  invoke(entity_id: number, yaw: number): void {
    this.#begin(entity_id, Deed.invoke, yaw);
  }

  /** What somebody prepared or cast is over. */
  relax(entity_id: number): void {
    this.#begin(entity_id, Deed.none, 0);
  }

  be_struck(entity_id: number): void {
    const slot = this.#slots.of(entity_id);
    if (slot >= 0) this.#figures.beStruck(slot);
  }

  /** Bodies of a level of detail in the last frame; a body that is just changing counts in both. */
  drawn_at(level: number): number {
    let count = 0;
    for (let i = level; i < this.#batches.length; i += LEVEL_COUNT) count += this.#batches[i]?.count ?? 0;
    return count;
  }

  /** One frame, as the camera of `view` sees it. */
  draw(remotes: RemoteEntities, view: ViewFrame, seconds: number): void {
    this.#remotes = remotes;
    this.#view = view;
    this.#seconds = seconds;
    this.#frame = (this.#frame + 1) % UNSEEN_FRAMES;
    this.#figures.seconds = seconds;
    this.#slots.follow(remotes);
    if (!view.present) return;
    const pixels = view.pixelsPerMeter * view.screenScale;
    this.#levels.prepare(pixels, seconds, this.drawn_at(Level.full), this.drawn_at(Level.simple));
    for (let i = 0; i < this.#batches.length; i += 1) this.#batches[i]?.begin();
    for (let i = 0; i < remotes.count; i += 1) this.#drawOne(remotes, i);
    for (let i = 0; i < this.#batches.length; i += 1) this.#batches[i]?.end();
  }

  #begin(entityId: number, deed: Deed, yaw: number): void {
    const slot = this.#slots.of(entityId);
    if (slot >= 0) this.#figures.begin(slot, deed, yaw);
  }

  #come(slot: number, index: number): void {
    const remotes = this.#remotes;
    if (remotes === undefined) return;
    this.#figures.reset(slot, remotes.yaw[index] ?? 0, 1 + ((remotes.entityId[index] ?? 0) % (TINT_COUNT - 1)));
    this.#level = withRoom(this.#level, slot + 1);
    this.#levelBefore = withRoom(this.#levelBefore, slot + 1);
    this.#changed = withRoom(this.#changed, slot + 1);
    this.#figures.x[slot] = remotes.x[index] ?? 0;
    this.#figures.z[slot] = remotes.z[index] ?? 0;
    this.#figures.turnShare[slot] = TURN_SHARE_PER_SECOND;
    this.#level[slot] = Level.dot;
    this.#changed[slot] = NEW;
  }

  #drawOne(remotes: RemoteEntities, index: number): void {
    const figures = this.#figures;
    const view = this.#view;
    const slot = this.#slots.slotAt[index] ?? 0;
    const x = remotes.x[index] ?? 0;
    const z = remotes.z[index] ?? 0;
    const speed = remotes.speed[index] ?? 0;
    const dx = x - (figures.x[slot] ?? 0);
    const dz = z - (figures.z[slot] ?? 0);
    const moving = speed > MOVING_METERS_PER_SECOND && (dx !== 0 || dz !== 0);
    figures.x[slot] = x;
    figures.y[slot] = remotes.y[index] ?? 0;
    figures.z[slot] = z;
    figures.speed[slot] = speed;
    figures.animation[slot] = remotes.animation[index] ?? 0;
    // As `facingOf`, whose answer would be put on the heap for everybody who walks.
    figures.wish[slot] = moving ? Math.atan2(-dx, -dz) : (remotes.yaw[index] ?? 0);
    figures.lie(slot, this.facts.dead(index));
    view.x = x;
    view.y = (figures.y[slot] ?? 0) + 1;
    view.z = z;
    view.measure();
    this.#changeLevel(slot);
    const seen = view.inView || view.meters < SHADOW_METERS;
    this.#advance(slot, seen);
    if (seen) this.#addBody(remotes, index, slot);
  }

  #advance(slot: number, seen: boolean): void {
    const dot = this.#level[slot] === Level.dot && (this.#changed[slot] ?? 0) >= 1;
    const frames = !seen ? UNSEEN_FRAMES : dot ? DOT_FRAMES : 1;
    // Not all in the same frame.
    if ((this.#frame + slot) % frames === 0) this.#figures.advance(slot);
    else this.#figures.wait(slot);
  }

  #changeLevel(slot: number): void {
    const changed = this.#changed[slot] ?? 0;
    if (changed >= 0 && changed < 1) {
      this.#changed[slot] = Math.min(1, changed + this.#seconds / CHANGE_SECONDS);
      return;
    }
    const before = this.#level[slot] ?? 0;
    this.#levels.meters = this.#view.meters;
    const level = this.#levels.levelAt(before);
    if (level === before && changed >= 0) return;
    this.#level[slot] = level;
    this.#levelBefore[slot] = before;
    this.#changed[slot] = changed === NEW ? 1 : 0;
  }

  /** While it changes its level, both are drawn, and share the dots. */
  #addBody(remotes: RemoteEntities, index: number, slot: number): void {
    const first = knownArchetype(this.facts.archetype(index)) * LEVEL_COUNT;
    const alpha = remotes.alpha[index] ?? 1;
    const changed = this.#changed[slot] ?? 1;
    const dots = Math.round(WHOLE * Math.min(alpha, changed));
    const batch = this.#batches[first + (this.#level[slot] ?? 0)];
    if (dots > 0) batch?.add(this.#figures, slot, dots);
    if (changed >= 1 || alpha < 1) return;
    this.#batches[first + (this.#levelBefore[slot] ?? 0)]?.add(this.#figures, slot, dots + OTHER_DOTS);
  }
}
