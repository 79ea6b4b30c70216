import type { CombatMessages } from "./combat-messages.ts";
import { blankMessage, COMBAT_SHAPES, type Loose } from "./combat-shapes.ts";

/** All messages of the family, saying nothing yet, to be filled and reused. */
export function createCombatMessages(): CombatMessages {
  const loose = Object.fromEntries(Object.entries(COMBAT_SHAPES).map(([name, shape]) => [name, blankMessage(shape)]));
  return typed(loose);
}

/** The shapes are held to the interfaces by a test, which no type could say here. */
function typed(loose: Record<string, Loose>): CombatMessages {
  return loose as unknown as CombatMessages;
}
