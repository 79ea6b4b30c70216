import { type Address, formatAddress, parseAddress } from "./address.ts";
import { ByteRate } from "./byte-rate.ts";
import { clampCloseCode, truncateCloseDetail } from "./close-reason.ts";
import { DeliveryQueue } from "./delivery-queue.ts";
import {
  type CloseCause,
  type ConnectionId,
  Delivery,
  type LinkStatistics,
  MAX_MESSAGE_BYTES,
  SEND_BUFFER_BYTES,
  type Transport,
  type TransportHandler,
} from "./transport.ts";

/** Written over a message after its handler: who keeps the view sees it. */
const POISON = 0xdd;

/** One side of a connection. */
interface Link {
  readonly id: ConnectionId;
  readonly transport: LoopbackTransport;
  readonly address: string;
  phase: "connecting" | "open" | "closed";
  peer: Link | undefined;
  /** Sent and not flushed. */
  readonly outgoing: { bytes: Uint8Array; delivery: Delivery }[];
  outgoingBytes: number;
  readonly inRate: ByteRate;
  readonly outRate: ByteRate;
}

type Arrival =
  | { kind: "asking"; link: Link }
  | { kind: "open"; link: Link }
  | { kind: "message"; link: Link; bytes: Uint8Array }
  | { kind: "closed"; link: Link; cause: CloseCause; code: number; detail: string }
  | { kind: "closedHere"; id: ConnectionId; code: number; detail: string };

/** What a transport in memory needs of the network that it is on. */
export interface LoopbackMedium {
  readonly options: {
    readonly nowMs: () => number;
    readonly latencyMs: number;
    readonly connectTimeoutMs: number;
    readonly silenceTimeoutMs: number;
  };
  isUnplugged(transport: LoopbackTransport): boolean;
  /** A connection id that no other one has. */
  takeConnectionId(): ConnectionId;
  /** An address that a connecting transport is seen with. */
  takeClientAddress(host: string): string;
  /** Returns the bound address. Throws `ListenError`. */
  addListener(address: string, transport: LoopbackTransport): string;
  removeListeners(transport: LoopbackTransport): void;
  /** Who listens on an address; `undefined`: nobody. */
  findListener(address: Address): LoopbackTransport | undefined;
}

/** See `LoopbackNetwork`. What was sent leaves with `flush` only, so that a forgotten `flush` shows. */
export class LoopbackTransport implements Transport {
  private readonly arrivals = new DeliveryQueue<Arrival>();
  private readonly links = new Map<ConnectionId, Link>();
  private readonly unflushed = new Set<Link>();
  private polling = false;
  private disposed = false;

  constructor(private readonly network: LoopbackMedium) {}

  listen(address: string): string {
    if (this.disposed) throw new Error("LoopbackTransport.listen after dispose");
    return this.network.addListener(address, this);
  }

  connect(address: string): ConnectionId {
    const id = this.network.takeConnectionId();
    if (this.disposed) return id;
    const link = this.makeLink(id, address);
    this.links.set(id, link);
    const nowMs = this.network.options.nowMs();
    const parsed = parseAddress(address);
    if (!parsed || parsed.port === 0) {
      const detail = `"${address}" is no address: expected host:port or [IPv6]:port`;
      this.arrivals.push(nowMs, { kind: "closed", link, cause: "error", code: 0, detail });
      return id;
    }
    const listener = this.network.findListener(parsed);
    if (listener && !this.network.isUnplugged(this)) {
      const peer = listener.makeLink(this.network.takeConnectionId(), this.network.takeClientAddress(parsed.host));
      peer.peer = link;
      link.peer = peer;
      this.arrive(link, (at) => ({ kind: "asking", link: at }));
    }
    const deadlineMs = nowMs + this.network.options.connectTimeoutMs;
    const detail = `${formatAddress(parsed.host, parsed.port)} does not answer`;
    this.arrivals.push(deadlineMs, { kind: "closed", link, cause: "unreachable", code: 0, detail });
    return id;
  }

  poll(handler: TransportHandler): void {
    if (this.polling) throw new Error("Transport.poll was called from inside one of its own handlers");
    this.polling = true;
    try {
      const nowMs = this.network.options.nowMs();
      for (let next = this.arrivals.takeDue(nowMs); next; next = this.arrivals.takeDue(nowMs)) {
        this.deliver(handler, next);
      }
    } finally {
      this.polling = false;
    }
  }

  send(connection: ConnectionId, bytes: Uint8Array, delivery: Delivery): boolean {
    const link = this.links.get(connection);
    if (link?.phase !== "open" || bytes.length > MAX_MESSAGE_BYTES) return false;
    if (link.outgoingBytes + bytes.length > SEND_BUFFER_BYTES) return false;
    link.outgoing.push({ bytes: bytes.slice(), delivery });
    link.outgoingBytes += bytes.length;
    this.unflushed.add(link);
    return true;
  }

