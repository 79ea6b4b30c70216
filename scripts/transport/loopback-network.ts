import { type Address, formatAddress, parseAddress, withoutName } from "./address.ts";
import { type LoopbackMedium, LoopbackTransport } from "./loopback-transport.ts";
import { type ConnectionId, ListenError, type Transport } from "./transport.ts";

export interface LoopbackOptions {
  /** Virtual time, milliseconds. Nothing arrives before it has passed. */
  nowMs: () => number;
  /** One way, milliseconds (1). */
  latencyMs?: number;
  /** How long an attempt to connect may go without an answer, milliseconds (4000). */
  connectTimeoutMs?: number;
  /** How long an open connection may be silent, milliseconds (10000). */
  silenceTimeoutMs?: number;
}

const FIRST_FREE_PORT = 49152;

/**
 * A network in memory and in virtual time, with the same behaviour as the real transport towards its user: perfect wires of one
 * latency, for a `ConditionedTransport` to make worse. Every IP address exists on it; of names it knows `localhost`. With the
 * same calls everything arrives in the same order.
 */
export class LoopbackNetwork implements LoopbackMedium {
  readonly options: Required<LoopbackOptions>;
  private readonly listeners: { address: Address; transport: LoopbackTransport }[] = [];
  /** Weak: a machine that is gone stays gone, and is remembered only as long as somebody has it. */
  private readonly unplugged = new WeakSet<LoopbackTransport>();
  private nextPort = FIRST_FREE_PORT;
  private nextConnection = 1;

  constructor(options: LoopbackOptions) {
    this.options = {
      latencyMs: 1,
      connectTimeoutMs: 4000,
      silenceTimeoutMs: 10_000,
      ...options,
    };
  }

  createTransport(): Transport {
    return new LoopbackTransport(this);
  }

  /** Takes a machine off the network without a word: its peers hear nothing more, and time out. */
  unplug(transport: Transport): void {
    if (!(transport instanceof LoopbackTransport)) throw new Error("unplug expects a transport of a LoopbackNetwork");
    this.unplugged.add(transport);
    this.removeListeners(transport);
    transport.losePeers();
  }

  isUnplugged(transport: LoopbackTransport): boolean {
    return this.unplugged.has(transport);
  }

  takeConnectionId(): ConnectionId {
    return this.nextConnection++ as ConnectionId;
  }

  takeClientAddress(host: string): string {
    return formatAddress(host.includes(":") ? "::1" : "127.0.0.1", this.takePort());
  }

  addListener(text: string, transport: LoopbackTransport): string {
    const parsed = parseAddress(text);
    const address = parsed && withoutName(parsed);
    if (!address) {
      throw new ListenError("address_invalid", `Cannot listen on "${text}": expected an IP address and a port`);
    }
    const bound = { ...address, port: address.port || this.takePort() };
    if (this.listeners.some((other) => overlap(other.address, bound))) {
      throw new ListenError("address_in_use", `Port ${bound.port} of ${text} is taken: choose another port`);
    }
    this.listeners.push({ address: bound, transport });
    return formatAddress(bound.host, bound.port);
  }

  removeListeners(transport: LoopbackTransport): void {
    const left = this.listeners.filter((listener) => listener.transport !== transport);
    this.listeners.splice(0, this.listeners.length, ...left);
  }

  /** Who listens on an address; `undefined`: nobody. */
  findListener(address: Address): LoopbackTransport | undefined {
    const target = withoutName(address);
    return target && this.listeners.find((listener) => accepts(listener.address, target))?.transport;
  }

  private takePort(): number {
    while (this.listeners.some((listener) => listener.address.port === this.nextPort)) this.nextPort++;
    if (this.nextPort > 65535) this.nextPort = FIRST_FREE_PORT;
    return this.nextPort++;
  }
}

function accepts(listener: Address, target: Address): boolean {
  if (listener.port !== target.port) return false;
  if (listener.host === "::") return true;
  if (listener.host === "0.0.0.0") return target.kind === "ipv4";
  return listener.host === target.host;
}

function overlap(a: Address, b: Address): boolean {
  return accepts(a, b) || accepts(b, a);
}
