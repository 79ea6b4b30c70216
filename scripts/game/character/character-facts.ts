/** What is known of the other characters beyond where they are, by their index in `RemoteEntities`. Whoever knows more of them implements it. */
export interface CharacterFacts {
  /** Index into `ARCHETYPES`. */
  archetype(index: number): number;
  /** 0 to 1; negative where it is not known, or not to be shown: there is no bar then. */
  health(index: number): number;
  /** Whether it lies dead. */
  dead(index: number): boolean;
  /** How much its plate matters beside others, 0 strangers, up to 3 for the target: what matters more is never covered by what matters less. */
  importance(index: number): number;
}

/** Everybody is a player of whom nothing more is known. */
export const NO_FACTS: CharacterFacts = {
  archetype: () => 0,
  health: () => -1,
  dead: () => false,
  importance: () => 0,
};
