import { HISTORY_SNAPSHOTS } from "./codec-limits.ts";

/** Where a field of a state stands in its row of 8 words. */
export const Field = { x: 0, y: 1, z: 2, yaw: 3, vitals: 4, look: 5, number: 6, id: 7 } as const;
/** Words of a row. */
export const ROW_WORDS = 8;
const ROW_SHIFT = 3;
const SNAPSHOT_MASK = HISTORY_SNAPSHOTS - 1;
const NEVER = -1;

/**
 * The states of many entities as of each of the last 32 snapshots: one plane per snapshot, one row of 32 bytes per entity,
 * so that a codec that goes through entities in order reads memory in order. A row knows the number of its snapshot and
 * the id of its entity: what an earlier lap or an earlier owner left there is never taken for something else.
 */
export class StatePlanes {
  /** Replaced when it grows. */
  words: Int32Array;
  #rows: number;

  /** `rows`: entities that there is room for, until it grows. */
  constructor(rows: number) {
    this.#rows = rows;
    this.words = emptyPlanes(rows);
  }

  get rows(): number {
    return this.#rows;
  }

  clear(): void {
    forget(this.words);
  }

  /** Makes room for more rows; what is known stays. Does nothing when there are as many. */
  grow(rows: number): void {
    const before = this.#rows;
    if (rows <= before) return;
    const words = emptyPlanes(rows);
    for (let plane = 0; plane < HISTORY_SNAPSHOTS; plane++) {
      const from = plane * before * ROW_WORDS;
      words.set(this.words.subarray(from, from + before * ROW_WORDS), plane * rows * ROW_WORDS);
    }
    this.#rows = rows;
    this.words = words;
  }

  /** Index of the first word of a row in the plane of a snapshot, whatever snapshot the row holds now. */
  at(number: number, row: number): number {
    return (Math.imul(number & SNAPSHOT_MASK, this.#rows) + row) << ROW_SHIFT;
  }
}

function emptyPlanes(rows: number): Int32Array {
  const words = new Int32Array(HISTORY_SNAPSHOTS * rows * ROW_WORDS);
  forget(words);
  return words;
}

function forget(words: Int32Array): void {
  for (let at = Field.number; at < words.length; at += ROW_WORDS) words[at] = NEVER;
}

/** Health and its maximum, 0 to 65535 each, as one word. */
export function packVitals(health: number, maxHealth: number): number {
  return (maxHealth << 16) | health;
}

/** State and animation, 0 to 255 each, as one word. */
export function packLook(state: number, animation: number): number {
  return (animation << 8) | state;
}
