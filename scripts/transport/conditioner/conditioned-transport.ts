import { clampCloseCode, truncateCloseDetail } from "../close-reason.ts";
import {
  type CloseCause,
  type ConnectionId,
  Delivery,
  type LinkStatistics,
  MAX_MESSAGE_BYTES,
  SEND_BUFFER_BYTES,
  type Transport,
  type TransportHandler,
} from "../transport.ts";
import { ConditionedLink } from "./conditioned-link.ts";
import { createLinkConditions, type LinkConditions } from "./link-conditions.ts";
import type { DirectionCounters } from "./link-direction.ts";
import { isReliablePacket } from "./packet-delivery.ts";
import { type LinkItem, PacketPool } from "./packet-pool.ts";

export interface ConditionedTransportOptions {
  /** What really carries the messages. Used by this transport alone, and disposed of with it. */
  inner: Transport;
  /** Steady clock, milliseconds. */
  nowMs: () => number;
  /** The same seed (0 to 2^32 - 1), calls and times give the same losses and delays. */
  seed: number;
  /** A perfect wire, when absent. */
  conditions?: LinkConditions;
  /** How the other side sent a message, which a transport does not tell; without it, by the type of our own packets. */
  isReliable?: (message: Uint8Array) => boolean;
}

/**
 * A `Transport` over another one whose links are as bad as asked: late, uneven, lossy, narrow, stalled. Each connection is a
 * link of its own, with its own randomness; both directions are conditioned here, so that only one end needs it. Reliable
 * messages come later for what is lost, and never out of order. Around a client it conditions that client, around a server
 * each of its clients.
 *
 * Messages move on when `poll`, `flush` or `pump` is called, and are as exact in time as these calls are frequent.
 */
export class ConditionedTransport implements Transport {
  readonly #inner: Transport;
  readonly #nowMs: () => number;
  readonly #seed: number;
  readonly #pool = new PacketPool();
  readonly #links = new Map<ConnectionId, ConditionedLink>();
  /** Links that this side closed and whose last reliable messages are still under way. */
  readonly #closing = new Map<ConnectionId, ConditionedLink>();
  readonly #closedHere: { id: ConnectionId; code: number; detail: string }[] = [];
  readonly #intake: TransportHandler;
  readonly #isReliable: (message: Uint8Array) => boolean;
  #conditions: LinkConditions;
  #linksMade = 0;
  #handler: TransportHandler | undefined;
  #listens = false;
  #polling = false;
  #disposed = false;

