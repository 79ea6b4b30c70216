import { MessageType } from "./messages.ts";

/**
 * Whether messages of that type travel reliably (once, in order) or unreliably (possibly lost, doubled, reordered):
 * fixed for each type by rule P12 of docs/protocol.md. 0, which is no type, counts as unreliable.
 */
export function isReliable(type: MessageType | 0): boolean {
  switch (type) {
    case MessageType.hello:
    case MessageType.helloAck:
    case MessageType.reject:
    case MessageType.bye:
    case MessageType.presence:
    case MessageType.features:
    case MessageType.featureProblem:
    case MessageType.actionResult:
    case MessageType.actionEvent:
    case MessageType.abilityResult:
    case MessageType.combatEvents:
    case MessageType.combatSelf:
    case MessageType.combatTarget:
    case MessageType.partyState:
    case MessageType.combatCommand:
    case MessageType.combatCommandResult:
      return true;
    case MessageType.input:
    case MessageType.snapshot:
    case MessageType.snapshotDelta:
    case MessageType.inputDelta:
    case MessageType.action:
    case MessageType.abilityUse:
    case MessageType.ping:
    case MessageType.pong:
    case 0:
      return false;
  }
}
