import type {
  CloseCause,
  ConnectionId,
  Delivery,
  Transport,
  TransportHandler,
} from "../../../scripts/transport/transport.ts";

export interface ClosedRecord {
  connection: ConnectionId;
  cause: CloseCause;
  code: number;
  detail: string;
}

/** A transport and everything that its handler was told. Views of messages are copied, as a real user would have to. */
export class RecordingPeer implements TransportHandler {
  readonly opened: ConnectionId[] = [];
  readonly addresses: string[] = [];
  readonly asked: string[] = [];
  readonly closed: ClosedRecord[] = [];
  readonly messages: { connection: ConnectionId; bytes: Uint8Array }[] = [];
  accepts = true;
  /** Called after recording; may do anything that a handler may do. */
  onEvent: (event: "connecting" | "open" | "message" | "closed", connection: ConnectionId) => void = () => {};

  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  onConnecting(connection: ConnectionId, remoteAddress: string): boolean {
    this.asked.push(remoteAddress);
    this.onEvent("connecting", connection);
    return this.accepts;
  }

  onOpen(connection: ConnectionId, remoteAddress: string): void {
    this.opened.push(connection);
    this.addresses.push(remoteAddress);
    this.onEvent("open", connection);
  }

  onMessage(connection: ConnectionId, bytes: Uint8Array): void {
    this.messages.push({ connection, bytes: bytes.slice() });
    this.onEvent("message", connection);
  }

  onClosed(connection: ConnectionId, cause: CloseCause, code: number, detail: string): void {
    this.closed.push({ connection, cause, code, detail });
    this.onEvent("closed", connection);
  }

  send(connection: ConnectionId | undefined, bytes: Uint8Array, delivery: Delivery): boolean {
    return connection !== undefined && this.transport.send(connection, bytes, delivery);
  }

  texts(): string[] {
    return this.messages.map((message) => new TextDecoder().decode(message.bytes));
  }
}
