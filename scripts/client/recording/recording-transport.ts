import {
  type CloseCause,
  type ConnectionId,
  Delivery,
  type LinkStatistics,
  type Transport,
  type TransportHandler,
} from "../../transport/transport.ts";
import type { Recorder } from "./recorder.ts";

/** A `Transport` over another one that tells a recorder all that passes, in the order in which the client sees it. */
export class RecordingTransport implements Transport {
  readonly #inner: Transport;
  readonly #recorder: Recorder;
  readonly #intake: TransportHandler;
  #handler: TransportHandler | undefined;

  constructor(inner: Transport, recorder: Recorder) {
    this.#inner = inner;
    this.#recorder = recorder;
    this.#intake = {
      onConnecting: (connection, address) => this.#handler?.onConnecting(connection, address) ?? false,
      onOpen: (connection, address) => this.#onOpen(connection, address),
      onMessage: (connection, bytes) => this.#onMessage(connection, bytes),
      onClosed: (connection, cause, code, detail) => this.#onClosed(connection, cause, code, detail),
    };
  }

  listen(address: string): string {
    return this.#inner.listen(address);
  }

  connect(address: string): ConnectionId {
    const connection = this.#inner.connect(address);
    this.#recorder.dialled(connection, address);
    return connection;
  }

  poll(handler: TransportHandler): void {
    this.#handler = handler;
    try {
      this.#inner.poll(this.#intake);
    } finally {
      this.#handler = undefined;
    }
  }

  send(connection: ConnectionId, bytes: Uint8Array, delivery: Delivery): boolean {
    const taken = this.#inner.send(connection, bytes, delivery);
    this.#recorder.sent(connection, bytes, delivery === Delivery.reliable, taken);
    return taken;
  }

  flush(): void {
    this.#inner.flush();
  }

  close(connection: ConnectionId, code: number, detail: string): void {
    this.#recorder.hungUp(connection, code, detail);
    this.#inner.close(connection, code, detail);
  }

  statistics(connection: ConnectionId, out: LinkStatistics): boolean {
    const known = this.#inner.statistics(connection, out);
    this.#recorder.statistics(connection, known, out);
    return known;
  }

  dispose(): void {
    this.#inner.dispose();
  }

  #onOpen(connection: ConnectionId, address: string): void {
    this.#recorder.opened(connection, address);
    this.#handler?.onOpen(connection, address);
  }

  #onMessage(connection: ConnectionId, bytes: Uint8Array): void {
    this.#recorder.received(connection, bytes);
    this.#handler?.onMessage(connection, bytes);
  }

  #onClosed(connection: ConnectionId, cause: CloseCause, code: number, detail: string): void {
    this.#recorder.closed(connection, cause, code, detail);
    this.#handler?.onClosed(connection, cause, code, detail);
  }
}