  constructor(options: ConditionedTransportOptions) {
    this.#inner = options.inner;
    this.#nowMs = options.nowMs;
    this.#seed = options.seed;
    this.#conditions = options.conditions ?? createLinkConditions();
    this.#isReliable = options.isReliable ?? isReliablePacket;
    this.#intake = {
      onConnecting: (connection, address) => this.#onInnerConnecting(connection, address),
      onOpen: (connection, address) => this.#onInnerOpen(connection, address),
      onMessage: (connection, bytes) => this.#onInnerMessage(connection, bytes),
      onClosed: (connection, cause, code, detail) => this.#onInnerClosed(connection, cause, code, detail),
    };
  }

  /** Conditions of new links, and of those that got none of their own. */
  get conditions(): LinkConditions {
    return this.#conditions;
  }

  /** From now on; what is under way keeps its time of arrival. Without a connection: of all links, also of later ones. */
  setConditions(conditions: LinkConditions, connection?: ConnectionId): void {
    if (connection === undefined) this.#conditions = conditions;
    for (const link of this.#links.values()) {
      if (connection === undefined || link.id === connection) link.conditions = conditions;
    }
  }

  /** Nothing that is sent in the next `durationMs` passes before they are over. Without a connection: on all links. */
  stall(durationMs: number, connection?: ConnectionId): void {
    for (const link of this.#links.values()) {
      if (connection === undefined || link.id === connection) link.stalls.hold(this.#nowMs() + durationMs);
    }
  }

  /** What became of the messages of a connection, by direction as seen from here; nothing when it is unknown. */
  counters(connection: ConnectionId): { incoming: DirectionCounters; outgoing: DirectionCounters } | undefined {
    const link = this.#links.get(connection);
    return link && { incoming: link.incoming.counters, outgoing: link.outgoing.counters };
  }

  /** When the next message moves on; infinite when none is under way. What the inner transport carries is not counted. */
  get nextAtMs(): number {
    let atMs = Number.POSITIVE_INFINITY;
    for (const link of this.#links.values()) atMs = Math.min(atMs, link.incoming.nextAtMs, link.outgoing.nextAtMs);
    for (const link of this.#closing.values()) atMs = Math.min(atMs, link.outgoing.nextAtMs);
    return atMs;
  }

  /**
   * Moves on what is due, without telling anybody. Called as often as the owner pleases between `poll` and `flush`, it makes
   * times exact; without it they are as coarse as the frames.
   */
  pump(): void {
    if (this.#disposed || this.#polling) return;
    // A listening transport must answer who asks, and only `poll` may do that.
    if (!this.#listens) this.#inner.poll(this.#intake);
    this.#release();
    this.#inner.flush();
  }

  listen(address: string): string {
    const bound = this.#inner.listen(address);
    this.#listens = true;
    return bound;
  }

  connect(address: string): ConnectionId {
    const id = this.#inner.connect(address);
    if (!this.#disposed) this.#makeLink(id, true);
    return id;
  }

  poll(handler: TransportHandler): void {
    if (this.#polling) throw new Error("Transport.poll was called from inside one of its own handlers");
    if (this.#disposed) return;
    this.#polling = true;
    this.#handler = handler;
    try {
      this.#inner.poll(this.#intake);
      this.#release();
      this.#tellClosedHere(handler);
      for (const link of this.#links.values()) this.#deliver(handler, link);
      this.#tellClosedHere(handler);
    } finally {
      this.#polling = false;
      this.#handler = undefined;
    }
  }

  send(connection: ConnectionId, bytes: Uint8Array, delivery: Delivery): boolean {
    const link = this.#links.get(connection);
    if (link?.phase !== "open" || bytes.length > MAX_MESSAGE_BYTES) return false;
    const { outgoing } = link;
    if (outgoing.pendingBytes + bytes.length > SEND_BUFFER_BYTES) return false;
    const nowMs = this.#nowMs();
    if (outgoing.passes(nowMs, bytes.length, link.outgoingConditions)) {
      return this.#inner.send(connection, bytes, delivery);
    }
    outgoing.send(nowMs, bytes, delivery === Delivery.reliable, link.outgoingConditions);
    return true;
  }

  flush(): void {
    if (this.#disposed) return;
    this.#release();
    this.#inner.flush();
  }

  close(connection: ConnectionId, code: number, detail: string): void {
    const link = this.#links.get(connection);
    if (link === undefined) return;
    const wireCode = clampCloseCode(code);
    const wireDetail = truncateCloseDetail(detail);
    this.#closedHere.push({ id: connection, code: wireCode, detail: wireDetail });
    const wasOpen = link.phase === "open";
    link.phase = "closed";
    this.#links.delete(connection);
    link.incoming.clear();
    if (link.innerClosed) return;
    if (!wasOpen) {
      this.#inner.close(connection, wireCode, wireDetail);
      return;
    }
    this.#closing.set(connection, link);
    const news = this.#pool.takeNews("closed", "local", wireCode, wireDetail);
    link.outgoing.sendNews(this.#nowMs(), news, link.outgoingConditions.latencyMs);
  }

  statistics(connection: ConnectionId, out: LinkStatistics): boolean {
    const link = this.#links.get(connection);
    if (link?.phase !== "open" || !this.#inner.statistics(connection, out)) return false;
    const { incoming, outgoing } = link;
    if (out.rttMs >= 0) out.rttMs += incoming.counters.delayMs + outgoing.counters.delayMs;
    out.pendingBytes += outgoing.pendingBytes;
    return true;
  }

  /** What was sent reliably leaves at once: there is nobody left to wait with it. */
  dispose(): void {
    if (this.#disposed) return;
    for (const link of [...this.#links.values(), ...this.#closing.values()]) this.#hurryReliable(link);
    this.#disposed = true;
    this.#links.clear();
    this.#closing.clear();
    this.#closedHere.length = 0;
    this.#inner.dispose();
  }

  #makeLink(id: ConnectionId, asClient: boolean): ConditionedLink {
    const seed = this.#seed * 65_537 + this.#linksMade;
    this.#linksMade += 1;
    const link = new ConditionedLink(id, asClient, this.#conditions, seed, this.#pool, this.#nowMs());
    this.#links.set(id, link);
    return link;
  }

  #onInnerConnecting(connection: ConnectionId, address: string): boolean {
    const handler = this.#handler;
    if (handler === undefined) return false;
    const link = this.#makeLink(connection, false);
    let taken = false;
    try {
      taken = handler.onConnecting(connection, address);
    } finally {
      if (!taken && link.phase === "connecting") this.#links.delete(connection);
    }
    return taken;
  }

  /** The side that asked learns of the answer a round trip later; the other one need not wait for anything. */
  #onInnerOpen(connection: ConnectionId, address: string): void {
    const link = this.#links.get(connection);
    if (link === undefined) return;
    link.remoteAddress = address;
    this.#tellLater(link, this.#pool.takeNews("open"));
    link.incoming.arriveNotBefore(link.incoming.orderedMs);
  }

  #onInnerMessage(connection: ConnectionId, bytes: Uint8Array): void {
    const link = this.#links.get(connection);
    if (link === undefined) return;
    const nowMs = this.#nowMs();
    const { incoming, incomingConditions } = link;
    const handler = link.phase === "open" ? this.#handler : undefined;
    if (handler !== undefined && incoming.passes(nowMs, bytes.length, incomingConditions)) {
      handler.onMessage(connection, bytes);
    } else incoming.send(nowMs, bytes, this.#isReliable(bytes), incomingConditions);
  }

  #onInnerClosed(connection: ConnectionId, cause: CloseCause, code: number, detail: string): void {
    this.#closing.delete(connection);
    const link = this.#links.get(connection);
    if (link === undefined) return;
    link.innerClosed = true;
    link.outgoing.clear();
    this.#tellLater(link, this.#pool.takeNews("closed", cause, code, detail));
  }

  #tellLater(link: ConditionedLink, news: LinkItem): void {
    const { up, down } = link.conditions;
    const asked = link.asClient && link.phase === "connecting";
    // What a server hears of who asks, it hears before it answers.
    const answered = !link.asClient && news.kind === "open";
    const delayMs = asked ? up.latencyMs + down.latencyMs : answered ? 0 : link.incomingConditions.latencyMs;
    link.incoming.sendNews(this.#nowMs(), news, delayMs);
  }

  /** Hands what is due to the inner transport. */
  #release(): void {
    const nowMs = this.#nowMs();
    for (const link of this.#links.values()) this.#releaseLink(link, nowMs);
    for (const link of this.#closing.values()) this.#releaseLink(link, nowMs);
  }

  #releaseLink(link: ConditionedLink, nowMs: number): void {
    const { outgoing } = link;
    for (let item = outgoing.peekDue(nowMs); item; item = outgoing.peekDue(nowMs)) {
      const taken = this.#handOver(link, item);
      // A full inner buffer: what is reliable stays first in line until there is room.
      if (!taken && item.reliable) return;
      outgoing.takeDue(nowMs);
      this.#pool.giveBack(item);
    }
  }

  #handOver(link: ConditionedLink, item: LinkItem): boolean {
    if (item.kind === "closed") {
      this.#closing.delete(link.id);
      this.#inner.close(link.id, item.code, item.detail);
      return true;
    }
    const delivery = item.reliable ? Delivery.reliable : Delivery.unreliable;
    return this.#inner.send(link.id, item.bytes.subarray(0, item.length), delivery);
  }

  #hurryReliable(link: ConditionedLink): void {
    const { outgoing } = link;
    for (;;) {
      const item = outgoing.takeDue(Number.POSITIVE_INFINITY);
      if (item === undefined) return;
      if (item.reliable) this.#handOver(link, item);
      this.#pool.giveBack(item);
    }
  }

  #tellClosedHere(handler: TransportHandler): void {
    for (;;) {
      const closed = this.#closedHere.shift();
      if (closed === undefined) return;
      handler.onClosed(closed.id, "local", closed.code, closed.detail);
    }
  }

  #deliver(handler: TransportHandler, link: ConditionedLink): void {
    const nowMs = this.#nowMs();
    while (this.#links.get(link.id) === link) {
      const item = link.incoming.takeDue(nowMs);
      if (item === undefined) return;
      try {
        this.#tell(handler, link, item);
      } finally {
        this.#pool.giveBack(item);
      }
    }
  }

  #tell(handler: TransportHandler, link: ConditionedLink, item: LinkItem): void {
    switch (item.kind) {
      case "open":
        link.phase = "open";
        handler.onOpen(link.id, link.remoteAddress);
        return;
      case "message":
        handler.onMessage(link.id, item.bytes.subarray(0, item.length));
        return;
      case "closed":
        this.#links.delete(link.id);
        link.incoming.clear();
        handler.onClosed(link.id, item.cause, item.code, item.detail);
        return;
    }
  }
}
