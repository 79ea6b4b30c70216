import { ZONE_SIZE_METERS } from "../../scripts/simulation/constants.ts";

/** Who comes this near is seen, metres. */
export const AREA_RADIUS_METERS = 128;
/** Who is seen goes out of sight only this much farther away: who walks along the edge does not come and go. */
export const AREA_HYSTERESIS_METERS = 16;

const ENTER_SQUARED = AREA_RADIUS_METERS ** 2;
const LEAVE_METERS = AREA_RADIUS_METERS + AREA_HYSTERESIS_METERS;
const LEAVE_SQUARED = LEAVE_METERS ** 2;
const CELL_METERS = 32;
const CELLS_PER_SIDE = ZONE_SIZE_METERS / CELL_METERS;
const NOWHERE = -1;

/**
 * Who sees whom in a zone. Characters have places, small numbers that are given out elsewhere, and stand in the cells of a uniform
 * grid; each knows as a viewer whom it saw when it last looked. Distances are horizontal. Allocates nothing after construction.
 */
export class AreaOfInterest {
  /** What the last `look` found: the places of those in sight, their squared distances in square metres, and how many they are. */
  readonly places: Int16Array;
  readonly distanceSquared: Float64Array;
  count = 0;
  /** Those that went out of sight since the look before, without those that were removed. */
  readonly left: Int16Array;
  leftCount = 0;

  readonly #x: Float64Array;
  readonly #z: Float64Array;
  /** Cell of each place; -1: not in the zone. */
  readonly #cell: Int16Array;
  /** First place in each cell, and the place before and after each place in its cell; -1: none. */
  readonly #first = new Int16Array(CELLS_PER_SIDE * CELLS_PER_SIDE).fill(NOWHERE);
  readonly #next: Int16Array;
  readonly #previous: Int16Array;
  /** A row of bits for each viewer: whom it saw. */
  readonly #seen: Int32Array;
  readonly #rowWords: number;
  readonly #row: Int32Array;

  /** `capacity`: one more than the highest place. */
  constructor(readonly capacity: number) {
    this.places = new Int16Array(capacity);
    this.distanceSquared = new Float64Array(capacity);
    this.left = new Int16Array(capacity);
    this.#x = new Float64Array(capacity);
    this.#z = new Float64Array(capacity);
    this.#cell = new Int16Array(capacity).fill(NOWHERE);
    this.#next = new Int16Array(capacity).fill(NOWHERE);
    this.#previous = new Int16Array(capacity).fill(NOWHERE);
    this.#rowWords = (capacity + 31) >> 5;
    this.#seen = new Int32Array(capacity * this.#rowWords);
    this.#row = new Int32Array(this.#rowWords);
  }

  /** Puts a character where it is now, metres from the zone's corner; the first time, it enters. */
  move(place: number, x: number, z: number): void {
    this.#x[place] = x;
    this.#z[place] = z;
    const cell = cellOf(z) * CELLS_PER_SIDE + cellOf(x);
    const before = this.#cell[place] ?? NOWHERE;
    if (cell === before) return;
    if (before !== NOWHERE) this.#unlink(place, before);
    this.#link(place, cell);
  }

  /** Where a character is that is in the zone, metres from its corner. */
  xOf(place: number): number {
    return this.#x[place] ?? 0;
  }

  zOf(place: number): number {
    return this.#z[place] ?? 0;
  }

