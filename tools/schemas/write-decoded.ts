import { combatName } from "../../scripts/protocol/combat/combat-types.ts";
import type { LegacyMessageType } from "../../scripts/protocol/legacy/legacy-names.ts";
import type { MessageWriter } from "../../scripts/protocol/message-writer.ts";
import { MessageType } from "../../scripts/protocol/messages.ts";
import type { PacketDecoder } from "../../scripts/protocol/packet-decoder.ts";
import type { PacketHeader } from "../../scripts/protocol/packet-header.ts";

/** Whether both codecs can carry a message of that type. */
export function isInBothCodecs(type: MessageType): type is LegacyMessageType {
  return type !== MessageType.snapshotDelta && type !== MessageType.inputDelta;
}

/** Writes what `decoder` has just decoded in the codec of `writer`. */
export function writeDecoded(
  writer: MessageWriter,
  decoder: PacketDecoder,
  type: LegacyMessageType,
  header: Readonly<PacketHeader>,
): Uint8Array {
  const combat = combatName(type);
  if (combat !== undefined) return writer.encodeCombat(header, combat, decoder.combat[combat]);
  switch (type) {
    case MessageType.hello:
      return writer.encodeHello(header, decoder.hello);
    case MessageType.helloAck:
      return writer.encodeHelloAck(header, decoder.helloAck);
    case MessageType.reject:
      return writer.encodeReject(header, decoder.reject);
    case MessageType.input:
      return writer.encodeInput(header, decoder.input);
    case MessageType.snapshot:
      return writer.encodeSnapshot(header, decoder.snapshot);
    case MessageType.ping:
      return writer.encodePing(header, decoder.ping);
    case MessageType.pong:
      return writer.encodePong(header, decoder.pong);
    case MessageType.bye:
      return writer.encodeBye(header, decoder.bye);
    case MessageType.presence:
      return writer.encodePresence(header, decoder.presence);
    case MessageType.features:
      return writer.encodeFeatures(header, decoder.features);
    case MessageType.featureProblem:
      return writer.encodeFeatureProblem(header, decoder.featureProblem);
    case MessageType.action:
      return writer.encodeAction(header, decoder.action);
    case MessageType.actionResult:
      return writer.encodeActionResult(header, decoder.actionResult);
    case MessageType.actionEvent:
      return writer.encodeActionEvent(header, decoder.actionEvent);
    default:
      throw new Error(`expected a type of both codecs, got ${type}`);
  }
}
