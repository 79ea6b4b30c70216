import type { CombatData } from "../simulation/combat/data/combat-data.ts";
import { readCombatData } from "../simulation/combat/data/read-combat-data.ts";
import { loadDataFiles } from "./data-files.ts";

/** What is fought by. With files that are not in order the game is played without fights, and says why. */
export function loadCombat(): CombatData | undefined {
  const read = readCombatData(loadDataFiles());
  if (read.ok) return read.data;
  for (const problem of read.problems) console.warn(problem);
  return undefined;
}
