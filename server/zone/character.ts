import type { MoveState } from "../../scripts/simulation/move-state.ts";

/** Somebody who stands in the zone and is told of, player or creature. */
export interface Character {
  readonly entityId: number;
  /** Where it stands in the zone's history of states. */
  readonly place: number;
  /** Where others are told that it is. */
  readonly shown: MoveState;
}

/** What snapshots say of a character's condition, by place. */
export interface Vitals {
  health(place: number): number;
  maxHealth(place: number): number;
  /** Bits of `FighterState`. */
  condition(place: number): number;
}
