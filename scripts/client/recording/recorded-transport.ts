import type { ConnectionId, LinkStatistics, Transport, TransportHandler } from "../../transport/transport.ts";
import { Delivery } from "../../transport/transport.ts";
import type { EventDescriber } from "./describe-event.ts";
import type { RecordedEvent } from "./recorded-event.ts";
import type { ReplayTape } from "./replay-tape.ts";

/**
 * A `Transport` that delivers what a recording says was delivered, and answers as the recorded one did. What the client does with it
 * is compared with what the recorded client did, byte by byte.
 */
export class RecordedTransport implements Transport {
  readonly #tape: ReplayTape;
  readonly #describer: EventDescriber;
  #strangers = 0;
  /** Packets that were compared. */
  packetsCompared = 0;

  constructor(tape: ReplayTape, describer: EventDescriber) {
    this.#tape = tape;
    this.#describer = describer;
  }

  listen(): string {
    throw new Error("a recorded client does not listen");
  }

  connect(address: string): ConnectionId {
    const recorded = this.#tape.takeIf("dialled");
    if (recorded === undefined) {
      this.#unrecorded("call", `calls ${address}`);
      this.#strangers += 1;
      return connectionId(-this.#strangers);
    }
    if (recorded.address !== address) this.#tape.differ("call", `calls ${recorded.address}`, `calls ${address}`);
    return connectionId(recorded.connection);
  }

  poll(handler: TransportHandler): void {
    for (let event = this.#tape.next; event !== undefined; event = this.#tape.next) {
      if (!this.#deliver(handler, event)) return;
    }
  }

  send(connection: ConnectionId, bytes: Uint8Array, delivery: Delivery): boolean {
    const recorded = this.#tape.takeIf("sent");
    if (recorded === undefined) {
      this.#unrecorded("packet", this.#describer.packet(bytes));
      return true;
    }
    this.packetsCompared += 1;
    const reliable = delivery === Delivery.reliable;
    const at = firstDifference(recorded.bytes, bytes);
    if (at >= 0) {
      const expected = `${hexAt(recorded.bytes, at)}: ${this.#describer.packet(recorded.bytes)}`;
      this.#tape.differ(
        "packet",
        `byte ${at} ${expected}`,
        `byte ${at} ${hexAt(bytes, at)}: ${this.#describer.packet(bytes)}`,
      );
    } else if (recorded.connection !== connection || recorded.reliable !== reliable) {
      const way = (to: number, sure: boolean) => `connection ${to}, ${sure ? "reliable" : "unreliable"}`;
      this.#tape.differ("delivery", way(recorded.connection, recorded.reliable), way(connection, reliable));
    }
    return recorded.taken;
  }

  flush(): void {}

  close(connection: ConnectionId, code: number, detail: string): void {
    const recorded = this.#tape.takeIf("hungUp");
    const closes = (which: number, by: number, why: string) => `closes connection ${which}: code ${by}, "${why}"`;
    const got = closes(connection, code, detail);
    if (recorded === undefined) {
      this.#unrecorded("close", got);
      return;
    }
    const expected = closes(recorded.connection, recorded.code, recorded.detail);
    if (expected !== got) this.#tape.differ("close", expected, got);
  }

  statistics(_connection: ConnectionId, out: LinkStatistics): boolean {
    const recorded = this.#tape.takeIf("statistics");
    if (recorded === undefined) {
      this.#unrecorded("question", "asks for the link's statistics");
      return false;
    }
    out.rttMs = recorded.rttMs;
    out.inBytesPerSecond = recorded.inBytesPerSecond;
    out.outBytesPerSecond = recorded.outBytesPerSecond;
    out.pendingBytes = recorded.pendingBytes;
    return recorded.known;
  }

  dispose(): void {}

  #deliver(handler: TransportHandler, event: RecordedEvent): boolean {
    switch (event.kind) {
      case "opened":
        this.#tape.take();
        handler.onOpen(connectionId(event.connection), event.address);
        return true;
      case "received":
        this.#tape.take();
        handler.onMessage(connectionId(event.connection), event.bytes);
        return true;
      case "closed":
        this.#tape.take();
        handler.onClosed(connectionId(event.connection), event.cause, event.code, event.detail);
        return true;
      default:
        return false;
    }
  }

  #unrecorded(what: string, got: string): void {
    const { next } = this.#tape;
    const expected = next === undefined ? "nothing: the recording ends" : this.#describer.describe(next);
    this.#tape.differ(what, expected, got, true);
  }
}

/** Index of the first byte that differs, or of the end of the shorter; -1 if there is none. */
function firstDifference(expected: Uint8Array, got: Uint8Array): number {
  const length = Math.min(expected.length, got.length);
  for (let i = 0; i < length; i += 1) if (expected[i] !== got[i]) return i;
  return expected.length === got.length ? -1 : length;
}

function hexAt(bytes: Uint8Array, at: number): string {
  const byte = bytes[at];
  return byte === undefined ? "is past the end" : `is ${byte.toString(16).padStart(2, "0")}`;
}

/** The one place where a number of a recording becomes the id that it was. */
function connectionId(number: number): ConnectionId {
  return number as ConnectionId;
}
