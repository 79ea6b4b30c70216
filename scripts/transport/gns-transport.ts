import { lookup } from "node:dns/promises";
import { type EndpointSettings, type Gns, load } from "../../addons/gns/index.js";
import { formatAddress, parseAddress, withoutName } from "./address.ts";
import { clampCloseCode, truncateCloseDetail } from "./close-reason.ts";
import { type ConnectionRate, ConnectionRateLimit, DEFAULT_CONNECTION_RATE } from "./connection-rate-limit.ts";
import { closeCauseOf, GNS_CODE_OF_ZERO, GNS_REFUSED_CODE } from "./gns-close-cause.ts";
import { toListenAddress, toListenError } from "./gns-listen.ts";
import { SendSlab } from "./send-slab.ts";
import {
  type CloseCause,
  type ConnectionId,
  Delivery,
  type LinkStatistics,
  type Transport,
  type TransportHandler,
} from "./transport.ts";

/** Numbers that a server or a test may want to be different. See `EndpointSettings` for defaults and units. */
export interface GnsTransportOptions extends EndpointSettings {
  connectionRate?: ConnectionRate;
  /** Clock of the connection rate limit, milliseconds. The library itself lives in real time. */
  nowMs?: () => number;
}

/** What went wrong since the transport was made. */
export interface GnsCounters {
  /** Unreliable messages dropped because too many bytes waited on their connection. */
  messagesShed: number;
  /** Messages that the library did not take. */
  messagesFailed: number;
  /** Requests for a connection refused by the rate limit. */
  connectionsLimited: number;
  /** Receive buffer of the listening socket as the system granted it, bytes; 0 without one. */
  socketBufferBytes: number;
}

/** As in the addon's event rows. */
const EventKind = { asking: 1, open: 2, closedByPeer: 3, problem: 4 } as const;

interface Link {
  readonly id: ConnectionId;
  address: string;
  /** `ending`: its end is known, messages that came before it are still delivered. */
  phase: "resolving" | "asking" | "handshaking" | "open" | "ending";
  /** The last flush dropped something: unreliable messages are refused until the backlog is gone. */
  congested: boolean;
  /** Addresses of the same host that are tried when this one does not answer. */
  readonly alternatives: string[];
}

interface Closing {
  readonly id: ConnectionId;
  readonly cause: CloseCause;
  readonly code: number;
  readonly detail: string;
}

const EVENT_ROWS = 256;
const RECEIVE_SLAB_BYTES = 2 * 1024 * 1024;
const SEND_SLAB_BYTES = 256 * 1024;
/** Larger ones travel alone: GameNetworkingSockets splits them into many packets anyway. */
const MAX_BATCHED_BYTES = 16 * 1024;
const RECORD_HEADER_BYTES = 8;
/** Bounds the time that one `poll` spends on messages; the rest comes with the next one. */
const MAX_RECEIVE_ROUNDS = 16;
/** How long `dispose` waits, blocking, for the acknowledgement of what was sent reliably. */
const DISPOSE_DRAIN_MS = 300;
/** Sent for an empty text, which the library would replace by words of its own. */
const NO_DETAIL = " ";

/**
 * `Transport` over Valve's GameNetworkingSockets: encrypted UDP, its own thread for the network. Handler methods may call
 * `send`, `close`, `connect` and `dispose`. An exception of a handler leaves `poll`; the next `poll` goes on with what
 * comes after it. A connection that `onConnecting` refused gets no `onClosed`.
 */
export class GnsTransport implements Transport {
  private readonly gns: Gns;
  private readonly rateLimit: ConnectionRateLimit;
  private endpoint: number;
  private polling = false;
  private readonly links = new Map<ConnectionId, Link>();
  private readonly closings: Closing[] = [];
  private readonly congested = new Set<Link>();

  private readonly eventRows = new Float64Array(EVENT_ROWS * 4);
  private eventCursor = 0;
  private eventCount = 0;

  private readonly receiveSlab = new ArrayBuffer(RECEIVE_SLAB_BYTES);
  private readonly receiveWords = new Uint32Array(this.receiveSlab);
  private receiveCursor = 0;
  private receiveEnd = 0;
  private moreToReceive = false;

  private readonly sendSlab = new SendSlab(SEND_SLAB_BYTES);
  private readonly statisticsFields = new Float64Array(8);
  private connectionsLimited = 0;

  /** Throws when the addon is missing or does not load, with what to do about it. */
  constructor(options: GnsTransportOptions = {}) {
    this.gns = load();
    this.rateLimit = new ConnectionRateLimit(
      options.connectionRate ?? DEFAULT_CONNECTION_RATE,
      options.nowMs ?? (() => performance.now()),
    );
    this.endpoint = this.gns.createEndpoint(options);
  }

  listen(address: string): string {
    const target = toListenAddress(address);
    try {
      return this.gns.listen(this.endpoint, target);
    } catch (error) {
      throw toListenError(error, address);
    }
  }

