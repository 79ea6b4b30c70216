import { Capability } from "../../scripts/protocol/capability.ts";
import type { CombatMessageName, CombatMessages } from "../../scripts/protocol/combat/combat-messages.ts";
import { COMBAT_TYPES } from "../../scripts/protocol/combat/combat-types.ts";
import { MessageEncoder } from "../../scripts/protocol/message-encoder.ts";
import type { MessageLog } from "../../scripts/protocol/message-log/message-log.ts";
import {
  type ActionEvent,
  type ActionResult,
  type HelloAck,
  MessageType,
  type OwnReport,
  type Pong,
  type Presence,
  type ReasonCode,
  type Reject,
  type Snapshot,
} from "../../scripts/protocol/messages.ts";
import { NEWCOMER_COHORT } from "../../scripts/protocol/metering/cohort.ts";
import type { MessageMeter } from "../../scripts/protocol/metering/message-meter.ts";
import type { Codec } from "../../scripts/protocol/negotiation.ts";
import { createPacketHeader, type PacketHeader } from "../../scripts/protocol/packet-header.ts";
import { PROTOCOL_MINOR } from "../../scripts/protocol/protocol-version.ts";
import type { SnapshotSender } from "../../scripts/protocol/snapshot-codec/snapshot-sender.ts";
import { Delivery, type Transport } from "../../scripts/transport/transport.ts";
import type { Player, Session } from "./player.ts";
import type { ZoneCounters } from "./zone-counters.ts";

export interface OutboxParts {
  transport: Transport;
  counters: ZoneCounters;
  meter?: MessageMeter;
  messageLog?: MessageLog;
}

/** Everything that a zone server says: stamped, written in the codec that the session uses, counted, sent. */
export class Outbox {
  readonly #parts: OutboxParts;
  readonly #encoder = new MessageEncoder();
  /** Header of packets to newcomers, who have no session yet. */
  readonly #greeting = createPacketHeader();

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    this.#greeting.versionMinor = PROTOCOL_MINOR;
  }

  /** In the codec of the `Hello`, whatever is in use afterwards. */
  helloAck(player: Player, message: HelloAck): void {
    const { codec } = player.features.agreement;
    const header = this.#stamp(player, codec);
    header.versionMinor = PROTOCOL_MINOR;
    this.#begin();
    const packet = this.#encoder.for(codec).encodeHelloAck(header, message);
    this.#send(player, MessageType.helloAck, packet, Delivery.reliable);
  }

  reject(session: Session, codec: Codec, message: Reject): void {
    const header = session.stage === "playing" ? this.#stamp(session, codec) : this.#greeting;
    header.versionMinor = PROTOCOL_MINOR;
    this.#begin();
    this.#send(session, MessageType.reject, this.#encoder.for(codec).encodeReject(header, message), Delivery.reliable);
  }

  bye(player: Player, reasonCode: ReasonCode): void {
    const { codec } = player.features;
    const header = this.#stamp(player, codec);
    this.#begin();
    const packet = this.#encoder.for(codec).encodeBye(header, { reasonCode });
    this.#send(player, MessageType.bye, packet, Delivery.reliable);
  }

  presence(player: Player, message: Presence): void {
    const { codec } = player.features;
    const header = this.#stamp(player, codec);
    this.#begin();
    const packet = this.#encoder.for(codec).encodePresence(header, message);
    this.#send(player, MessageType.presence, packet, Delivery.reliable);
  }

  /** In the codec that it says is in use. */
  features(player: Player): void {
    const { codec, inUse } = player.features;
    const header = this.#stamp(player, codec);
    this.#begin();
    const packet = this.#encoder.for(codec).encodeFeatures(header, { capabilities: inUse });
    this.#send(player, MessageType.features, packet, Delivery.reliable);
  }

  pong(player: Player, message: Pong): void {
    const { codec } = player.features;
    const header = this.#stamp(player, codec);
    this.#begin();
    const packet = this.#encoder.for(codec).encodePong(header, message);
    this.#send(player, MessageType.pong, packet, Delivery.unreliable);
  }

  snapshot(player: Player, message: Snapshot): void {
    const { codec } = player.features;
    const header = this.#stamp(player, codec);
    this.#begin();
    const packet = this.#encoder.for(codec).encodeSnapshot(header, message);
    this.#send(player, MessageType.snapshot, packet, Delivery.unreliable);
  }

  actionResult(player: Player, message: ActionResult): void {
    const { codec } = player.features;
    const header = this.#stamp(player, codec);
    this.#begin();
    const packet = this.#encoder.for(codec).encodeActionResult(header, message);
    this.#send(player, MessageType.actionResult, packet, Delivery.reliable);
  }

  actionEvent(player: Player, message: ActionEvent): void {
    const { codec } = player.features;
    const header = this.#stamp(player, codec);
    this.#begin();
    const packet = this.#encoder.for(codec).encodeActionEvent(header, message);
    this.#send(player, MessageType.actionEvent, packet, Delivery.reliable);
  }

  combat<Name extends CombatMessageName>(player: Player, name: Name, message: Readonly<CombatMessages[Name]>): void {
    if (player.deaf) return;
    const { codec } = player.features;
    const header = this.#stamp(player, codec);
    this.#begin();
    const packet = this.#encoder.for(codec).encodeCombat(header, name, message);
    this.#send(player, COMBAT_TYPES[name], packet, Delivery.reliable);
  }

  /** Everything that `sender` has to say of the snapshot that it has begun. */
  differences(player: Player, report: OwnReport, sender: SnapshotSender): void {
    while (sender.pending) {
      const header = this.#stamp(player, Capability.sequenced);
      this.#begin();
      const packet = this.#encoder.sequenced.encodeSnapshotDelta(header, report, sender);
      this.#send(player, MessageType.snapshotDelta, packet, Delivery.unreliable);
    }
  }

  /** Only sequenced packets take a number: others would leave a gap in it. */
  #stamp(player: Player, codec: Codec): PacketHeader {
    if (codec === Capability.sequenced) player.sequencer.next(player.header);
    else player.header.sessionEpoch = player.sessionEpoch;
    return player.header;
  }

  #begin(): void {
    this.#parts.meter?.start();
  }

  #send(to: Session, type: MessageType, packet: Uint8Array, delivery: Delivery): void {
    const { transport, counters, meter, messageLog } = this.#parts;
    if (!transport.send(to.connection, packet, delivery)) {
      counters.sendFailures += 1;
      return;
    }
    counters.packetsOut += 1;
    counters.bytesOut += packet.length;
    const playing = to.stage === "playing";
    meter?.sent(playing ? to.features.cohort : NEWCOMER_COHORT, type, packet);
    messageLog?.sent(playing ? to.name : to.address, packet);
  }
}
