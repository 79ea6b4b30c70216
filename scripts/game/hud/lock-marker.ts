import { type Control, Vector2 } from "godot";
import { ARCHETYPES, knownArchetype } from "../character/archetypes.ts";
import { FlatSquares } from "../character/flat-squares.ts";
import { comfort } from "../settings/comfort.ts";
import type { Fingerprint } from "./fingerprint.ts";
import type { HudFrame } from "./hud-frame.ts";
import HudPart from "./hud-part.ts";
import { MAP_PIXELS } from "./minimap.ts";
import { relationColor } from "./paint-level.ts";
import { PARTY_FRAMES } from "./party-frames.ts";
import { TARGET_FRAME } from "./target-frame.ts";

const SIZE_PIXELS = 26;
/** Of the viewport, from above the head to where the name over the bar ends: plates do not grow with the interface. */
const PLATE_PIXELS = 36;
/** From there to the middle of the mark: half of it, and its arrow. */
const ABOVE_PIXELS = 22;
/** How far from the edge of the screen it stays, for one that is outside of it. */
const EDGE_PIXELS = 96;
/** Between it and other parts of the interface: they would cover it. */
const APART_PIXELS = 44;
/** Below the target's frame and what is on the target. */
const TOP_PIXELS = TARGET_FRAME.bottom + 80;
/** Beside the map, and below the name under it. */
const MAP_WIDTH_PIXELS = MAP_PIXELS + 24 + APART_PIXELS;
const MAP_BOTTOM_PIXELS = MAP_PIXELS + 72 + 34 + APART_PIXELS;

/**
 * The mark over who is locked on to, through whatever stands between; at the edge of the screen, with an arrow and the distance, for one that is
 * not on it. It moves whenever the view does: its child "Mark" draws it, apart from all other parts, so that these need not be written anew.
 */
export default class LockMarker extends HudPart {
  #x = 0;
  #y = 0;
  /** Turn of the arrow to one that is not on the screen; negative for one that is. */
  #turn = -1;
  readonly #squares = new FlatSquares();
  readonly #place = new Vector2();
  #mark!: Control;

  _ready(): void {
    this.#mark = this.get_node<Control>("Mark");
    this.#mark.connect("draw", () => this.#squares.drawOn(this.#mark));
  }

  /** After a frame whose picture is another one. */
  put(): void {
    this.#squares.show(this.quads.floats, this.quads.count);
  }

  protected override watch(frame: HudFrame, watch: Fingerprint): boolean {
    const { target, death } = frame.client.combat;
    if (death.dead || target.entityId === 0 || !this.#find(frame)) return false;
    watch.add(target.revision);
    // Over its target it is the same picture elsewhere.
    const pointing = this.#turn >= 0;
    watch.add(pointing ? this.#x : 0);
    watch.add(pointing ? this.#y : 0);
    watch.add(this.#turn);
    this.#move(pointing ? 0 : this.#x, pointing ? 0 : this.#y);
    return true;
  }

  protected override paint({ client, colors }: HudFrame): void {
    const { target } = client.combat;
    const { quads } = this;
    const over = this.#turn < 0;
    const [x, y] = over ? [0, 0] : [this.#x, this.#y];
    const half = SIZE_PIXELS / 2;
    quads.diamond(x - half - 2, y - half - 2, SIZE_PIXELS + 4, 0, colors.dark);
    quads.diamond(x - half, y - half, SIZE_PIXELS, 4, colors.gold);
    quads.diamond(x - 5, y - 5, 10, 0, relationColor(target.relation, colors));
    if (over) {
      quads.arrow(x - 9, y + half - 4, 18, 0.25, colors.gold);
      return;
    }
    const along = this.#turn * 2 * Math.PI;
    const [ax, ay] = [Math.round(x + Math.cos(along) * 30), Math.round(y + Math.sin(along) * 30)];
    quads.markX = ax;
    quads.markY = ay;
    quads.pointerTurn = this.#turn;
    quads.markPointer(32, colors.dark);
    quads.markPointer(24, colors.gold);
    quads.text(`${target.distanceMeters} m`, x, y + (ay > y + 20 ? -24 : 38), 16, colors.ink, "middle");
  }

  /** Whole pixels. The engine is asked nothing: the mark is where it was put. */
  #move(x: number, y: number): void {
    const place = this.#place;
    if (place.x === x && place.y === y) return;
    place.x = x;
    place.y = y;
    this.#mark.position = place;
  }

  /** Where the mark stands, whole pixels; false if the target is nowhere. */
  #find({ client, facts, view, scale }: HudFrame): boolean {
    const { remotes, combat } = client;
    const index = remotes.indexOf(combat.target.entityId);
    if (index < 0 || !view.present) return false;
    const head = ARCHETYPES[knownArchetype(facts.archetype(index))]?.plateMeters ?? 2;
    view.x = remotes.x[index] ?? 0;
    view.y = (remotes.y[index] ?? 0) + head;
    view.z = remotes.z[index] ?? 0;
    const ahead = view.project();
    // The part covers the interface, which may be scaled.
    const { width, height } = view;
    const [x, y] = [view.screenX / scale, (view.screenY - PLATE_PIXELS * comfort.plateGrowth) / scale - ABOVE_PIXELS];
    const [right, bottom] = [width / scale, height / scale];
    const inside = ahead && x > EDGE_PIXELS / 2 && x < right - EDGE_PIXELS / 2 && y > 20 && y < bottom - EDGE_PIXELS;
    if (inside) this.#stand(x, y, -1);
    else this.#point(right, bottom, x, y, ahead, combat.party.count);
    return true;
  }

  /** On an ellipse within the edges, towards a point that is beyond them, or behind; beside what lies there of the map and of so many members' frames. */
  #point(right: number, bottom: number, x: number, y: number, ahead: boolean, members: number): void {
    const side = ahead ? 1 : -1;
    const dx = side * (x - right / 2) || 1;
    const dy = ahead ? y - bottom / 2 : Math.abs(y - bottom / 2) + bottom / 4;
    const [rx, ry] = [right / 2 - EDGE_PIXELS, bottom / 2 - EDGE_PIXELS * 1.4];
    const share = 1 / Math.hypot(dx / rx, dy / ry);
    const turn = Math.atan2(dy, dx) / (2 * Math.PI);
    const up = Math.max(bottom / 2 + dy * share, TOP_PIXELS);
    const partyBottom = members === 0 ? 0 : PARTY_FRAMES.top + members * PARTY_FRAMES.step + APART_PIXELS;
    const left = up < partyBottom ? PARTY_FRAMES.right + APART_PIXELS : 0;
    const most = up < MAP_BOTTOM_PIXELS ? right - MAP_WIDTH_PIXELS : right;
    const along = Math.min(Math.max(right / 2 + dx * share, left), most);
    this.#stand(along, up, turn < 0 ? turn + 1 : turn);
  }

  #stand(x: number, y: number, turn: number): void {
    this.#x = Math.round(x);
    this.#y = Math.round(y);
    this.#turn = turn < 0 ? -1 : Math.round(turn * 64) / 64;
  }
}