  connect(address: string): ConnectionId {
    const id = this.gns.reserveConnectionId() as ConnectionId;
    if (this.endpoint === 0) return id;
    const link: Link = { id, address, phase: "resolving", congested: false, alternatives: [] };
    this.links.set(id, link);
    const parsed = parseAddress(address);
    if (!parsed || parsed.port === 0) {
      this.announceEnd(link, "error", 0, `"${address}" is no address: expected host:port or [IPv6]:port`);
    } else {
      const target = withoutName(parsed);
      if (target) this.start(link, formatAddress(target.host, target.port));
      else void this.resolve(link, parsed.host, parsed.port);
    }
    return id;
  }

  poll(handler: TransportHandler): void {
    if (this.polling) throw new Error("Transport.poll was called from inside one of its own handlers");
    this.polling = true;
    try {
      this.deliverEvents(handler);
      // A peer's last messages come before the news of its end.
      if (this.deliverMessages(handler)) this.deliverClosings(handler);
    } finally {
      this.polling = false;
    }
  }

  send(connection: ConnectionId, bytes: Uint8Array, delivery: Delivery): boolean {
    const link = this.links.get(connection);
    if (link?.phase !== "open") return false;
    if (delivery === Delivery.reliable || bytes.length > MAX_BATCHED_BYTES) {
      return this.gns.sendOne(connection, bytes, delivery === Delivery.reliable) === 0;
    }
    if (link.congested) return false;
    if (this.sendSlab.add(connection, bytes)) return true;
    this.flush();
    return this.sendSlab.add(connection, bytes);
  }

  flush(): void {
    if (this.endpoint === 0) return;
    for (const link of this.congested) {
      if (this.gns.isShedding(link.id)) continue;
      link.congested = false;
      this.congested.delete(link);
    }
    const dropped = this.gns.sendBatch(this.endpoint, this.sendSlab.buffer, this.sendSlab.usedBytes);
    this.sendSlab.usedBytes = 0;
    for (let index = 0; index < dropped; index++) {
      const link = this.links.get(this.sendSlab.idAt(index));
      if (!link) continue;
      link.congested = true;
      this.congested.add(link);
    }
  }

  close(connection: ConnectionId, code: number, detail: string): void {
    const link = this.links.get(connection);
    if (!link) return;
    const wireCode = clampCloseCode(code);
    const wireDetail = truncateCloseDetail(detail);
    this.gns.close(connection, GNS_CODE_OF_ZERO + wireCode, wireDetail || NO_DETAIL);
    this.links.delete(connection);
    this.congested.delete(link);
    this.closings.push({ id: connection, cause: "local", code: wireCode, detail: wireDetail });
  }

  statistics(connection: ConnectionId, out: LinkStatistics): boolean {
    const fields = this.statisticsFields;
    if (!this.gns.readStatistics(connection, fields) || !this.links.has(connection)) return false;
    out.rttMs = fields[0] ?? -1;
    out.inBytesPerSecond = fields[1] ?? 0;
    out.outBytesPerSecond = fields[2] ?? 0;
    out.pendingBytes = (fields[3] ?? 0) + (fields[4] ?? 0);
    return true;
  }

  /** See `GnsCounters`. */
  counters(): GnsCounters {
    const fields = new Float64Array(3);
    this.gns.readCounters(this.endpoint, fields);
    return {
      messagesShed: fields[0] ?? 0,
      messagesFailed: fields[1] ?? 0,
      connectionsLimited: this.connectionsLimited,
      socketBufferBytes: fields[2] ?? 0,
    };
  }

  /** Blocks for at most 0.3 s, only while reliable messages are not acknowledged. No handler is called any more. */
  dispose(): void {
    if (this.endpoint === 0) return;
    this.flush();
    const endpoint = this.endpoint;
    this.endpoint = 0;
    this.links.clear();
    this.congested.clear();
    this.closings.length = 0;
    this.eventCount = 0;
    this.receiveEnd = 0;
    this.moreToReceive = false;
    this.gns.destroyEndpoint(endpoint, DISPOSE_DRAIN_MS);
  }

  private async resolve(link: Link, host: string, port: number): Promise<void> {
    let failure = `the name "${host}" has no address`;
    try {
      const found = await lookup(host, { all: true, order: "ipv4first" });
      link.alternatives.push(...found.map((entry) => formatAddress(entry.address, port)));
    } catch (error) {
      failure = `the name "${host}" was not found (${error instanceof Error ? error.message : String(error)})`;
    }
    // Closed or disposed of in the meantime.
    if (this.links.get(link.id) !== link) return;
    const first = link.alternatives.shift();
    if (first === undefined) this.announceEnd(link, "unreachable", 0, failure);
    else this.start(link, first);
  }

  private start(link: Link, address: string): void {
    link.address = address;
    link.phase = "handshaking";
    if (this.gns.connect(this.endpoint, link.id, address)) return;
    this.announceEnd(link, "error", 0, `GameNetworkingSockets does not connect to ${address}`);
  }

