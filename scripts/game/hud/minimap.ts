import { type InputEvent, InputEventMouseButton, MouseButton } from "godot";
import type { OwnView } from "../../client/own-view.ts";
import type { RemoteEntities } from "../../client/remote-entities.ts";
import { FighterState } from "../../protocol/combat/combat-words.ts";
import type { Zone } from "../../simulation/zone-file.ts";
import { comfort } from "../settings/comfort.ts";
import type { Fingerprint } from "./fingerprint.ts";
import type HudCanvas from "./hud-canvas.ts";
import type { HudFrame } from "./hud-frame.ts";
import type { HudPalette } from "./hud-palette.ts";
import HudPart from "./hud-part.ts";
import { LastSeen } from "./last-seen.ts";
import { nearestOfBorder } from "./map-borders.ts";
import { MAP_REACHES_METERS, MapFrame, USUAL_REACH } from "./map-frame.ts";
import { MemberBearing } from "./member-bearing.ts";

export const MAP_PIXELS = 184;
const RADIUS = MAP_PIXELS / 2;
/** Of marks: between their middle and the rim. */
const MARGIN = 10;
const CLAMPED_MARGIN = 11;
/** What others do is drawn anew so often a second, and the player's own way by half pixels. */
const STEPS_PER_SECOND = 12;
const TURN_STEPS = 64;
const NEAR_PLACE_METERS = 45;
const PLACE_PIXELS = 16;
const HINT_PIXELS = 28;
/** Around a sign a click is for it: so high, and a third of the map wide. */
const TOUCH_PIXELS = 44;
const SIGN_PIXELS = 22;
/** The keys that have the signs on them. */
const SIGN_KEYS = { "–": "-", "+": "=" } as const;
const PRESENT_ALPHA = 0.5;
const FAINT = 0.55;

/**
 * The land around the player: coast, hills and what is built, borders with what lies beyond, places with a name, the party wherever it is by what is seen and told, others
 * and creatures, and who is locked on to. Every kind has a shape of its own: the party squares, players discs, creatures diamonds, filled when they fight.
 */
export default class Minimap extends HudPart {
  override readonly patient = true;
  readonly #map = new MapFrame();
  readonly #lastSeen = new LastSeen();
  readonly #bearing = new MemberBearing();
  #reach = USUAL_REACH;
  #zone: Zone | undefined;
  /** Names of the neighbours, by the zone's borders, and the point of a border that was asked about last. */
  #neighbours: readonly string[] = [];
  readonly #border = { x: 0.5, z: 0.5 };

  override _gui_input(event: InputEvent): void {
    if (!(event instanceof InputEventMouseButton) || !event.pressed) return;
    const { button_index: button } = event;
    if (button === MouseButton.MOUSE_BUTTON_WHEEL_UP) this.zoom(-1);
    else if (button === MouseButton.MOUSE_BUTTON_WHEEL_DOWN) this.zoom(1);
    else if (button === MouseButton.MOUSE_BUTTON_LEFT) this.#click(event.position.x, event.position.y);
    else return;
    this.accept_event();
  }

