import type {
  ConnectionId,
  Delivery,
  LinkStatistics,
  Transport,
  TransportHandler,
} from "../../scripts/transport/transport.ts";

/** What becomes of a packet. May return the very bytes that came, and must not change them. */
export type Damage = (packet: Uint8Array) => Uint8Array;

export interface Damages {
  incoming?: Damage;
  outgoing?: Damage;
}

/** Hands everything on between a client and another transport, damaged: a fault that can be planted into one client. */
export class DamagingTransport implements Transport {
  constructor(
    private readonly wire: Transport,
    private readonly damages: Damages,
  ) {}

  poll(handler: TransportHandler): void {
    const { incoming } = this.damages;
    this.wire.poll({
      onConnecting: (connection, address) => handler.onConnecting(connection, address),
      onOpen: (connection, address) => handler.onOpen(connection, address),
      onMessage: (connection, bytes) => handler.onMessage(connection, incoming?.(bytes) ?? bytes),
      onClosed: (connection, cause, code, detail) => handler.onClosed(connection, cause, code, detail),
    });
  }

  send(connection: ConnectionId, bytes: Uint8Array, delivery: Delivery): boolean {
    return this.wire.send(connection, this.damages.outgoing?.(bytes) ?? bytes, delivery);
  }

  listen(address: string): string {
    return this.wire.listen(address);
  }

  connect(address: string): ConnectionId {
    return this.wire.connect(address);
  }

  flush(): void {
    this.wire.flush();
  }

  close(connection: ConnectionId, code: number, detail: string): void {
    this.wire.close(connection, code, detail);
  }

  statistics(connection: ConnectionId, out: LinkStatistics): boolean {
    return this.wire.statistics(connection, out);
  }

  dispose(): void {
    this.wire.dispose();
  }
}

const FIRST_BYTE_OF_SEQUENCED = 0x44;
const TYPE_AT = 6;
const BODY_LENGTH_AT = 8;

/** Makes sequenced packets unreadable, of one message type or of all; those in MessagePack stay as they are. */
export function unreadable(type?: number): Damage {
  return (packet) => {
    if (packet[0] !== FIRST_BYTE_OF_SEQUENCED || (type !== undefined && packet[TYPE_AT] !== type)) return packet;
    const damaged = packet.slice();
    damaged[BODY_LENGTH_AT] = (damaged[BODY_LENGTH_AT] ?? 0) ^ 0xff;
    return damaged;
  };
}
