import { Node } from "godot";
import type { GameClient } from "../../client/game-client.ts";
import type { Zone } from "../../simulation/zone-file.ts";
import { ARCHETYPES } from "../character/archetypes.ts";
import type Bolts from "../character/bolts.ts";
import type GroundMarks from "../character/ground-marks.ts";
import { MarkShape } from "../character/ground-marks.ts";
import { type HudColor, hudColors } from "../hud/hud-palette.ts";
import type { FightFacts } from "./fight-facts.ts";
import type { FightPlaces } from "./fight-places.ts";
import { Flights, MOST_FLIGHTS } from "./flights.ts";
import { MarkSlope } from "./mark-slope.ts";
import { PassingMarks } from "./passing-marks.ts";

/** Where a bolt is aimed at, above the feet. */
const CHEST_METERS = 1.1;
const BOLT_METERS = 0.85;
const SPARK_METERS = 0.45;
/** From one spark of a channel to the next, and how long it is under way. */
const SPARK_SECONDS = 0.11;
const SPARK_FLIGHT_SECONDS = 0.22;
const TARGET_RING_SHARE = 1.25;

/** What flies, what marks the ground, and the ring under the one who is locked on to: drawn anew in every frame, in two draw calls at most. */
export default class GroundShow extends Node {
  readonly flights = new Flights();
  readonly marks = new PassingMarks();
  readonly #slope = new MarkSlope();
  #zone: Zone | undefined;
  #sinceSpark = 0;
  #bolts!: Bolts;
  #ground!: GroundMarks;

  _ready(): void {
    this.#bolts = this.get_node<Bolts>("%Bolts");
    this.#ground = this.get_node<GroundMarks>("%GroundMarks");
  }

  /** Time goes on, before anything new begins. */
  advance(seconds: number): void {
    this.flights.advance(seconds);
    this.marks.advance(seconds);
  }

  /** One frame; without a client there is nothing to be seen. */
  show(client: GameClient | undefined, facts: FightFacts, places: FightPlaces, seconds: number): void {
    if (client === undefined) {
      this.flights.clear();
      this.marks.clear();
    } else this.#addSparks(client, places, seconds);
    this.#bolts.begin();
    for (let slot = 0; slot < MOST_FLIGHTS; slot += 1) if (this.flights.alive[slot] === 1) this.#fly(slot, places);
    this.#bolts.end();
    this.#ground.begin();
    this.#zone = client?.zone;
    if (client !== undefined) this.#markTarget(client, facts, places);
    for (let slot = 0; slot < this.marks.count; slot += 1) if (this.marks.look(slot)) this.#mark(slot);
    this.#ground.end();
  }

  /** A channel at somebody is a stream of sparks to it. */
  #addSparks({ combat, own }: GameClient, places: FightPlaces, seconds: number): void {
    const { cast } = combat.self;
    this.#sinceSpark += seconds;
    if (!cast.active || !cast.channel || combat.target.entityId === 0) return;
    if (this.#sinceSpark < SPARK_SECONDS || !places.look(own.entityId)) return;
    this.#sinceSpark = 0;
    const { x, y, z } = places;
    this.flights.launch(cast.abilityId, combat.target.entityId, x, y + CHEST_METERS, z, SPARK_FLIGHT_SECONDS);
  }

  #fly(slot: number, places: FightPlaces): void {
    const { flights } = this;
    if (!places.look(flights.targetEntityId[slot] ?? 0)) {
      flights.lose(slot);
      return;
    }
    flights.x = places.x;
    flights.y = places.y + CHEST_METERS;
    flights.z = places.z;
    flights.aim(slot);
    const { current } = hudColors;
    // What the data calls by an even number burns, by an odd one it is light: told apart in flight, and by no side's colour.
    const burns = (flights.abilityId[slot] ?? 0) % 2 === 0;
    const [red, green, blue] = burns ? current.cast : current.channel;
    const bolts = this.#bolts;
    bolts.x = flights.x;
    bolts.y = flights.y;
    bolts.z = flights.z;
    bolts.dx = flights.dx;
    bolts.dy = flights.dy;
    bolts.dz = flights.dz;
    bolts.length = burns ? BOLT_METERS : SPARK_METERS;
    bolts.add(red, green, blue);
  }

  #markTarget({ combat }: GameClient, facts: FightFacts, places: FightPlaces): void {
    const { entityId, relation, dead } = combat.target;
    if (entityId === 0 || dead || !places.look(entityId)) return;
    const archetype = places.index < 0 ? 0 : facts.archetype(places.index);
    const ground = this.#ground;
    ground.opacity = 1;
    ground.x = places.x;
    ground.y = places.y;
    ground.z = places.z;
    ground.radius = (ARCHETYPES[archetype]?.radiusMeters ?? 1) * TARGET_RING_SHARE;
    ground.share = 1;
    this.#add(MarkShape.ring, hudColors.current[relation]);
  }

  #mark(slot: number): void {
    const { marks } = this;
    const ground = this.#ground;
    const ring = marks.shape[slot] === MarkShape.ring;
    const widens = ring ? 0.35 + 0.65 * marks.share : 1;
    ground.opacity = marks.opacity;
    ground.x = marks.x[slot] ?? 0;
    ground.y = marks.y[slot] ?? 0;
    ground.z = marks.z[slot] ?? 0;
    ground.radius = (marks.radius[slot] ?? 0) * widens;
    ground.share = ring ? 1 : marks.share;
    this.#add(ring ? MarkShape.ring : MarkShape.area, marks.color[slot] ?? hudColors.current.ink);
  }

  #add(shape: MarkShape, color: HudColor): void {
    const slope = this.#slope;
    const ground = this.#ground;
    if (this.#zone !== undefined) {
      slope.x = ground.x;
      slope.y = ground.y;
      slope.z = ground.z;
      slope.look(this.#zone.world.heightfield, ground.radius);
      ground.riseX = slope.riseX;
      ground.riseZ = slope.riseZ;
    }
    ground.add(shape, color[0], color[1], color[2]);
  }
}
