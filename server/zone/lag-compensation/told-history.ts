import { TICK_RATE_HZ } from "../../../scripts/simulation/constants.ts";

/** How far back a target is looked at, at most: 400 ms. Beyond that it is the target that is favoured. */
export const MAX_REWIND_TICKS = 0.4 * TICK_RATE_HZ;
/** Moments that are kept, one for each tick: 533 ms. A power of two. */
export const KEPT_MOMENTS = 32;
const MASK = KEPT_MOMENTS - 1;
/** Farther apart than anybody runs in between: a teleport, and nobody is on the way. Metres per tick; clients draw by the same rule. */
const TELEPORT_METERS_PER_TICK = 1;

/** Feet, metres. Filled in place. */
export interface ToldPosition {
  x: number;
  y: number;
  z: number;
}

/**
 * Where others were told that everybody was, moment by moment, for the last while: what their players have seen. Structure of arrays in fixed
 * memory; nothing is allocated after the start.
 */
export class ToldHistory {
  readonly #places: number;
  /** By moment. */
  readonly #tick = new Float64Array(KEPT_MOMENTS);
  /** By moment and place; 0 is nobody. */
  readonly #entityId: Uint32Array;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #z: Float64Array;
  #moments = 0;

  /** `places`: characters that can be here at once. */
  constructor(places: number) {
    this.#places = places;
    const size = places * KEPT_MOMENTS;
    this.#entityId = new Uint32Array(size);
    this.#x = new Float64Array(size);
    this.#y = new Float64Array(size);
    this.#z = new Float64Array(size);
  }

  /** Tick of the newest moment; 0 before the first. */
  get newestTick(): number {
    return this.#moments === 0 ? 0 : (this.#tick[(this.#moments - 1) & MASK] ?? 0);
  }

  /** Begins the next moment, with nobody in it. Ticks rise. */
  begin(tick: number): void {
    if (tick <= this.newestTick) throw new RangeError(`tick: expected more than ${this.newestTick}, got ${tick}`);
    const moment = this.#moments & MASK;
    this.#moments += 1;
    this.#tick[moment] = tick;
    this.#entityId.fill(0, moment * this.#places, (moment + 1) * this.#places);
  }

  /** Writes down where a character is in the newest moment. `entityId` 1 or more. */
  write(place: number, entityId: number, x: number, y: number, z: number): void {
    if (place < 0 || place >= this.#places)
      throw new RangeError(`place: expected 0 to ${this.#places - 1}, got ${place}`);
    const index = ((this.#moments - 1) & MASK) * this.#places + place;
    this.#entityId[index] = entityId;
    this.#x[index] = x;
    this.#y[index] = y;
    this.#z[index] = z;
  }

  /**
   * Fills where a character was at `tick`, with fraction: straight between two moments, at its first or last known position beyond them. Whether
   * anything is known of it at all.
   */
  locate(place: number, entityId: number, tick: number, out: ToldPosition): boolean {
    let later = -1;
    const kept = Math.min(this.#moments, KEPT_MOMENTS);
    for (let back = 1; back <= kept; back += 1) {
      const moment = (this.#moments - back) & MASK;
      const index = moment * this.#places + place;
      if (this.#entityId[index] !== entityId) {
        // Before it came there is nothing; after it went there is something further back.
        if (later >= 0) break;
        continue;
      }
      const momentTick = this.#tick[moment] ?? 0;
      if (momentTick <= tick) {
        this.#between(index, momentTick, later, tick, out);
        return true;
      }
      later = moment;
    }
    if (later < 0) return false;
    this.#copy(later * this.#places + place, out);
    return true;
  }

  #between(index: number, indexTick: number, laterMoment: number, tick: number, out: ToldPosition): void {
    this.#copy(index, out);
    if (laterMoment < 0) return;
    const later = laterMoment * this.#places + (index % this.#places);
    const ticks = (this.#tick[laterMoment] ?? 0) - indexTick;
    const dx = (this.#x[later] ?? 0) - out.x;
    const dy = (this.#y[later] ?? 0) - out.y;
    const dz = (this.#z[later] ?? 0) - out.z;
    const reach = TELEPORT_METERS_PER_TICK * ticks;
    if (dx * dx + dy * dy + dz * dz > reach * reach) return;
    const share = (tick - indexTick) / ticks;
    out.x += dx * share;
    out.y += dy * share;
    out.z += dz * share;
  }

  #copy(index: number, out: ToldPosition): void {
    out.x = this.#x[index] ?? 0;
    out.y = this.#y[index] ?? 0;
    out.z = this.#z[index] ?? 0;
  }
}