  /** Takes a character out of the zone: nobody sees it any more, and it sees nobody. */
  remove(place: number): void {
    const cell = this.#cell[place] ?? NOWHERE;
    if (cell === NOWHERE) return;
    this.#unlink(place, cell);
    this.#cell[place] = NOWHERE;
    const words = this.#rowWords;
    this.#seen.fill(0, place * words, (place + 1) * words);
    const bit = ~(1 << (place & 31));
    for (let at = place >> 5; at < this.#seen.length; at += words) this.#seen[at] = (this.#seen[at] ?? 0) & bit;
  }

  /** Looks around from where `viewer` is. It does not see itself. */
  look(viewer: number): void {
    const x = this.#x[viewer] ?? 0;
    const z = this.#z[viewer] ?? 0;
    this.count = 0;
    this.#row.fill(0);
    const lastColumn = cellOf(x + LEAVE_METERS);
    const lastRow = cellOf(z + LEAVE_METERS);
    for (let row = cellOf(z - LEAVE_METERS); row <= lastRow; row += 1) {
      for (let column = cellOf(x - LEAVE_METERS); column <= lastColumn; column += 1) {
        this.#lookInto(row * CELLS_PER_SIDE + column, viewer, x, z);
      }
    }
    this.#keepRow(viewer);
  }

  /** The next place at or after `from` that `viewer` saw when it last looked, or -1. */
  nextSeen(viewer: number, from: number): number {
    const words = this.#rowWords;
    let word = from >> 5;
    if (word >= words) return NOWHERE;
    let bits = (this.#seen[viewer * words + word] ?? 0) & (-1 << (from & 31));
    while (bits === 0) {
      word += 1;
      if (word === words) return NOWHERE;
      bits = this.#seen[viewer * words + word] ?? 0;
    }
    return word * 32 + (31 - Math.clz32(bits & -bits));
  }

  /** Whether `viewer` saw a place when it last looked, and it was not removed since. */
  sees(viewer: number, place: number): boolean {
    return (((this.#seen[viewer * this.#rowWords + (place >> 5)] ?? 0) >> (place & 31)) & 1) === 1;
  }

  /** Square metres between two characters now. */
  squaredBetween(a: number, b: number): number {
    const dx = (this.#x[a] ?? 0) - (this.#x[b] ?? 0);
    const dz = (this.#z[a] ?? 0) - (this.#z[b] ?? 0);
    return dx * dx + dz * dz;
  }

  #lookInto(cell: number, viewer: number, x: number, z: number): void {
    const seen = viewer * this.#rowWords;
    for (let place = this.#first[cell] ?? NOWHERE; place !== NOWHERE; place = this.#next[place] ?? NOWHERE) {
      const dx = (this.#x[place] ?? 0) - x;
      const dz = (this.#z[place] ?? 0) - z;
      const squared = dx * dx + dz * dz;
      if (squared > LEAVE_SQUARED || place === viewer) continue;
      const word = place >> 5;
      const bit = 1 << (place & 31);
      if (squared > ENTER_SQUARED && ((this.#seen[seen + word] ?? 0) & bit) === 0) continue;
      this.#row[word] = (this.#row[word] ?? 0) | bit;
      this.places[this.count] = place;
      this.distanceSquared[this.count] = squared;
      this.count += 1;
    }
  }

  /** Remembers whom the viewer sees, and notes who went out of sight. */
  #keepRow(viewer: number): void {
    this.leftCount = 0;
    const start = viewer * this.#rowWords;
    for (let word = 0; word < this.#rowWords; word += 1) {
      const now = this.#row[word] ?? 0;
      for (let gone = (this.#seen[start + word] ?? 0) & ~now; gone !== 0; gone &= gone - 1) {
        this.left[this.leftCount++] = word * 32 + (31 - Math.clz32(gone & -gone));
      }
      this.#seen[start + word] = now;
    }
  }

  #link(place: number, cell: number): void {
    const first = this.#first[cell] ?? NOWHERE;
    this.#cell[place] = cell;
    this.#previous[place] = NOWHERE;
    this.#next[place] = first;
    this.#first[cell] = place;
    if (first !== NOWHERE) this.#previous[first] = place;
  }

  #unlink(place: number, cell: number): void {
    const next = this.#next[place] ?? NOWHERE;
    const previous = this.#previous[place] ?? NOWHERE;
    if (previous === NOWHERE) this.#first[cell] = next;
    else this.#next[previous] = next;
    if (next !== NOWHERE) this.#previous[next] = previous;
  }
}

/** Column or row of a coordinate; what lies outside of the zone is in the cells along its border. */
function cellOf(meters: number): number {
  const cell = Math.floor(meters / CELL_METERS);
  return cell < 0 ? 0 : cell >= CELLS_PER_SIDE ? CELLS_PER_SIDE - 1 : cell;
}
