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
  readonly words: Int32Array;

  constructor(readonly rows: number) {
    this.words = new Int32Array(HISTORY_SNAPSHOTS * rows * ROW_WORDS);
    this.clear();
  }

  clear(): void {
    for (let at = Field.number; at < this.words.length; at += ROW_WORDS) this.words[at] = NEVER;
  }

  /** Index of the first word of a row in the plane of a snapshot, whatever snapshot the row holds now. */
  at(number: number, row: number): number {
    return (Math.imul(number & SNAPSHOT_MASK, this.rows) + row) << ROW_SHIFT;
  }
}

/** Health and its maximum, 0 to 65535 each, as one word. */
export function packVitals(health: number, maxHealth: number): number {
  return (maxHealth << 16) | health;
}

/** State and animation, 0 to 255 each, as one word. */
export function packLook(state: number, animation: number): number {
  return (animation << 8) | state;
}
