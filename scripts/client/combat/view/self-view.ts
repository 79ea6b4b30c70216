import type { AuraList } from "./aura-view.ts";
import type { CastView } from "./cast-view.ts";

/** The player's own condition. `revision` rises when anything here but the predicted resource's fraction has changed. */
export interface SelfView {
  readonly revision: number;
  readonly entityId: number;
  readonly name: string;
  readonly level: number;
  /** Points, 0 to `maxHealth`. As the server said last: it is not predicted. */
  readonly health: number;
  readonly maxHealth: number;
  /** Absorption that is left in all auras together, points. */
  readonly absorb: number;
  /** Points, whole, 0 to `maxResource`: predicted up to this frame, what was just spent is gone already. */
  readonly resource: number;
  readonly maxResource: number;
  /** Name of the resource, from the data. */
  readonly resourceName: string;
  readonly inCombat: boolean;
  /** Percent of damage and healing above or below what abilities say. */
  readonly power: number;
  /** Hundredths of a percent that an attack of one's own is critical. */
  readonly criticalChance: number;
  /** Percent of damage that is kept off. */
  readonly reduction: number;
  readonly cast: CastView;
  readonly auras: AuraList;
}
