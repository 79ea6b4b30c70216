import type {
  CloseCause,
  ConnectionId,
  Delivery,
  LinkStatistics,
  Transport,
  TransportHandler,
} from "../../scripts/transport/transport.ts";

/** A transport that shows every message that comes in to somebody, and is otherwise the one inside it. */
export class TappedTransport implements Transport, TransportHandler {
  readonly #inner: Transport;
  readonly #tap: (bytes: Uint8Array) => void;
  #handler: TransportHandler | undefined;

  /** `tap` sees a message before its receiver does; it must not keep it. */
  constructor(inner: Transport, tap: (bytes: Uint8Array) => void) {
    this.#inner = inner;
    this.#tap = tap;
  }

  poll(handler: TransportHandler): void {
    this.#handler = handler;
    this.#inner.poll(this);
  }

  onConnecting(connection: ConnectionId, remoteAddress: string): boolean {
    return this.#handler?.onConnecting(connection, remoteAddress) ?? false;
  }

  onOpen(connection: ConnectionId, remoteAddress: string): void {
    this.#handler?.onOpen(connection, remoteAddress);
  }

  onMessage(connection: ConnectionId, bytes: Uint8Array): void {
    this.#tap(bytes);
    this.#handler?.onMessage(connection, bytes);
  }

  onClosed(connection: ConnectionId, cause: CloseCause, code: number, detail: string): void {
    this.#handler?.onClosed(connection, cause, code, detail);
  }

  listen(address: string): string {
    return this.#inner.listen(address);
  }

  connect(address: string): ConnectionId {
    return this.#inner.connect(address);
  }

  send(connection: ConnectionId, bytes: Uint8Array, delivery: Delivery): boolean {
    return this.#inner.send(connection, bytes, delivery);
  }

  flush(): void {
    this.#inner.flush();
  }

  close(connection: ConnectionId, code: number, detail: string): void {
    this.#inner.close(connection, code, detail);
  }

  statistics(connection: ConnectionId, out: LinkStatistics): boolean {
    return this.#inner.statistics(connection, out);
  }

  dispose(): void {
    this.#inner.dispose();
  }
}
