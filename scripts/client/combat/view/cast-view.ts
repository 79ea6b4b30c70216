/**
 * A cast or channel going on. Ticks are of the clock that `clock` names: `own` is `CombatView.ownTick`, `server` is `CombatView.serverTick`.
 * Progress is (clock - startTick) / (endTick - startTick), cut to 0 to 1; a channel's bar runs down instead.
 */
export interface CastView {
  readonly revision: number;
  readonly active: boolean;
  readonly channel: boolean;
  readonly clock: "own" | "server";
  /** Number of the ability in the data; 0 while nothing is cast. */
  readonly abilityId: number;
  readonly abilityName: string;
  readonly icon: string;
  readonly startTick: number;
  readonly endTick: number;
  /** Why the last one ended: shown for a moment after `active` has become false. */
  readonly ended: "none" | "finished" | "interrupted" | "refused";
  /** Tick of the clock at which it ended. */
  readonly endedTick: number;
}
