import type { Relation } from "../../client/combat/view/target-view.ts";

/** A whole bar of health, and a whole cast: whole numbers, because fractions that are handed over would be put on the heap. */
export const FULL_HEALTH = 1000;
export const FULL_CAST = 255;

/** What is known of the other characters beyond where they are, by their index in `RemoteEntities`. Whoever knows more of them implements it. */
export interface CharacterFacts {
  /** Index into `ARCHETYPES`. */
  archetype(index: number): number;
  /** 0 to `FULL_HEALTH`; negative where it is not known, or not to be shown: there is no bar then. */
  health(index: number): number;
  /** Whether it lies dead. */
  dead(index: number): boolean;
  /** How much its plate matters beside others, 0 strangers, up to 3 for the target: what matters more is never covered by what matters less. */
  importance(index: number): number;
  /** What it is to the player. */
  relation(index: number): Relation;
  /** 0 where it is not told. */
  level(index: number): number;
  /** Progress of a cast, 0 to `FULL_CAST`; 0: it casts nothing. */
  cast(index: number): number;
  /** Whether the player has locked on to it. */
  targeted(index: number): boolean;
}

/** Everybody is a player of whom nothing more is known. */
export const NO_FACTS: CharacterFacts = {
  archetype: () => 0,
  health: () => -1,
  dead: () => false,
  importance: () => 0,
  relation: () => "player",
  level: () => 0,
  cast: () => 0,
  targeted: () => false,
};
