import {
  type CloseCause,
  type ConnectionId,
  type Delivery,
  type LinkStatistics,
  ListenError,
  type Transport,
  type TransportHandler,
} from "../../scripts/transport/transport.ts";
import { MessageInbox } from "./message-inbox.ts";

/** Something other than a message, and how many bytes of messages came before it. */
interface News {
  readonly behindBytes: number;
  tell(handler: TransportHandler): void;
}

/**
 * One transport for many clients of a process: the network is asked once for all of them, and what they send leaves together. Each
 * client has a share, which is to it a transport of its own: it hears nothing but in its polls.
 */
export class SharedTransport implements TransportHandler {
  readonly #inner: Transport;
  readonly #owners = new Map<ConnectionId, TransportShare>();

  constructor(inner: Transport) {
    this.#inner = inner;
  }

  /** A share for one client. It connects only. */
  share(): Transport {
    return new TransportShare(this.#inner, this.#owners);
  }

  /** Takes in what has come for all of them. */
  poll(): void {
    this.#inner.poll(this);
  }

  /** Hands to the network what all of them have sent. */
  flush(): void {
    this.#inner.flush();
  }

  onConnecting(): boolean {
    return false;
  }

  onOpen(connection: ConnectionId, remoteAddress: string): void {
    this.#owners.get(connection)?.addNews((handler) => handler.onOpen(connection, remoteAddress));
  }

  onMessage(connection: ConnectionId, bytes: Uint8Array): void {
    this.#owners.get(connection)?.addMessage(connection, bytes);
  }

  onClosed(connection: ConnectionId, cause: CloseCause, code: number, detail: string): void {
    this.#owners.get(connection)?.addEnd(connection, (handler) => handler.onClosed(connection, cause, code, detail));
    this.#owners.delete(connection);
  }
}

class TransportShare implements Transport {
  readonly #inner: Transport;
  readonly #owners: Map<ConnectionId, TransportShare>;
  readonly #inbox = new MessageInbox();
  readonly #news: News[] = [];
  readonly #connections = new Set<ConnectionId>();

  constructor(inner: Transport, owners: Map<ConnectionId, TransportShare>) {
    this.#inner = inner;
    this.#owners = owners;
  }

  addNews(tell: (handler: TransportHandler) => void): void {
    this.#news.push({ behindBytes: this.#inbox.end, tell });
  }

  addEnd(connection: ConnectionId, tell: (handler: TransportHandler) => void): void {
    this.addNews((handler) => {
      this.#connections.delete(connection);
      tell(handler);
    });
  }

  addMessage(connection: ConnectionId, bytes: Uint8Array): void {
    this.#inbox.add(connection, bytes);
  }

  listen(address: string): string {
    throw new ListenError("failed", `a share of a transport connects only; listen on ${address} with one of its own`);
  }

  connect(address: string): ConnectionId {
    const connection = this.#inner.connect(address);
    this.#owners.set(connection, this);
    this.#connections.add(connection);
    return connection;
  }

  poll(handler: TransportHandler): void {
    const inbox = this.#inbox;
    for (;;) {
      while ((this.#news[0]?.behindBytes ?? Number.POSITIVE_INFINITY) <= inbox.at) this.#news.shift()?.tell(handler);
      if (inbox.at === inbox.end) break;
      const connection = inbox.connection() as ConnectionId;
      const bytes = inbox.take();
      // Closed meanwhile, or by what was told just now: nothing more is heard of it.
      if (this.#connections.has(connection)) handler.onMessage(connection, bytes);
    }
    inbox.clear();
  }

  send(connection: ConnectionId, bytes: Uint8Array, delivery: Delivery): boolean {
    return this.#inner.send(connection, bytes, delivery);
  }

  /** Does nothing: what all shares have sent leaves together. */
  flush(): void {}

  close(connection: ConnectionId, code: number, detail: string): void {
    this.#connections.delete(connection);
    this.#inner.close(connection, code, detail);
  }

  statistics(connection: ConnectionId, out: LinkStatistics): boolean {
    return this.#inner.statistics(connection, out);
  }

  dispose(): void {
    for (const connection of this.#connections) this.#inner.close(connection, 0, "");
    this.#connections.clear();
    for (const [connection, owner] of this.#owners) if (owner === this) this.#owners.delete(connection);
    this.#news.length = 0;
    this.#inbox.clear();
  }
}
