/**
 * The compiled addon: one function per operation, ids instead of objects, batches instead of callbacks. Everything runs on
 * the JavaScript thread that loaded it and nothing happens between calls, except that threads send and
 * receive. A stale id, or a call after the endpoint is destroyed, gives `false`, 0 or "".
 */
export interface Gns {
  /** A transport's share of the library. Starts the library with the first one. Throws `unavailable`. */
  createEndpoint(settings: EndpointSettings): number;
  /**
   * Closes what the endpoint holds; before that waits at most `maxDrainMs` (blocking) until what was sent reliably is
   * acknowledged. The last endpoint stops the library.
   */
  destroyEndpoint(endpoint: number, maxDrainMs: number): boolean;
  /**
   * Listens on "ip:port" or "[ip6]:port"; port 0 picks a free one. Returns the bound address. Throws an error whose `code`
   * is "address_in_use", "address_invalid", "forbidden" (a privileged port) or "failed", with the system's words as message.
   */
  listen(endpoint: number, address: string): string;
  /** A connection id for `connect`; ids are counted up per process and not reused. */
  reserveConnectionId(): number;
  /** Starts to connect to "ip:port". `false`: that is no address. */
  connect(endpoint: number, connection: number, address: string): boolean;
  /** Takes a connection that asks. */
  accept(connection: number): boolean;
  /** Ends a connection; after acknowledgement of what was sent reliably, at most 3 s. `reason`: 1000 to 2999. */
  close(connection: number, reason: number, text: string): boolean;
  /** Frees a connection after its `closedByPeer` or `problem` event. Must be called, or the port stays taken. */
  release(connection: number): boolean;
  /** "ip:port" of the peer. */
  remoteAddress(connection: number): string;
  /** Text of the peer, or of the library, about the end of a connection. Until `release`. */
  closeText(connection: number): string;
  /** Fills rows of four numbers: connection, `EventKind`, reason, 0. Returns the number of rows; call again if all are used. */
  takeEvents(endpoint: number, rows: Float64Array): number;
  /**
   * Fills `slab` from byte `start` (a multiple of 8; at least 512 KiB + 16 bytes must follow) with records: u32 connection,
   * u32 length, payload, padding to 8 bytes. Returns the bytes written; negated when messages wait that did not fit.
   */
  receive(endpoint: number, slab: ArrayBuffer, start: number): number;
  /**
   * Sends the unreliable records (same layout) in the first `usedBytes` of the slab, and everything that waits for the Nagle
   * timer; from 16 records on, on a thread of its own. Returns how many were dropped, of these and of what was still being sent
   * when it was called before; their connection ids are then at the start of the slab as u32.
   */
  sendBatch(endpoint: number, slab: ArrayBuffer, usedBytes: number): number;
  /** Sends one message. 0, or a negative `SendFailure`. */
  sendOne(connection: number, bytes: Uint8Array, reliable: boolean): number;
  /** Asks the library again whether too many unreliable bytes wait on this connection. */
  isShedding(connection: number): boolean;
  /**
   * Fills 8 numbers: round trip in ms (-1 unknown), bytes per second in and out, pending unreliable bytes, pending reliable
   * bytes, sent but unacknowledged bytes, local and remote quality (0 to 1, -1 unknown). `false`: not open.
   */
  readStatistics(connection: number, out: Float64Array): boolean;
  /** Fills 3 numbers: messages shed, messages failed, receive buffer bytes of the listening socket as the system granted it. */
  readCounters(endpoint: number, out: Float64Array): boolean;
  /** Warnings of the library since the last call, at most 64. */
  takeLog(): string[];
}

/** Integers. What is missing gets the default in parentheses. */
export interface EndpointSettings {
  /** How long an attempt to connect may go without an answer (4000). */
  connectTimeoutMs?: number;
  /** How long an open connection may be silent (10000). */
  silenceTimeoutMs?: number;
  /** Ceiling per connection; the library has no congestion control (2 MiB/s). */
  sendRateBytesPerSecond?: number;
  /** Bytes that may wait per connection before sending fails (1 MiB). */
  sendBufferBytes?: number;
  /** Wanted system buffers of a listening socket; the system may grant less (4 MiB). */
  socketBufferBytes?: number;
  /** Unreliable messages are dropped while more unreliable bytes than this wait on their connection (64 KiB). */
  pendingUnreliableLimitBytes?: number;
}

/** Loads the addon once. Throws an error that says what to do when it is missing, does not fit, or in a worker thread. */
export function load(): Gns;

/** Where `load` looks, in order. */
export function candidates(): string[];
