import { combatName } from "../../scripts/protocol/combat/combat-types.ts";
import { type Input, MessageType, type Snapshot, type SnapshotDelta } from "../../scripts/protocol/messages.ts";
import type { PacketDecoder } from "../../scripts/protocol/packet-decoder.ts";
import type { PacketEncoder } from "../../scripts/protocol/packet-encoder.ts";
import type { PacketHeader } from "../../scripts/protocol/packet-header.ts";
import { PROTOCOL_MINOR } from "../../scripts/protocol/protocol-version.ts";
import type { EntityPacketSource } from "../../scripts/protocol/snapshot-delta-encoder.ts";

/** The used part of an `Input`, copied. */
export function usedInput(input: Input): Input {
  return { ...input, commands: input.commands.slice(0, input.commandCount).map((command) => ({ ...command })) };
}

/** The used part of a `Snapshot`, copied, as plain arrays. */
export function usedSnapshot(snapshot: Snapshot) {
  const count = snapshot.entityCount;
  return {
    serverTick: snapshot.serverTick,
    ackInputTick: snapshot.ackInputTick,
    inputBufferTicks: snapshot.inputBufferTicks,
    own: { ...snapshot.own },
    entityCount: count,
    entityId: Array.from(snapshot.entityId.subarray(0, count)),
    x: Array.from(snapshot.x.subarray(0, count)),
    y: Array.from(snapshot.y.subarray(0, count)),
    z: Array.from(snapshot.z.subarray(0, count)),
    yaw: Array.from(snapshot.yaw.subarray(0, count)),
    animation: Array.from(snapshot.animation.subarray(0, count)),
  };
}

/** A `SnapshotDelta`, copied, its packet of the codec as a plain array. */
export function usedSnapshotDelta(delta: SnapshotDelta) {
  return { ...delta, own: { ...delta.own }, entities: Array.from(delta.entities) };
}

/** Writes a packet of the codec that is there already. */
export function packetOf(entities: Uint8Array): EntityPacketSource {
  return {
    writePacket: (_sequence, out, offset) => {
      out.set(entities, offset);
      return entities.length;
    },
  };
}

/** What `decoder` holds for the type that it has just returned, as plain data. */
export function decodedMessage(decoder: PacketDecoder, type: MessageType): unknown {
  const combat = combatName(type);
  if (combat !== undefined) return structuredClone(decoder.combat[combat]);
  switch (type) {
    case MessageType.hello:
      return { ...decoder.hello };
    case MessageType.helloAck:
      return { ...decoder.helloAck };
    case MessageType.reject:
      return { ...decoder.reject };
    case MessageType.input:
    case MessageType.inputDelta:
      return usedInput(decoder.input);
    case MessageType.snapshot:
      return usedSnapshot(decoder.snapshot);
    case MessageType.snapshotDelta:
      return usedSnapshotDelta(decoder.snapshotDelta);
    case MessageType.ping:
      return { ...decoder.ping };
    case MessageType.pong:
      return { ...decoder.pong };
    case MessageType.bye:
      return { ...decoder.bye };
    case MessageType.presence:
      return structuredClone(decoder.presence);
    case MessageType.features:
      return structuredClone(decoder.features);
    case MessageType.featureProblem:
      return { ...decoder.featureProblem };
    case MessageType.action:
      return { ...decoder.action };
    case MessageType.actionResult:
      return { ...decoder.actionResult };
    case MessageType.actionEvent:
      return { ...decoder.actionEvent };
    default:
      throw new Error(`expected a type of the protocol, got ${type}`);
  }
}

/** The header of what was decoded, as it can be written: a later minor version is read, and not written. */
function writable(header: Readonly<PacketHeader>): PacketHeader {
  return { ...header, versionMinor: Math.min(header.versionMinor, PROTOCOL_MINOR) };
}

/** Encodes again what `decoder` has just decoded. */
export function encodeDecoded(
  encoder: PacketEncoder,
  decoder: PacketDecoder,
  type: MessageType,
  header: PacketHeader = writable(decoder.header),
): Uint8Array {
  const combat = combatName(type);
  if (combat !== undefined) return encoder.encodeCombat(header, combat, decoder.combat[combat]);
  switch (type) {
    case MessageType.hello:
      return encoder.encodeHello(header, decoder.hello);
    case MessageType.helloAck:
      return encoder.encodeHelloAck(header, decoder.helloAck);
    case MessageType.reject:
      return encoder.encodeReject(header, decoder.reject);
    case MessageType.input:
      return encoder.encodeInput(header, decoder.input);
    case MessageType.snapshot:
      return encoder.encodeSnapshot(header, decoder.snapshot);
    case MessageType.snapshotDelta:
      return encoder.encodeSnapshotDelta(header, decoder.snapshotDelta, packetOf(decoder.snapshotDelta.entities));
    case MessageType.ping:
      return encoder.encodePing(header, decoder.ping);
    case MessageType.pong:
      return encoder.encodePong(header, decoder.pong);
    case MessageType.bye:
      return encoder.encodeBye(header, decoder.bye);
    case MessageType.presence:
      return encoder.encodePresence(header, decoder.presence);
    case MessageType.features:
      return encoder.encodeFeatures(header, decoder.features);
    case MessageType.featureProblem:
      return encoder.encodeFeatureProblem(header, decoder.featureProblem);
    case MessageType.inputDelta:
      return encoder.encodeInputDelta(header, decoder.input);
    case MessageType.action:
      return encoder.encodeAction(header, decoder.action);
    case MessageType.actionResult:
      return encoder.encodeActionResult(header, decoder.actionResult);
    case MessageType.actionEvent:
      return encoder.encodeActionEvent(header, decoder.actionEvent);
    default:
      throw new Error(`expected a type of the protocol, got ${type}`);
  }
}
