/** Names one connection of one transport. Never reused while the transport lives. */
export type ConnectionId = number & { readonly connectionId: unique symbol };

/** How a message travels. Unreliable messages may be lost, doubled or reordered; reliable ones arrive once and in order. */
export const Delivery = { unreliable: 0, reliable: 1 } as const;
export type Delivery = (typeof Delivery)[keyof typeof Delivery];

/** Longest message, and how much may wait to be sent on one connection, bytes. As GameNetworkingSockets has it. */
export const MAX_MESSAGE_BYTES = 512 * 1024;
export const SEND_BUFFER_BYTES = 1024 * 1024;

/**
 * Why a connection ended.
 * - `local`: this side closed it. - `remote`: the peer closed it, with its code and text.
 * - `refused`: the peer's listener did not take it. - `unreachable`: no answer while connecting.
 * - `timeout`: it was open and fell silent. - `error`: the transport itself failed.
 */
export type CloseCause = "local" | "remote" | "refused" | "unreachable" | "timeout" | "error";

/** What a transport tells its owner, only ever from inside `poll`. */
export interface TransportHandler {
  /** A peer asks for a connection (listening side). `false` refuses it, and nothing more is said about it here. */
  onConnecting(connection: ConnectionId, remoteAddress: string): boolean;
  /** The connection carries messages from now on. */
  onOpen(connection: ConnectionId, remoteAddress: string): void;
  /** One whole message. `bytes` is a view of reused memory: valid only during the call. */
  onMessage(connection: ConnectionId, bytes: Uint8Array): void;
  /** The last word about a connection: its id means nothing afterwards. */
  onClosed(connection: ConnectionId, cause: CloseCause, code: number, detail: string): void;
}

/** What is known about a link. Filled in place by `Transport.statistics`. */
export interface LinkStatistics {
  /** Round-trip time, milliseconds, smoothed by the transport; -1 while unknown. */
  rttMs: number;
  /** Bytes per second on the wire, with the transport's own headers. */
  inBytesPerSecond: number;
  outBytesPerSecond: number;
  /** Bytes accepted by `send` and not yet on the wire. */
  pendingBytes: number;
}

/** The address cannot be listened on. `reason` is for programs, `message` for people. */
export class ListenError extends Error {
  override readonly name = "ListenError";
  constructor(
    readonly reason: "address_in_use" | "address_invalid" | "failed",
    message: string,
  ) {
    super(message);
  }
}

/**
 * Message transport between one owner and its peers, client or server. Adapters: GameNetworkingSockets, in-memory
 * loopback in virtual time, and the link conditioner that wraps another one. Nothing happens between calls: events and
 * messages come out of `poll`, and what was sent leaves at the latest with `flush`.
 */
export interface Transport {
  /** Listens on `host:port` (`[v6]:port`); port 0 picks a free one. Returns the bound address. Throws `ListenError`. */
  listen(address: string): string;
  /** Starts to connect. The outcome comes as `onOpen` or `onClosed`, also for an address that cannot be parsed. */
  connect(address: string): ConnectionId;
  /** Drains everything that came in. Not reentrant. */
  poll(handler: TransportHandler): void;
  /** Queues a copy of `bytes`. `false`: not a live connection, too large, or its send buffer is full. */
  send(connection: ConnectionId, bytes: Uint8Array, delivery: Delivery): boolean;
  /** Hands everything queued to the network now. Call once per frame or tick. */
  flush(): void;
  /**
   * Ends a connection; what was sent reliably before is still delivered. `code` (0 to 999) and `detail` (cut to 127 bytes of
   * UTF-8) reach the peer's `onClosed`, and this side's with the cause `local`.
   */
  close(connection: ConnectionId, code: number, detail: string): void;
  /** Fills `out`; `false` when the connection is not open. */
  statistics(connection: ConnectionId, out: LinkStatistics): boolean;
  /** Closes everything and frees what the transport holds. Safe to call twice. */
  dispose(): void;
}
