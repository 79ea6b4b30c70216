import { Capability } from "../protocol/capability.ts";
import type { CombatMessages } from "../protocol/combat/combat-messages.ts";
import { COMBAT_TYPES } from "../protocol/combat/combat-types.ts";
import { MessageDecoder } from "../protocol/message-decoder.ts";
import { MessageEncoder } from "../protocol/message-encoder.ts";
import type { MessageLog } from "../protocol/message-log/message-log.ts";
import type { Action, FeatureProblem, Hello, Input, Ping, ReasonCode } from "../protocol/messages.ts";
import { MessageType } from "../protocol/messages.ts";
import { NEWCOMER_COHORT } from "../protocol/metering/cohort.ts";
import type { MessageMeter } from "../protocol/metering/message-meter.ts";
import { type Codec, codecInUse } from "../protocol/negotiation.ts";
import { createPacketHeader, type PacketHeader } from "../protocol/packet-header.ts";
import { PacketSequencer } from "../protocol/packet-sequencer.ts";
import { type ConnectionId, Delivery, type LinkStatistics, type Transport } from "../transport/transport.ts";
import type { Telemetry } from "./telemetry.ts";
import { UplinkLoss } from "./uplink-loss.ts";

/**
 * One connection's packets: stamped, encoded and counted on the way out; decoded, judged and counted on the way in. Reads all
 * that was offered, whatever is in use.
 */
export class PacketLink {
  readonly #transport: Transport;
  readonly #telemetry: Telemetry;
  readonly #encoder = new MessageEncoder();
  readonly #log: MessageLog | undefined;
  readonly #meter: MessageMeter | undefined;
  readonly #offered: readonly Capability[];
  readonly #header = createPacketHeader();
  readonly #sequencer = new PacketSequencer();
  readonly #ping: Ping = { sentAtMs: 0 };
  readonly #statistics: LinkStatistics = { rttMs: -1, inBytesPerSecond: 0, outBytesPerSecond: 0, pendingBytes: 0 };
  /** What `receive` decoded; valid until the next packet. */
  readonly decoder = new MessageDecoder();
  /** What of this session's packets got lost on the way to the server. */
  readonly uplink = new UplinkLoss();
  #connection: ConnectionId | undefined;
  #epoch = 0;
  /** What is written. */
  #codec: Codec;
  #inputDelta = false;
  /** Whether the server reads the old codec, too. */
  #legacyAgreed = false;

  /** `offered`: what is read. `log` is told every packet, `meter` counts those that are read and sent. */
  constructor(
    transport: Transport,
    telemetry: Telemetry,
    offered: readonly Capability[],
    log?: MessageLog,
    meter?: MessageMeter,
  ) {
    this.#transport = transport;
    this.#telemetry = telemetry;
    this.#offered = offered;
    this.#codec = codecInUse(offered);
    this.#log = log;
    this.#meter = meter;
  }

  isCurrent(connection: ConnectionId): boolean {
    return connection === this.#connection;
  }

  /** Round-trip time as the transport measures it, milliseconds; -1 while unknown. */
  rttMs(): number {
    const known = this.#connection !== undefined && this.#transport.statistics(this.#connection, this.#statistics);
    return known ? this.#statistics.rttMs : -1;
  }

  open(address: string): void {
    this.#epoch = 0;
    this.#codec = codecInUse(this.#offered);
    this.#inputDelta = false;
    this.#legacyAgreed = false;
    this.#sequencer.reset(0);
    this.#connection = this.#transport.connect(address);
  }

  /** The server has welcomed: from now on only packets of this session count. The welcome itself is the first of them. */
  startSession(epoch: number, protocolMinor: number): void {
    this.#epoch = epoch;
    this.#sequencer.reset(epoch, protocolMinor);
    this.uplink.reset();
    if (this.decoder.codec === Capability.sequenced) this.#sequencer.accept(this.decoder.header);
  }

  /** From now on this is in use: what is written follows it. */
  use(capabilities: readonly string[]): void {
    this.#codec = codecInUse(capabilities);
    this.uplink.acked = this.#codec === Capability.sequenced;
    this.#inputDelta = capabilities.includes(Capability.inputDelta);
    this.#legacyAgreed = capabilities.includes(Capability.legacy);
  }

