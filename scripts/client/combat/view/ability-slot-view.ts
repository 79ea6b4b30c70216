import type { AbilityOutcome } from "../../../protocol/combat/combat-words.ts";

/** Why a slot shows a refusal: what a server can say, and that it never answered. */
export type SlotRefusal = AbilityOutcome | "no_answer";

/**
 * One slot of the ability bar. All ticks are of `CombatView.ownTick`. A radial cooldown is drawn from `cooldownStartTick` to
 * `cooldownEndTick`; where both are in the past, or 0, there is none.
 */
export interface AbilitySlotView {
  readonly revision: number;
  /** 1 to `SLOT_COUNT`; also the number of the input action, `ability_1` and so on. */
  readonly slot: number;
  /** Number of the ability in the data; 0 for an empty slot. */
  readonly abilityId: number;
  readonly name: string;
  readonly icon: string;
  readonly description: string;
  /** Points of the resource. */
  readonly cost: number;
  /** Metres; 0 where there is no target. */
  readonly rangeMeters: number;
  /** Ticks of casting or channelling; 0 for one that is done at once. */
  readonly castTicks: number;
  /** Whom it is for. */
  readonly aim: "enemy" | "friend" | "none";
  /** Ticks from one use of a charge to the next; 0 for none of its own. */
  readonly cooldownTicks: number;
  /** Most uses that can be saved up, 1 or more, and how many there are now. */
  readonly maxCharges: number;
  readonly charges: number;
  /** Of its own cooldown or, where that ends later, the global one. With charges left, of the next charge. */
  readonly cooldownStartTick: number;
  readonly cooldownEndTick: number;
  /** The later of the two is the global one: drawn fainter. */
  readonly onlyGlobal: boolean;
  /** What keeps it from being used right now, besides cooldowns; `accepted` for nothing. Greys the icon. */
  readonly blockedBy: AbilityOutcome;
  /** Pressed, waits for the global cooldown or the current cast: sent when that is over. */
  readonly queued: boolean;
  /** Sent, not answered yet. */
  readonly pending: boolean;
  /** The last refusal, and the tick at which it came, for a flash and a line of text; `accepted` and 0 before the first. */
  readonly refusal: SlotRefusal;
  readonly refusedTick: number;
}

/** Slots of the bar. */
export const SLOT_COUNT = 10;
