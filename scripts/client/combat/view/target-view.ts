import type { AuraList } from "./aura-view.ts";
import type { CastView } from "./cast-view.ts";

/** What somebody is to the player. */
export type Relation = "self" | "party" | "player" | "creature";

/** Who is locked on to. The lock stays while the target is seen and within `LOCK_RANGE_METERS`, whatever stands between. */
export interface TargetView {
  readonly revision: number;
  /** 0: nobody. */
  readonly entityId: number;
  readonly name: string;
  readonly relation: Relation;
  readonly level: number;
  readonly health: number;
  readonly maxHealth: number;
  readonly dead: boolean;
  readonly inCombat: boolean;
  /** From feet to feet as drawn, whole metres. */
  readonly distanceMeters: number;
  readonly cast: CastView;
  readonly auras: AuraList;
  /** Whom it is after, 0 for nobody or where that is not told (players). */
  readonly itsTargetEntityId: number;
  /** A creature's threat, the highest first: the first `threatCount` of `threat`. Entries are reused. */
  readonly threatCount: number;
  readonly threat: readonly ThreatView[];
}

export interface ThreatView {
  readonly entityId: number;
  readonly name: string;
  /** Of the highest, percent: 100 for the one that is attacked, as a rule. */
  readonly percent: number;
  readonly self: boolean;
}

/** A target is kept up to this distance, and taken up to it. */
export const LOCK_RANGE_METERS = 100;