  /** Forgets the connection, closing it if it is still there. */
  close(reason: string): void {
    if (this.#connection === undefined) return;
    this.#transport.close(this.#connection, 0, reason);
    this.#connection = undefined;
  }

  /** The transport has already closed it. */
  forget(): void {
    this.#connection = undefined;
  }

  /** Type of the decoded message, or 0 when the packet is to be dropped. Never throws. */
  receive(bytes: Uint8Array): MessageType | 0 {
    const telemetry = this.#telemetry;
    telemetry.packetsIn += 1;
    telemetry.bytesIn += bytes.length;
    this.#log?.received("server", bytes);
    const type = this.decoder.decode(bytes);
    if (type === 0) {
      telemetry.malformed += 1;
      return 0;
    }
    this.#meter?.received(NEWCOMER_COHORT, type, bytes);
    // Before the session is open, a welcome carries the epoch that it brings and a rejection carries none.
    if (this.#epoch === 0) {
      if (type === MessageType.helloAck || type === MessageType.reject || type === MessageType.bye) return type;
      telemetry.wrongEpoch += 1;
      return 0;
    }
    if (this.decoder.header.sessionEpoch !== this.#epoch) {
      telemetry.wrongEpoch += 1;
      return 0;
    }
    if (!this.#offered.includes(this.decoder.codec)) {
      telemetry.unexpected += 1;
      return 0;
    }
    if (this.decoder.codec === Capability.legacy) return type;
    const verdict = this.#sequencer.accept(this.decoder.header);
    if (verdict === "duplicate") telemetry.duplicates += 1;
    if (verdict === "stale") telemetry.stale += 1;
    if (verdict !== "fresh") return 0;
    this.uplink.acknowledge(this.decoder.header.ack, this.decoder.header.ackBits);
    return type;
  }

  sendHello(hello: Hello): void {
    const header = this.#stamp(this.#codec);
    const packet = this.#encoder.for(this.#codec).encodeHello(header, hello);
    this.#send(MessageType.hello, packet, Delivery.reliable);
  }

  sendInput(input: Input): void {
    const header = this.#stamp(this.#codec);
    const packet = this.#inputDelta
      ? this.#encoder.sequenced.encodeInputDelta(header, input)
      : this.#encoder.for(this.#codec).encodeInput(header, input);
    this.#send(this.#inputDelta ? MessageType.inputDelta : MessageType.input, packet, Delivery.unreliable);
  }

  /** Unreliable: it is repeated soon, and what is reliable would wait for what was lost before it. */
  sendAction(action: Action): void {
    const header = this.#stamp(this.#codec);
    const packet = this.#encoder.for(this.#codec).encodeAction(header, action);
    this.#send(MessageType.action, packet, Delivery.unreliable);
  }

  /** Wishes to use abilities are repeated, like actions; commands are said once. */
  sendCombat<Name extends "abilityUse" | "combatCommand">(name: Name, message: CombatMessages[Name]): void {
    const header = this.#stamp(this.#codec);
    const packet = this.#encoder.for(this.#codec).encodeCombat(header, name, message);
    this.#send(COMBAT_TYPES[name], packet, name === "abilityUse" ? Delivery.unreliable : Delivery.reliable);
  }

  /** `nowMs` comes back in the pong, rounded down and modulo 2^32. */
  sendPing(nowMs: number): void {
    const header = this.#stamp(this.#codec);
    this.#ping.sentAtMs = Math.floor(nowMs) % 2 ** 32;
    const packet = this.#encoder.for(this.#codec).encodePing(header, this.#ping);
    this.#send(MessageType.ping, packet, Delivery.unreliable);
  }

  /** In the old codec where both ends have it: it is the new one that may be the trouble. */
  sendFeatureProblem(problem: FeatureProblem): void {
    const codec = this.#legacyAgreed ? Capability.legacy : this.#codec;
    const header = this.#stamp(codec);
    const packet = this.#encoder.for(codec).encodeFeatureProblem(header, problem);
    this.#send(MessageType.featureProblem, packet, Delivery.reliable);
  }

  sendBye(reasonCode: ReasonCode): void {
    const header = this.#stamp(this.#codec);
    const packet = this.#encoder.for(this.#codec).encodeBye(header, { reasonCode });
    this.#send(MessageType.bye, packet, Delivery.reliable);
  }

  /** Only sequenced packets take a number: others would leave a gap in it. */
  #stamp(codec: Codec): PacketHeader {
    if (codec === Capability.legacy) this.#header.sessionEpoch = this.#epoch;
    else {
      this.#sequencer.next(this.#header);
      this.uplink.sent(this.#header.sequence, true);
    }
    return this.#header;
  }

  #send(type: MessageType, packet: Uint8Array, delivery: Delivery): void {
    if (this.#connection === undefined) return;
    if (!this.#transport.send(this.#connection, packet, delivery)) return;
    this.#log?.sent("server", packet);
    this.#meter?.sent(NEWCOMER_COHORT, type, packet);
    this.#telemetry.packetsOut += 1;
    this.#telemetry.bytesOut += packet.length;
  }
}
