import type { Ability } from "../../simulation/combat/data/combat-data.ts";

/** How an ability that is done at once, or has just been cast, is seen: a blow with the arm, something thrown, a burst around oneself, help, a leap. */
export type Manner = "blow" | "throw" | "burst" | "help" | "leap";

/** Farther than this no arm reaches, metres. */
const ARM_METERS = 5;

export function mannerOf(ability: Readonly<Ability>): Manner {
  if (ability.use === "dash") return "leap";
  if (ability.helpful) return "help";
  if (ability.target === "none" && ability.area !== undefined) return "burst";
  return ability.rangeMeters > ARM_METERS ? "throw" : "blow";
}