  private deliverEvents(handler: TransportHandler): void {
    for (;;) {
      // Advanced before the handler runs: one that throws does not see the same event again.
      while (this.eventCursor < this.eventCount) this.deliverEvent(handler, this.eventCursor++ * 4);
      this.eventCursor = 0;
      this.eventCount = this.gns.takeEvents(this.endpoint, this.eventRows);
      if (this.eventCount === 0) return;
    }
  }

  private deliverEvent(handler: TransportHandler, row: number): void {
    const id = (this.eventRows[row] ?? 0) as ConnectionId;
    const kind = this.eventRows[row + 1];
    const link = this.links.get(id);
    if (kind === EventKind.asking) {
      this.answer(handler, id);
    } else if (!link) {
      this.gns.release(id);
    } else if (kind === EventKind.open) {
      if (link.phase === "handshaking") this.open(handler, link);
    } else {
      this.end(link, kind === EventKind.closedByPeer, this.eventRows[row + 2] ?? 0);
    }
  }

  private answer(handler: TransportHandler, id: ConnectionId): void {
    const address = this.gns.remoteAddress(id);
    if (!this.rateLimit.admit(address)) {
      this.connectionsLimited++;
      this.gns.close(id, GNS_REFUSED_CODE, "too many connections from your address, try again later");
      return;
    }
    const link: Link = { id, address, phase: "asking", congested: false, alternatives: [] };
    this.links.set(id, link);
    let taken = false;
    try {
      taken = handler.onConnecting(id, address);
    } finally {
      // The handler may have closed it, or everything.
      if (this.links.get(id) === link) {
        if (taken) {
          link.phase = "handshaking";
          this.gns.accept(id);
        } else {
          this.links.delete(id);
          this.gns.close(id, GNS_REFUSED_CODE, "refused");
        }
      }
    }
  }

  private open(handler: TransportHandler, link: Link): void {
    link.phase = "open";
    handler.onOpen(link.id, link.address);
  }

  private end(link: Link, byPeer: boolean, reason: number): void {
    const wasOpen = link.phase === "open";
    const sentText = this.gns.closeText(link.id);
    const text = sentText === NO_DETAIL ? "" : sentText;
    const ending = closeCauseOf(byPeer, wasOpen, reason);
    const next = ending.cause === "unreachable" ? link.alternatives.shift() : undefined;
    if (next !== undefined) {
      this.gns.release(link.id);
      this.start(link, next);
      return;
    }
    const detail = ending.cause === "unreachable" ? `${link.address} does not answer (${text})` : text;
    this.announceEnd(link, ending.cause, ending.code, detail);
  }

  /** `false`: more is waiting, and the news of who is gone must wait too. */
  private deliverMessages(handler: TransportHandler): boolean {
    for (let round = 0; round < MAX_RECEIVE_ROUNDS; round++) {
      while (this.receiveCursor < this.receiveEnd) this.deliverMessage(handler);
      if (round > 0 && !this.moreToReceive) return true;
      const used = this.gns.receive(this.endpoint, this.receiveSlab, 0);
      this.moreToReceive = used < 0;
      this.receiveCursor = 0;
      this.receiveEnd = Math.abs(used);
      if (used === 0) return true;
    }
    while (this.receiveCursor < this.receiveEnd) this.deliverMessage(handler);
    return !this.moreToReceive;
  }

  private deliverMessage(handler: TransportHandler): void {
    const word = this.receiveCursor >> 2;
    const id = (this.receiveWords[word] ?? 0) as ConnectionId;
    const length = this.receiveWords[word + 1] ?? 0;
    const start = this.receiveCursor + RECORD_HEADER_BYTES;
    this.receiveCursor = start + ((length + 7) & ~7);
    const link = this.links.get(id);
    if (!link) return;
    // The message overtook the event that says so.
    if (link.phase === "handshaking") this.open(handler, link);
    if (this.links.get(id) !== link) return;
    // A fresh view costs 26 ns with its garbage collection; copying to a cached one costs 26 ns for 40 bytes, 51 for 600.
    handler.onMessage(id, new Uint8Array(this.receiveSlab, start, length));
  }

  private deliverClosings(handler: TransportHandler): void {
    // Those that handlers add now come with the next poll.
    for (let left = this.closings.length; left > 0; left--) {
      const closing = this.closings.shift();
      if (!closing) return;
      if (closing.cause !== "local") {
        // Closed locally after its end was known: that is delivered instead.
        if (!this.links.delete(closing.id)) continue;
        this.gns.release(closing.id);
      }
      handler.onClosed(closing.id, closing.cause, closing.code, closing.detail);
    }
  }

  private announceEnd(link: Link, cause: CloseCause, code: number, detail: string): void {
    link.phase = "ending";
    this.congested.delete(link);
    this.closings.push({ id: link.id, cause, code, detail });
  }
}

/** Makes a transport over GameNetworkingSockets. Throws when the addon is missing or does not load, with what to do. */
export function createGnsTransport(options: GnsTransportOptions = {}): Transport {
  return new GnsTransport(options);
}
