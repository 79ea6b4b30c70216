import type { CombatEvents } from "../../../scripts/simulation/combat/combat-events.ts";

/**
 * Takes every event of a zone, complete and in order, in the tick that makes it: what a store keeps. Event i of the batch has the number
 * `firstSequence` + i; a number that is missed was lost. The batch is reused memory: copy what is to be kept. Called only in ticks that have events.
 */
export interface CombatLog {
  append(zone: string, batch: Readonly<CombatEvents>): void;
}
