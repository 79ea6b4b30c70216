import { abilityRefusalWords } from "../../client/combat/refusal-words.ts";
import { ABILITY_OUTCOMES } from "../../protocol/combat/combat-words.ts";
import type { CombatData } from "../../simulation/combat/data/combat-data.ts";
import { COMBAT_TEXT_WORDS } from "../fight/text-style.ts";
import { RELATION_WORDS } from "./target-frame.ts";

/** What parts of the interface write by themselves while somebody fights. */
const OF_THE_PARTS = ["In combat", "Health is low", "Dead", "After you", "After somebody else", "10 m, too far"];

/** All that is written in a fight besides names of players, and numbers: what abilities, auras and creatures are called, and what is said of them. */
export function fightWords({ abilities, auras, creatures }: CombatData): string[] {
  return [
    ...abilities.flatMap(({ name }) => [name, `${name}: interrupted`]),
    ...[...auras, ...creatures].map(({ name }) => name),
    ...ABILITY_OUTCOMES.map(abilityRefusalWords),
    ...[...COMBAT_TEXT_WORDS, ...Object.values(RELATION_WORDS), ...OF_THE_PARTS],
  ];
}
