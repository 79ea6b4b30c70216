import { MessageType } from "../messages.ts";
import type { CombatMessageName } from "./combat-messages.ts";

/** Numbers of the family's messages in the header. */
export const COMBAT_TYPES = {
  abilityUse: MessageType.abilityUse,
  abilityResult: MessageType.abilityResult,
  combatEvents: MessageType.combatEvents,
  combatSelf: MessageType.combatSelf,
  combatTarget: MessageType.combatTarget,
  partyState: MessageType.partyState,
  combatCommand: MessageType.combatCommand,
  combatCommandResult: MessageType.combatCommandResult,
} as const satisfies Readonly<Record<CombatMessageName, MessageType>>;
export type CombatMessageType = (typeof COMBAT_TYPES)[CombatMessageName];

const NAMES = new Map<MessageType, CombatMessageName>(
  (Object.keys(COMBAT_TYPES) as CombatMessageName[]).map((name) => [COMBAT_TYPES[name], name]),
);

/** The name of a message of the family; `undefined` for all others. */
export function combatName(type: MessageType): CombatMessageName | undefined {
  return NAMES.get(type);
}

export function isCombatType(type: MessageType): type is CombatMessageType {
  return NAMES.has(type);
}