  flush(): void {
    for (const link of this.unflushed) this.flushLink(link, false);
    this.unflushed.clear();
  }

  close(connection: ConnectionId, code: number, detail: string): void {
    const link = this.links.get(connection);
    if (!link) return;
    const wireCode = clampCloseCode(code);
    const wireDetail = truncateCloseDetail(detail);
    this.closeLink(link, wireCode, wireDetail);
    const nowMs = this.network.options.nowMs();
    this.arrivals.push(nowMs, { kind: "closedHere", id: connection, code: wireCode, detail: wireDetail });
  }

  statistics(connection: ConnectionId, out: LinkStatistics): boolean {
    const link = this.links.get(connection);
    if (link?.phase !== "open") return false;
    const { nowMs, latencyMs } = this.network.options;
    out.rttMs = 2 * latencyMs;
    out.inBytesPerSecond = link.inRate.bytesPerSecond(nowMs());
    out.outBytesPerSecond = link.outRate.bytesPerSecond(nowMs());
    out.pendingBytes = link.outgoingBytes;
    return true;
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.flush();
    for (const link of this.links.values()) this.closeLink(link, 0, "");
    this.network.removeListeners(this);
    this.arrivals.clear();
  }

  /** For the network: lets the peers of this transport find out by silence. */
  losePeers(): void {
    const { nowMs, silenceTimeoutMs } = this.network.options;
    for (const link of this.links.values()) {
      if (!link.peer) continue;
      for (const side of [link, link.peer]) {
        const detail = `nothing heard for ${silenceTimeoutMs} ms`;
        const arrival: Arrival = { kind: "closed", link: side, cause: "timeout", code: 0, detail };
        side.transport.arrivals.push(nowMs() + silenceTimeoutMs, arrival);
      }
    }
  }

  private makeLink(id: ConnectionId, address: string): Link {
    return {
      id,
      transport: this,
      address,
      phase: "connecting",
      peer: undefined,
      outgoing: [],
      outgoingBytes: 0,
      inRate: new ByteRate(),
      outRate: new ByteRate(),
    };
  }

  private deliver(handler: TransportHandler, arrival: Arrival): void {
    if (arrival.kind === "closedHere") {
      handler.onClosed(arrival.id, "local", arrival.code, arrival.detail);
      return;
    }
    const link = arrival.link;
    if (link.phase === "closed") return;
    switch (arrival.kind) {
      case "asking":
        this.answer(handler, link);
        return;
      case "open":
        link.phase = "open";
        handler.onOpen(link.id, link.address);
        return;
      case "message":
        if (link.phase !== "open") return;
        link.inRate.add(arrival.bytes.length, this.network.options.nowMs());
        try {
          handler.onMessage(link.id, arrival.bytes);
        } finally {
          arrival.bytes.fill(POISON);
        }
        return;
      case "closed":
        // The deadline of an attempt to connect that has been answered.
        if (arrival.cause === "unreachable" && link.phase === "open") return;
        this.forget(link);
        handler.onClosed(link.id, arrival.cause, arrival.code, arrival.detail);
        return;
    }
  }

  private answer(handler: TransportHandler, link: Link): void {
    this.links.set(link.id, link);
    let taken = false;
    try {
      taken = handler.onConnecting(link.id, link.address);
    } finally {
      if (link.phase === "connecting") {
        if (taken) {
          this.arrive(link, (at) => ({ kind: "open", link: at }));
          this.arrivals.push(this.network.options.nowMs(), { kind: "open", link });
        } else {
          this.arrive(link, (at) => ({ kind: "closed", link: at, cause: "refused", code: 0, detail: "refused" }));
          this.forget(link);
        }
      }
    }
  }

  private closeLink(link: Link, code: number, detail: string): void {
    this.flushLink(link, true);
    this.arrive(link, (at) => ({ kind: "closed", link: at, cause: "remote", code, detail }));
    this.forget(link);
  }

  private forget(link: Link): void {
    link.phase = "closed";
    this.links.delete(link.id);
    this.unflushed.delete(link);
  }

  private flushLink(link: Link, reliableOnly: boolean): void {
    const nowMs = this.network.options.nowMs();
    for (const { bytes, delivery } of link.outgoing) {
      link.outRate.add(bytes.length, nowMs);
      if (reliableOnly && delivery !== Delivery.reliable) continue;
      this.arrive(link, (at) => ({ kind: "message", link: at, bytes }));
    }
    link.outgoing.length = 0;
    link.outgoingBytes = 0;
  }

  /** One latency for all: what was sent first arrives first. */
  private arrive(link: Link, arrival: (at: Link) => Arrival): void {
    const peer = link.peer;
    if (!peer || this.network.isUnplugged(this) || this.network.isUnplugged(peer.transport)) return;
    const { nowMs, latencyMs } = this.network.options;
    peer.transport.arrivals.push(nowMs() + latencyMs, arrival(peer));
  }
}
