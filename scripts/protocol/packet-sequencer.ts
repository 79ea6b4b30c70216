import { isReliable } from "./message-delivery.ts";
import type { PacketHeader } from "./packet-header.ts";
import { PROTOCOL_MINOR } from "./protocol-version.ts";
import { nextSequence, SEQUENCE_COUNT, sequenceDifference } from "./wrapping-sequence.ts";

/** What to do with a packet: take it, or drop it because it came before or comes too late. */
export type SequenceVerdict = "fresh" | "duplicate" | "stale";

/** How many sequences back duplicates are told from late packets: 17 s at 60 packets/s. Divides 65536. */
const WINDOW = 1_024;
const ACK_BITS = 32;
const EMPTY = -1;

/**
 * One side's end of a session: numbers the packets that leave, remembers those that came, and acks them.
 * Rules P60 to P66 of docs/protocol.md. The memory is a sequence buffer as in Glenn Fiedler's "Reliable Ordered
 * Messages": a slot holds the whole number, so that a slot of an earlier lap is never taken for the current one.
 * Allocates nothing after construction.
 */
export class PacketSequencer {
  readonly counters = {
    /** Packets that came again. */
    duplicates: 0,
    /** Packets of another session or from before the window. */
    stale: 0,
    /** Sequences that were skipped and have not come since: lost, or still on their way. */
    gaps: 0,
  };
  readonly #received = new Int32Array(WINDOW);
  #epoch = 0;
  #minor = PROTOCOL_MINOR;
  #nextSequence = 1;
  #newest = 0;

  constructor() {
    this.reset(0);
  }

  /** Newest sequence received; 0 before the first. */
  get newestReceived(): number {
    return this.#newest;
  }

  /**
   * Starts over for a session. `epoch`: 0 until the session is open, then the one from `HelloAck`, 1 to 65535. `minor`: the
   * minor version that both ends speak; this code's own until that is known.
   */
  reset(epoch: number, minor = PROTOCOL_MINOR): void {
    if (!Number.isInteger(epoch) || epoch < 0 || epoch >= SEQUENCE_COUNT) {
      throw new RangeError(`epoch: expected an integer from 0 to ${SEQUENCE_COUNT - 1}, got ${epoch}`);
    }
    this.#epoch = epoch;
    this.#minor = Math.min(minor, PROTOCOL_MINOR);
    this.#nextSequence = 1;
    this.#newest = 0;
    this.#received.fill(EMPTY);
    this.counters.duplicates = 0;
    this.counters.stale = 0;
    this.counters.gaps = 0;
  }

  /** Stamps a packet that is about to be encoded: minor version, epoch, sequence, ack and ack bits. Leaves `type` alone. */
  next(header: PacketHeader): void {
    header.versionMinor = this.#minor;
    header.sessionEpoch = this.#epoch;
    header.sequence = this.#nextSequence;
    this.#nextSequence = nextSequence(this.#nextSequence);
    header.ack = this.#newest;
    header.ackBits = this.#ackBits();
  }

  /** Judges a decoded packet and remembers it. Call once per packet, in the order of arrival. */
  accept(header: Readonly<PacketHeader>): SequenceVerdict {
    if (header.sessionEpoch !== this.#epoch) return this.#stale();
    const sequence = header.sequence & 0xffff;
    const ahead = sequenceDifference(sequence, this.#newest);
    if (ahead > 0) {
      this.#forget(ahead);
      this.#newest = sequence;
      this.counters.gaps += ahead - 1;
    } else if (ahead <= -WINDOW) {
      // The transport delivers reliable messages once, however late: nothing to hold against them.
      return isReliable(header.type) ? "fresh" : this.#stale();
    } else if (this.#has(sequence)) {
      this.counters.duplicates++;
      return "duplicate";
    } else if (this.counters.gaps > 0) {
      this.counters.gaps--;
    }
    this.#received[sequence % WINDOW] = sequence;
    return "fresh";
  }

  #stale(): SequenceVerdict {
    this.counters.stale++;
    return "stale";
  }

  #has(sequence: number): boolean {
    return this.#received[sequence % WINDOW] === sequence;
  }

  /** Empties the slots of the sequences that are skipped, or they would look received a lap of 65536 later. */
  #forget(ahead: number): void {
    for (let step = Math.min(ahead, WINDOW); step > 0; step--) {
      this.#received[(this.#newest + ahead - step + 1) % WINDOW] = EMPTY;
    }
  }

  #ackBits(): number {
    let bits = 0;
    for (let i = 0; i < ACK_BITS; i++) {
      if (this.#has((this.#newest - 1 - i) & 0xffff)) bits |= 1 << i;
    }
    return bits >>> 0;
  }
}
