import { MAX_ABILITIES } from "./data/read-combat-data.ts";

/** Parts of a point in which the resource and healing at rest are counted: one tick of one point per second. */
export const PARTS_PER_POINT = 60;

export const FighterKind = { player: 0, creature: 1 } as const;
export type FighterKind = (typeof FighterKind)[keyof typeof FighterKind];

/** What somebody starts with. */
export interface FighterStats {
  readonly level: number;
  readonly health: number;
  /** Points; 0 for who pays nothing. */
  readonly resource: number;
  readonly resourcePerSecond: number;
  readonly power: number;
  readonly precision: number;
  readonly guard: number;
}

/**
 * Everybody who can fight, as a structure of arrays by place, 0 to `capacity` - 1. Nothing is allocated but when somebody comes or goes.
 * Own ticks and server ticks: see docs/combat.md.
 */
export class Fighters {
  /** Of the last `measure`. */
  squaredMeters = 0.5;
  /** Places that are taken, in rising order: the first `count`. */
  readonly places: Int16Array;
  count = 0;
  /** 0: nobody. */
  readonly entityId: Uint32Array;
  /** `FighterKind`. */
  readonly kind: Uint8Array;
  readonly level: Uint8Array;
  readonly health: Int32Array;
  readonly maxHealth: Int32Array;
  /** Sixtieths of a point. */
  readonly resource: Int32Array;
  readonly maxResource: Int32Array;
  /** Points per second, which is sixtieths per tick. */
  readonly regeneration: Int32Array;
  readonly basePower: Int16Array;
  readonly basePrecision: Int16Array;
  readonly baseGuard: Int16Array;
  /** With auras. */
  readonly power: Int16Array;
  readonly precision: Int16Array;
  readonly guard: Int16Array;
  /** 0: none. */
  readonly party: Uint32Array;
  /** Newest own tick. */
  readonly ownTick: Float64Array;
  /** Own tick at which the global cooldown began, and ends. */
  readonly globalStart: Float64Array;
  readonly globalEnd: Float64Array;
  /** Index of the ability that is cast or channelled; -1: none. */
  readonly casting: Int16Array;
  readonly castStart: Float64Array;
  readonly castEnd: Float64Array;
  /** Own tick of the next effect of a channel. */
  readonly castNext: Float64Array;
  readonly castTarget: Uint32Array;
  /** First own tick after the start of the cast at which it could not go on; 0: none. */
  readonly unsteadyTick: Float64Array;
  /** Server tick until which it is in combat. */
  readonly combatUntil: Float64Array;
  readonly dead: Uint8Array;
  readonly diedTick: Float64Array;
  readonly killer: Uint32Array;
  /** Number on the wire of the ability that killed; 0 for an aura or nothing. */
  readonly killedBy: Uint16Array;
  /** A creature that runs home: nothing harms it. */
  readonly returning: Uint8Array;
  /** Feet as others see them, metres; yaw of 16 bits. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  readonly yaw: Uint16Array;
  /** By place and ability: own tick at which all charges are back. */
  readonly chargedTick: Float64Array;
  readonly #placeOf = new Map<number, number>();

  constructor(readonly capacity: number) {
    this.places = new Int16Array(capacity);
    this.entityId = new Uint32Array(capacity);
    this.kind = new Uint8Array(capacity);
    this.level = new Uint8Array(capacity);
    this.health = new Int32Array(capacity);
    this.maxHealth = new Int32Array(capacity);
    this.resource = new Int32Array(capacity);
    this.maxResource = new Int32Array(capacity);
    this.regeneration = new Int32Array(capacity);
    this.basePower = new Int16Array(capacity);
    this.basePrecision = new Int16Array(capacity);
    this.baseGuard = new Int16Array(capacity);
    this.power = new Int16Array(capacity);
    this.precision = new Int16Array(capacity);
    this.guard = new Int16Array(capacity);
    this.party = new Uint32Array(capacity);
    this.ownTick = new Float64Array(capacity);
    this.globalStart = new Float64Array(capacity);
    this.globalEnd = new Float64Array(capacity);
    this.casting = new Int16Array(capacity).fill(-1);
    this.castStart = new Float64Array(capacity);
    this.castEnd = new Float64Array(capacity);
    this.castNext = new Float64Array(capacity);
    this.castTarget = new Uint32Array(capacity);
    this.unsteadyTick = new Float64Array(capacity);
    this.combatUntil = new Float64Array(capacity);
    this.dead = new Uint8Array(capacity);
    this.diedTick = new Float64Array(capacity);
    this.killer = new Uint32Array(capacity);
    this.killedBy = new Uint16Array(capacity);
    this.returning = new Uint8Array(capacity);
    this.x = new Float64Array(capacity);
    this.y = new Float64Array(capacity);
    this.z = new Float64Array(capacity);
    this.yaw = new Uint16Array(capacity);
    this.chargedTick = new Float64Array(capacity * MAX_ABILITIES);
  }

