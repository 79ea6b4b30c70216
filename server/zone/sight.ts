import { MAX_SLOTS } from "../../scripts/protocol/snapshot-codec/codec-limits.ts";
import { SlotSet } from "../../scripts/protocol/snapshot-codec/slot-set.ts";
import { AREA_HYSTERESIS_METERS, AREA_RADIUS_METERS, type AreaOfInterest } from "./area-of-interest.ts";

/** Those who are told of in every snapshot, however many there are. */
export const NEAREST_IN_SIGHT = 64;
/** Who sees more than so many looks around less often. */
const CALM_COUNT = 32;
/** Snapshots from one look of theirs to the next: 200 ms, in which nobody runs further than 2 m. */
const LOOK_INTERVAL = 4;
const RINGS = AREA_RADIUS_METERS + AREA_HYSTERESIS_METERS + 1;

// Scratch of `pickNearest`, one for all.
const ringCounts = new Int16Array(RINGS + 1);

/** What one viewer remembers of whom it sees, from one look around to the next. */
export class Sight {
  /** How many are in sight. */
  count = 0;
  /** Places of the nearest, to the metre: in a crowd, the first `nearestCount`. */
  readonly nearest = new Int16Array(NEAREST_IN_SIGHT);
  nearestCount = 0;
  /** Slots of the nearest, as of the last look around. */
  readonly near = new SlotSet(MAX_SLOTS);
  /** The snapshot of the last time that its sender was told. */
  toldIn = 0;
  /** The slot from which on the others have their turn. */
  turn = 0;
  #nextLook = 0;

  /** Snapshots are numbered upwards. */
  isLookDue(snapshot: number): boolean {
    return snapshot >= this.#nextLook;
  }

  /** Takes over what `area` has just found. */
  take(area: AreaOfInterest, snapshot: number): void {
    this.count = area.count;
    this.#nextLook = snapshot + (area.count > CALM_COUNT ? LOOK_INTERVAL : 1);
    this.nearestCount = pickNearest(area, this.nearest);
  }
}

/** Fills `nearest` by rings of one metre: exact to the metre, and without sorting. Returns how many there are. */
function pickNearest({ count, distanceSquared, places }: AreaOfInterest, nearest: Int16Array): number {
  ringCounts.fill(0);
  for (let i = 0; i < count; i += 1) {
    const ring = Math.sqrt(distanceSquared[i] ?? 0) | 0;
    ringCounts[ring] = (ringCounts[ring] ?? 0) + 1;
  }
  // The outermost ring of which there is room for some.
  let last = 0;
  let inside = ringCounts[0] ?? 0;
  while (last < RINGS && inside < nearest.length) {
    last += 1;
    inside += ringCounts[last] ?? 0;
  }
  let room = nearest.length - (inside - (ringCounts[last] ?? 0));
  let picked = 0;
  for (let i = 0; i < count && picked < nearest.length; i += 1) {
    const ring = Math.sqrt(distanceSquared[i] ?? 0) | 0;
    if (ring > last || (ring === last && room === 0)) continue;
    if (ring === last) room -= 1;
    nearest[picked++] = places[i] ?? 0;
  }
  return picked;
}