  /** A click on the sign for less, on the left, or for more, on the right. */
  #click(x: number, y: number): void {
    if (y < MAP_PIXELS - TOUCH_PIXELS) return;
    if (x < MAP_PIXELS / 3) this.zoom(1);
    else if (x > (2 * MAP_PIXELS) / 3) this.zoom(-1);
  }

  /** One that turns with the view is seen to lag behind it. */
  override hasty(_frame: HudFrame): boolean {
    return comfort.mapTurns && !comfort.reducedMotion;
  }

  /** Shows more of the zone, or less, by so many steps. */
  zoom(steps: number): void {
    this.#reach = Math.min(Math.max(this.#reach + steps, 0), MAP_REACHES_METERS.length - 1);
  }

  /** From the player to the rim, metres. */
  get reach_meters(): number {
    return MAP_REACHES_METERS[this.#reach] ?? 0;
  }

  protected override watch({ client, seconds }: HudFrame, watch: Fingerprint): boolean {
    const { own, remotes, combat, zone } = client;
    if (zone === undefined || comfort.small) return false;
    if (zone !== this.#zone) this.#enter(zone);
    const map = this.#map;
    map.reachMeters = this.reach_meters;
    map.radiusPixels = RADIUS;
    map.look(own.x, own.z, comfort.mapTurns && !comfort.reducedMotion ? own.yawRadians : 0);
    const halfPixels = 2 * map.pixelsPerMeter;
    watch.add(this.#reach);
    watch.add(Math.round(own.x * halfPixels));
    watch.add(Math.round(own.z * halfPixels));
    watch.add(Math.round(own.yawRadians * TURN_STEPS));
    watch.add(map.turn === 0 ? 0 : 1);
    watch.add(combat.target.entityId);
    watch.add(combat.party.revision);
    for (let i = 0; i < combat.party.count; i += 1) {
      const member = combat.party.members[i];
      if (member !== undefined && this.#bearing.find(member, own, combat.serverTick))
        watch.add(this.#bearing.faint ? 1 : 0);
    }
    watch.add(remotes.count === 0 ? 0 : Math.floor(seconds * STEPS_PER_SECOND));
    return true;
  }

  protected override paint(frame: HudFrame): void {
    const { client, colors } = frame;
    const { quads } = this;
    const zone = this.#zone;
    if (zone === undefined) return;
    quads.box(-3, -3, MAP_PIXELS + 6, MAP_PIXELS + 6, colors.dark, RADIUS + 3);
    quads.map(this.#map, RADIUS, RADIUS);
    this.#paintPlaces(zone, frame);
    const { remotes } = client;
    for (let index = 0; index < remotes.count; index += 1) this.#paintOther(index, frame);
    this.#paintParty(frame);
    this.#paintTarget(frame);
    this.#paintSelf(frame);
    quads.rim(-3, -3, MAP_PIXELS + 6, MAP_PIXELS + 6, colors.panelEdge, RADIUS + 3, 2);
    this.#paintNorth(frame);
    this.#paintHints(frame);
  }

  #enter(zone: Zone): void {
    this.#zone = zone;
    this.#neighbours = zone.borders.map(({ neighbour }) => neighbour.charAt(0).toUpperCase() + neighbour.slice(1));
    this.#lastSeen.clear();
    this.get_node<HudCanvas>("../Canvas").use_map(zone);
    this.invalidate();
  }

  /** Small marks, the name of the nearest one below the map, and of a neighbour where its border can be seen. */
  #paintPlaces(zone: Zone, { client, colors }: HudFrame): void {
    const { quads } = this;
    const map = this.#map;
    const { own } = client;
    const { pointsOfInterest: places } = zone;
    let nearest = -1;
    let nearestMeters = NEAR_PLACE_METERS;
    for (let i = 0; i < places.length; i += 1) {
      const place = places[i];
      if (place === undefined) continue;
      const meters = Math.sqrt((place.x - own.x) ** 2 + (place.z - own.z) ** 2);
      if (meters < nearestMeters && place.name !== "") {
        nearestMeters = meters;
        nearest = i;
      }
      if (!map.find(place.x, place.z, MARGIN)) continue;
      this.#move();
      quads.markBox(9, 2, colors.dark);
      quads.markBox(5, 1, colors.gold);
    }
    const name = places[nearest]?.name ?? "";
    if (name !== "") {
      const width = Math.ceil(quads.widthOf(name, PLACE_PIXELS)) + 24;
      quads.box(Math.round(RADIUS - width / 2), MAP_PIXELS + 8, width, 26, colors.panel, 8);
      quads.text(name, RADIUS, MAP_PIXELS + 26, PLACE_PIXELS, colors.ink, "middle");
    }
    for (let i = 0; i < zone.borders.length; i += 1) this.#paintNeighbour(i, zone, client.own, colors);
  }

  #paintNeighbour(index: number, { borders, sizeMeters }: Zone, own: OwnView, colors: HudPalette): void {
    const border = borders[index];
    const name = this.#neighbours[index];
    if (border === undefined || name === undefined) return;
    const map = this.#map;
    const at = this.#border;
    nearestOfBorder(border, sizeMeters, own, at);
    if (!map.find(at.x, at.z, 0)) return;
    map.clamp(this.quads.widthOf(name, PLACE_PIXELS) / 2 + MARGIN);
    const [x, y] = [Math.round(RADIUS + map.x), Math.round(RADIUS + map.y + 6)];
    this.quads.text(name, x, y, PLACE_PIXELS, colors.gold, "middle");
  }

  #paintOther(index: number, { client, colors }: HudFrame): void {
    const { remotes, combat } = client;
    const { quads } = this;
    const state = remotes.state[index] ?? 0;
    if ((remotes.alpha[index] ?? 0) < PRESENT_ALPHA || (state & FighterState.dead) !== 0) return;
    const relation = combat.nameplates.relation(index);
    if (relation === "party" || !this.#find(remotes, index)) return;
    if (relation !== "creature") {
      quads.markBox(10, 5, colors.dark);
      quads.markBox(7, 3.5, colors.player);
      return;
    }
    const fights = (state & FighterState.inCombat) !== 0;
    quads.markDiamond(fights ? 18 : 13, 0, colors.dark);
    if (fights) quads.markDiamond(14, 0, colors.creature);
    else quads.markDiamond(11, 3, colors.creature);
  }

  /**
   * Members are at the rim when they are farther away. Out of sight they are hollow where they were told to be, or seen last, and an arrow at the rim;
   * faint when nothing was told for long.
   */
  #paintParty({ client, colors }: HudFrame): void {
    const { remotes, combat, own } = client;
    const { quads } = this;
    const map = this.#map;
    for (let i = 0; i < combat.party.count; i += 1) {
      const member = combat.party.members[i];
      if (member === undefined || member.entityId === own.entityId) continue;
      const index = remotes.indexOf(member.entityId);
      if (index >= 0) this.#lastSeen.see(member.entityId, remotes.x[index] ?? 0, remotes.z[index] ?? 0);
      const told = index < 0 && this.#bearing.find(member, own, combat.serverTick);
      if (index < 0 && !told && !this.#lastSeen.look(member.entityId)) continue;
      if (index >= 0) this.#find(remotes, index);
      else if (told) map.find(member.placeX, member.placeZ, CLAMPED_MARGIN);
      else map.find(this.#lastSeen.x, this.#lastSeen.z, CLAMPED_MARGIN);
      const beyond = map.pixels > RADIUS - CLAMPED_MARGIN;
      map.clamp(CLAMPED_MARGIN);
      this.#move();
      quads.opacity = index >= 0 || (told && !this.#bearing.faint) ? 1 : FAINT;
      if (told && beyond && !member.dead) {
        this.#paintAway(colors);
        continue;
      }
      quads.markBox(14, 3, colors.dark);
      if (member.dead) quads.markCross(10, 4, colors.refused);
      else if (index >= 0) quads.markBox(10, 2, colors.party);
      else quads.markRim(10, 2, 2, colors.party);
    }
    quads.opacity = 1;
  }

  /** An arrow outwards, where the mark is now. */
  #paintAway(colors: HudPalette): void {
    const { quads } = this;
    quads.pointerTurn = Math.atan2(this.#map.y, this.#map.x) / (2 * Math.PI);
    quads.markPointer(28, colors.dark);
    quads.markPointer(20, colors.party);
  }

  #paintTarget({ client, colors }: HudFrame): void {
    const { remotes, combat } = client;
    const index = remotes.indexOf(combat.target.entityId);
    if (index < 0) return;
    this.#find(remotes, index);
    this.#map.clamp(CLAMPED_MARGIN);
    this.#move();
    this.quads.markDiamond(26, 5, colors.dark);
    this.quads.markDiamond(24, 3, colors.gold);
  }

  /** A pointer along the view. */
  #paintSelf({ client, colors }: HudFrame): void {
    const { quads } = this;
    const turn = client.own.yawRadians - this.#map.turn;
    quads.markX = RADIUS;
    quads.markY = RADIUS;
    // Yaw turns to the left from north, pointers to the right from east.
    quads.pointerTurn = -turn / (2 * Math.PI) - 0.25;
    quads.markPointer(30, colors.dark);
    quads.markPointer(22, colors.self);
  }

  #paintNorth({ colors }: HudFrame): void {
    const { quads } = this;
    const map = this.#map;
    // North is up on a map that does not turn, and to the right of up by as much as it turns to the left.
    const x = Math.round(RADIUS + Math.sin(map.turn) * (RADIUS - 1));
    const y = Math.round(RADIUS - Math.cos(map.turn) * (RADIUS - 1));
    quads.box(x - 11, y - 11, 22, 22, colors.dark, 11);
    quads.text("N", x, y + 6, 16, colors.gold, "middle");
  }

  /** The signs for less and more, each with its key. */
  #paintHints({ bindings, colors }: HudFrame): void {
    this.#paintHint(bindings.of("map_farther"), "–", "left", colors);
    this.#paintHint(bindings.of("map_closer"), "+", "right", colors);
  }

  #paintHint(key: string, sign: "–" | "+", side: "left" | "right", colors: HudPalette): void {
    const { quads } = this;
    // Where the key itself says it, once is enough; plus needs no Shift here.
    const alone = key === "" || key === SIGN_KEYS[sign];
    const text = alone ? sign : side === "left" ? `${sign} ${key}` : `${key} ${sign}`;
    const pixels = alone ? SIGN_PIXELS : PLACE_PIXELS;
    const width = Math.max(Math.ceil(quads.widthOf(text, pixels)) + 14, HINT_PIXELS);
    const x = side === "left" ? 0 : MAP_PIXELS - width;
    quads.box(x, MAP_PIXELS - HINT_PIXELS, width, HINT_PIXELS, colors.panel, HINT_PIXELS / 2);
    quads.text(text, x + width / 2, MAP_PIXELS - 6, pixels, colors.ink, "middle");
  }

  #find(remotes: RemoteEntities, index: number): boolean {
    const found = this.#map.find(remotes.x[index] ?? 0, remotes.z[index] ?? 0, MARGIN);
    this.#move();
    return found;
  }

  /** The next mark stands where the map's last place is. */
  #move(): void {
    this.quads.markX = Math.round((RADIUS + this.#map.x) * 2) / 2;
    this.quads.markY = Math.round((RADIUS + this.#map.y) * 2) / 2;
  }
}
