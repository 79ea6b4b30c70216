import type { Hello, Input, Ping, ReasonCode } from "../protocol/messages.ts";
import { MessageType } from "../protocol/messages.ts";
import { PacketDecoder } from "../protocol/packet-decoder.ts";
import { PacketEncoder } from "../protocol/packet-encoder.ts";
import { createPacketHeader } from "../protocol/packet-header.ts";
import { PacketSequencer } from "../protocol/packet-sequencer.ts";
import { type ConnectionId, Delivery, type LinkStatistics, type Transport } from "../transport/transport.ts";
import type { Telemetry } from "./telemetry.ts";

/** One connection's packets: stamped, encoded and counted on the way out; decoded, judged and counted on the way in. */
export class PacketLink {
  readonly #transport: Transport;
  readonly #telemetry: Telemetry;
  readonly #encoder = new PacketEncoder();
  readonly #header = createPacketHeader();
  readonly #sequencer = new PacketSequencer();
  readonly #ping: Ping = { sentAtMs: 0 };
  readonly #statistics: LinkStatistics = { rttMs: -1, inBytesPerSecond: 0, outBytesPerSecond: 0, pendingBytes: 0 };
  /** What `receive` decoded; valid until the next packet. */
  readonly decoder = new PacketDecoder();
  #connection: ConnectionId | undefined;
  #epoch = 0;

  constructor(transport: Transport, telemetry: Telemetry) {
    this.#transport = transport;
    this.#telemetry = telemetry;
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
    this.#sequencer.reset(0);
    this.#connection = this.#transport.connect(address);
  }

  /** The server has welcomed: from now on only packets of this session count. The welcome itself is the first of them. */
  startSession(epoch: number, protocolMinor: number): void {
    this.#epoch = epoch;
    this.#sequencer.reset(epoch, protocolMinor);
    this.#sequencer.accept(this.decoder.header);
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
    const type = this.decoder.decode(bytes);
    if (type === 0) {
      telemetry.malformed += 1;
      return 0;
    }
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
    const verdict = this.#sequencer.accept(this.decoder.header);
    if (verdict === "duplicate") telemetry.duplicates += 1;
    if (verdict === "stale") telemetry.stale += 1;
    return verdict === "fresh" ? type : 0;
  }

  sendHello(hello: Hello): void {
    this.#stamp();
    this.#send(this.#encoder.encodeHello(this.#header, hello), Delivery.reliable);
  }

  sendInput(input: Input): void {
    this.#stamp();
    this.#send(this.#encoder.encodeInput(this.#header, input), Delivery.unreliable);
  }

  /** `nowMs` comes back in the pong, rounded down and modulo 2^32. */
  sendPing(nowMs: number): void {
    this.#stamp();
    this.#ping.sentAtMs = Math.floor(nowMs) % 2 ** 32;
    this.#send(this.#encoder.encodePing(this.#header, this.#ping), Delivery.unreliable);
  }

  sendBye(reasonCode: ReasonCode): void {
    this.#stamp();
    this.#send(this.#encoder.encodeBye(this.#header, { reasonCode }), Delivery.reliable);
  }

  #stamp(): void {
    this.#sequencer.next(this.#header);
  }

  #send(packet: Uint8Array, delivery: Delivery): void {
    if (this.#connection === undefined) return;
    if (!this.#transport.send(this.#connection, packet, delivery)) return;
    this.#telemetry.packetsOut += 1;
    this.#telemetry.bytesOut += packet.length;
  }
}
