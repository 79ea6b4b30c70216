import type { Relation } from "./target-view.ts";

/**
 * What stands over the others, index for index as in `RemoteEntities`: the same `count`, the same `revision` for who is where. `changes` rises
 * when anything here has changed since the last frame.
 */
export interface NameplateView {
  readonly changes: number;
  /** Points; 0 of 0 for somebody whose health is not told, such as one known from full snapshots only. */
  readonly health: Uint16Array;
  readonly maxHealth: Uint16Array;
  /** Bits of `FighterState`. */
  readonly state: Uint8Array;
  /** Progress of a cast, 0 to 255; 0 while nothing is cast. */
  readonly castProgress: Uint8Array;
  /** 1 for who is locked on to. */
  readonly targeted: Uint8Array;
  relation(index: number): Relation;
  level(index: number): number;
}
