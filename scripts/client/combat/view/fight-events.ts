import type { CombatEventKind } from "../../../protocol/combat/combat-words.ts";

/** One thing that happened in a fight, to be seen and heard: what its numbers mean for each kind is in docs/combat.md. Entries are reused. */
export interface FightEvent {
  readonly kind: CombatEventKind;
  /** 0 for nobody. */
  readonly sourceEntityId: number;
  readonly targetEntityId: number;
  /** Number of an ability or of an aura in the data. */
  readonly what: number;
  readonly amount: number;
  readonly absorbed: number;
  readonly blocked: number;
  readonly over: number;
  /** Bits of `CombatFlag`. */
  readonly flags: number;
  /** By the player or its party, or at them. */
  readonly own: boolean;
  /** Done by the player a moment ago, not confirmed: a server that takes it tells the others of it, and this one not again. */
  readonly predicted: boolean;
  /** Server tick at which it happened. */
  readonly tick: number;
}

/** What happened since the last `update`, in order: the first `count` of `events`. Past `MAX_FIGHT_EVENTS` strangers' are left out. */
export interface FightEventFeed {
  readonly count: number;
  readonly events: readonly FightEvent[];
  /** How many were left out in this frame, here and by the server. */
  readonly omitted: number;
}

export const MAX_FIGHT_EVENTS = 192;
