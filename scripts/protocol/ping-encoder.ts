import { BodyTemplate } from "./body-template.ts";
import { Ping as PingTable } from "./generated/wire/ping.ts";
import { Pong as PongTable } from "./generated/wire/pong.ts";
import { MessageType, type Ping, type Pong } from "./messages.ts";
import { type PacketHeader, writePacketHeader } from "./packet-header.ts";
import { MAX_UINT32 } from "./wire-limits.ts";
import { assertInteger } from "./wire-value.ts";

/** Writes `Ping` and `Pong` packets into memory that is reused. Allocates nothing. */
export class PingEncoder {
  readonly #ping = new BodyTemplate((builder) => {
    PingTable.startPing(builder);
    PingTable.addSentAtMs(builder, 0);
    return PingTable.endPing(builder);
  });
  readonly #pong = new BodyTemplate((builder) => {
    PongTable.startPong(builder);
    PongTable.addServerTick(builder, 0);
    PongTable.addSentAtMs(builder, 0);
    return PongTable.endPong(builder);
  });
  readonly #pingTable = PingTable.getRootAsPing(this.#ping.body);
  readonly #pongTable = PongTable.getRootAsPong(this.#pong.body);

  ping(header: Readonly<PacketHeader>, message: Readonly<Ping>): Uint8Array {
    assertInteger(message.sentAtMs, 0, MAX_UINT32, "ping.sentAtMs");
    this.#pingTable.mutate_sent_at_ms(message.sentAtMs);
    writePacketHeader(this.#ping.packet, MessageType.ping, header, this.#ping.bodyLength);
    return this.#ping.packet;
  }

  pong(header: Readonly<PacketHeader>, message: Readonly<Pong>): Uint8Array {
    assertInteger(message.sentAtMs, 0, MAX_UINT32, "pong.sentAtMs");
    assertInteger(message.serverTick, 0, MAX_UINT32, "pong.serverTick");
    this.#pongTable.mutate_sent_at_ms(message.sentAtMs);
    this.#pongTable.mutate_server_tick(message.serverTick);
    writePacketHeader(this.#pong.packet, MessageType.pong, header, this.#pong.bodyLength);
    return this.#pong.packet;
  }
}
