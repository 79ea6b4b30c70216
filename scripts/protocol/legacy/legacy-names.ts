import { COMBAT_SHAPES } from "../combat/combat-shapes.ts";
import { MessageType } from "../messages.ts";

/** Types that `protocol_v1` carries: all but the differences, which stand on sequences and acks. */
export type LegacyMessageType = Exclude<MessageType, typeof MessageType.snapshotDelta | typeof MessageType.inputDelta>;

/** Names of messages on the wire: the tables of schemas/ in lower case. Never changed, only added to. */
export const LEGACY_NAMES: Readonly<Record<LegacyMessageType, string>> = {
  [MessageType.hello]: "hello",
  [MessageType.helloAck]: "hello_ack",
  [MessageType.reject]: "reject",
  [MessageType.input]: "input",
  [MessageType.snapshot]: "snapshot",
  [MessageType.ping]: "ping",
  [MessageType.pong]: "pong",
  [MessageType.bye]: "bye",
  [MessageType.presence]: "presence",
  [MessageType.features]: "features",
  [MessageType.featureProblem]: "feature_problem",
  [MessageType.action]: "action",
  [MessageType.actionResult]: "action_result",
  [MessageType.actionEvent]: "action_event",
  [MessageType.abilityUse]: COMBAT_SHAPES.abilityUse.legacyName,
  [MessageType.abilityResult]: COMBAT_SHAPES.abilityResult.legacyName,
  [MessageType.combatEvents]: COMBAT_SHAPES.combatEvents.legacyName,
  [MessageType.combatSelf]: COMBAT_SHAPES.combatSelf.legacyName,
  [MessageType.combatTarget]: COMBAT_SHAPES.combatTarget.legacyName,
  [MessageType.partyState]: COMBAT_SHAPES.partyState.legacyName,
  [MessageType.combatCommand]: COMBAT_SHAPES.combatCommand.legacyName,
  [MessageType.combatCommandResult]: COMBAT_SHAPES.combatCommandResult.legacyName,
};

/** Bytes of the longest name that any version may have: so it stays one byte of head and then the name. */
export const MAX_NAME_BYTES = 31;

const TYPES = new Map(
  Object.values(MessageType)
    .filter((type) => type !== MessageType.snapshotDelta && type !== MessageType.inputDelta)
    .map((type) => [LEGACY_NAMES[type], type]),
);

/** The type with that name; 0 if there is none here. */
export function legacyType(name: string): LegacyMessageType | 0 {
  return TYPES.get(name) ?? 0;
}
