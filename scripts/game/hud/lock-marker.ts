import { type Control, Vector2 } from "godot";
import { ARCHETYPES, knownArchetype } from "../character/archetypes.ts";
import { FlatSquares } from "../character/flat-squares.ts";
import { TAKEN_TEXTS } from "../fight/text-style.ts";
import { comfort } from "../settings/comfort.ts";
import type { Fingerprint } from "./fingerprint.ts";
import type { HudFrame } from "./hud-frame.ts";
import HudPart from "./hud-part.ts";
import { PARTY_PLACE, SMALL_PLACES, TOP_FRAMES } from "./hud-places.ts";
import { MAP_PIXELS } from "./minimap.ts";
import { relationColor } from "./paint-level.ts";
import { memberStep } from "./party-frames.ts";

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
const TOP_PIXELS = TOP_FRAMES.bottom + 80;
/** Above the line of what was refused, to either side of the middle: from the lower edge. */
const NOTICE_PIXELS = 196 + 46;
const NOTICE_HALF_PIXELS = 300;
/** In the smallest windows it stays between the frames above and the bar below. */
const SMALL_EDGE_PIXELS = 56;
const SMALL_TOP_PIXELS = TOP_FRAMES.smallBottom + 52;
const SMALL_BOTTOM_PIXELS = 112;
/** Of the player's body, to either side of its middle. */
const BODY_PIXELS = 24;
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
  #find(frame: HudFrame): boolean {
    const { client, facts, view, scale } = frame;
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
    const [x, y] = [view.screenX / scale, (view.screenY - PLATE_PIXELS) / scale - ABOVE_PIXELS];
    const [right, bottom] = [width / scale, height / scale];
    const inside = ahead && x > EDGE_PIXELS / 2 && x < right - EDGE_PIXELS / 2 && y > 20 && y < bottom - EDGE_PIXELS;
    // In the smallest windows a head may be behind the frames above: its plate says as well who it is.
    if (inside && comfort.small && y < TOP_FRAMES.smallBottom + SIZE_PIXELS) return false;
    if (inside) this.#stand(x, y, -1);
    else this.#point(right, bottom, x, y, ahead, frame);
    return true;
  }

  /** On an ellipse within the edges, towards a point that is beyond them, or behind; beside what lies there of the map, the party's frames and what was refused. */
  #point(right: number, bottom: number, x: number, y: number, ahead: boolean, frame: HudFrame): void {
    const members = frame.client.combat.party.count;
    const side = ahead ? 1 : -1;
    const dx = side * (x - right / 2) || 1;
    const dy = ahead ? y - bottom / 2 : Math.abs(y - bottom / 2) + bottom / 4;
    const turn = Math.atan2(dy, dx) / (2 * Math.PI);
    const toRight = turn < 0 ? turn + 1 : turn;
    if (comfort.small) {
      const [rx, ry] = [right / 2 - SMALL_EDGE_PIXELS, bottom / 2 - SMALL_EDGE_PIXELS];
      const share = 1 / Math.hypot(dx / rx, dy / ry);
      const up = Math.min(Math.max(bottom / 2 + dy * share, SMALL_TOP_PIXELS), bottom - SMALL_BOTTOM_PIXELS);
      const most = members === 0 ? right : right + (SMALL_PLACES.PartyFrames?.left ?? 0) - APART_PIXELS;
      this.#stand(this.#besideTaken(Math.min(right / 2 + dx * share, most), up, frame), up, toRight);
      return;
    }
    const [rx, ry] = [right / 2 - EDGE_PIXELS, bottom / 2 - EDGE_PIXELS * 1.4];
    const share = 1 / Math.hypot(dx / rx, dy / ry);
    const overNotice = Math.abs(dx * share) < NOTICE_HALF_PIXELS;
    const lowest = overNotice ? bottom - NOTICE_PIXELS : bottom;
    const up = Math.max(Math.min(bottom / 2 + dy * share, lowest), TOP_PIXELS);
    const partyBottom = members === 0 ? 0 : PARTY_PLACE.top + members * memberStep() + APART_PIXELS;
    const left = up < partyBottom ? PARTY_PLACE.right + APART_PIXELS : 0;
    const most = up < MAP_BOTTOM_PIXELS ? right - MAP_WIDTH_PIXELS : right;
    const along = Math.min(Math.max(right / 2 + dx * share, left), most);
    this.#stand(this.#besideTaken(along, up, frame), up, toRight);
  }

  /** What is done to the player is told beside its body: there, the mark stands on the other side of that. */
  #besideTaken(x: number, y: number, { client, view, scale }: HudFrame): number {
    const { own } = client;
    view.x = own.x;
    view.y = own.y + TAKEN_TEXTS.meters;
    view.z = own.z;
    if (!view.project()) return x;
    const size = comfort.combatTextSize / scale;
    const [bodyX, bodyY] = [view.screenX / scale, view.screenY / scale];
    const aside = Math.abs(x - bodyX - TAKEN_TEXTS.asidePixels * size);
    const clear = aside > TAKEN_TEXTS.halfWidthPixels * size + APART_PIXELS;
    const above = y < bodyY - APART_PIXELS;
    const below = y > bodyY + TAKEN_TEXTS.sinkPixels * size + APART_PIXELS;
    return clear || above || below ? x : bodyX - APART_PIXELS - BODY_PIXELS;
  }

  #stand(x: number, y: number, turn: number): void {
    this.#x = Math.round(x);
    this.#y = Math.round(y);
    this.#turn = turn < 0 ? -1 : Math.round(turn * 64) / 64;
  }
}
