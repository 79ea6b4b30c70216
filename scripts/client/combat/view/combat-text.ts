/** What a floating text says. Told apart by shape and size, not only by colour. */
export type CombatTextKind =
  | "damage"
  | "heal"
  | "miss"
  | "absorbed"
  | "blocked"
  | "refused"
  | "interrupted"
  | "buff"
  | "debuff"
  | "death";

/** One thing to be shown over somebody. Entries are reused: copy what is to outlive the frame. */
export interface CombatTextEvent {
  /** Rises by one with every text. */
  readonly number: number;
  readonly kind: CombatTextKind;
  /** Over whom. */
  readonly entityId: number;
  /** By whom; 0 for nobody. */
  readonly sourceEntityId: number;
  /** Points of damage, healing, or absorption; 0 where there is none. */
  readonly amount: number;
  readonly critical: boolean;
  /** By an aura: drawn smaller. */
  readonly periodic: boolean;
  /** Done by the player or its party, or to it: drawn before those of strangers. */
  readonly own: boolean;
  /** A hit that the client expects and the server has not confirmed yet: `confirms` of a later text gives it its number. */
  readonly predicted: boolean;
  /** `number` of the predicted text that this one is the truth about; 0 for none. A `miss` can confirm a predicted `damage`. */
  readonly confirms: number;
  /** Name of the ability, the aura, or the reason of a refusal in words. */
  readonly label: string;
  /** Server tick at which it happened. */
  readonly tick: number;
}

/** The texts of the last `update`: the first `count` of `events`. Past `MAX_TEXTS_PER_FRAME` those of strangers are merged and counted. */
export interface CombatTextFeed {
  readonly count: number;
  readonly events: readonly CombatTextEvent[];
  /** Texts that were left out in this frame. */
  readonly omitted: number;
}

export const MAX_TEXTS_PER_FRAME = 32;