  /** Place of an entity that is here, or -1. */
  placeOf(entityId: number): number {
    return this.#placeOf.get(entityId) ?? -1;
  }

  /** Somebody comes, in full health. Throws `RangeError` where somebody is already. */
  add(place: number, entityId: number, kind: FighterKind, stats: FighterStats): void {
    if (!(place >= 0 && place < this.capacity) || this.entityId[place] !== 0) {
      throw new RangeError(`place: expected a free one of 0 to ${this.capacity - 1}, got ${place}`);
    }
    let at = this.count;
    while (at > 0 && (this.places[at - 1] ?? 0) > place) {
      this.places[at] = this.places[at - 1] ?? 0;
      at -= 1;
    }
    this.places[at] = place;
    this.count += 1;
    this.entityId[place] = entityId;
    this.#placeOf.set(entityId, place);
    this.kind[place] = kind;
    this.level[place] = stats.level;
    this.health[place] = stats.health;
    this.maxHealth[place] = stats.health;
    this.resource[place] = stats.resource * PARTS_PER_POINT;
    this.maxResource[place] = stats.resource * PARTS_PER_POINT;
    this.regeneration[place] = stats.resourcePerSecond;
    this.basePower[place] = stats.power;
    this.basePrecision[place] = stats.precision;
    this.baseGuard[place] = stats.guard;
    this.power[place] = stats.power;
    this.precision[place] = stats.precision;
    this.guard[place] = stats.guard;
    this.party[place] = 0;
    this.ownTick[place] = 0;
    this.globalStart[place] = 0;
    this.globalEnd[place] = 0;
    this.casting[place] = -1;
    this.combatUntil[place] = 0;
    this.dead[place] = 0;
    this.diedTick[place] = 0;
    this.killer[place] = 0;
    this.killedBy[place] = 0;
    this.returning[place] = 0;
    this.chargedTick.fill(0, place * MAX_ABILITIES, (place + 1) * MAX_ABILITIES);
  }

  remove(place: number): void {
    const at = this.places.indexOf(place);
    if (at < 0 || at >= this.count) return;
    this.places.copyWithin(at, at + 1, this.count);
    this.count -= 1;
    this.#placeOf.delete(this.entityId[place] ?? 0);
    this.entityId[place] = 0;
    this.casting[place] = -1;
  }

  /** Where somebody is seen now. */
  move(place: number, x: number, y: number, z: number, yaw: number): void {
    this.x[place] = x;
    this.y[place] = y;
    this.z[place] = z;
    this.yaw[place] = yaw;
  }

  /** The own clock goes on, and with it the resource. Ticks never go back. */
  advanceClock(place: number, ownTick: number): void {
    const before = this.ownTick[place] ?? 0;
    if (ownTick <= before) return;
    this.ownTick[place] = ownTick;
    // The first tick sets where the count begins.
    if (before === 0) return;
    const grown = (this.resource[place] ?? 0) + (this.regeneration[place] ?? 0) * (ownTick - before);
    this.resource[place] = Math.min(this.maxResource[place] ?? 0, grown);
  }

  /** Measures between two, in space: into `squaredMeters`, because a fraction that is handed back would be put on the heap. */
  measure(a: number, b: number): void {
    const dx = (this.x[a] ?? 0) - (this.x[b] ?? 0);
    const dy = (this.y[a] ?? 0) - (this.y[b] ?? 0);
    const dz = (this.z[a] ?? 0) - (this.z[b] ?? 0);
    this.squaredMeters = dx * dx + dy * dy + dz * dz;
  }

  /** Square metres between two, in space. */
  squaredBetween(a: number, b: number): number {
    this.measure(a, b);
    return this.squaredMeters;
  }
}
