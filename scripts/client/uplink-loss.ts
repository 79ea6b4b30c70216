import { sequenceDifference } from "../protocol/wrapping-sequence.ts";

/** Packets on their way that are remembered: 17 s of 60 a second. */
const WINDOW = 1_024;
const ACK_BITS = 32;
/** A packet is lost when so many later ones have arrived and it has not. */
const REORDER_PACKETS = 3;
/** Packets that the loss rate is taken over: the last four to eight seconds of play. */
export const RATE_PACKETS = 256;
/** Packets after which the longest run of losses counts one less: a minute of input. */
const FORGET_PACKETS = 1_800;
/** Until something is known, runs of two are reckoned with. */
const FIRST_RUN = 2;

/**
 * What of the sent packets never arrived, by the acks of the other side: how many, and how many in a row, which is what redundancy has
 * to bridge. Call `sent` for each packet and `acknowledge` for each that came. Allocates nothing.
 */
export class UplinkLoss {
  /** Whether the packet in a slot was acked. */
  readonly #arrived = new Uint8Array(WINDOW);
  /** What became of the last packets that were decided, 1: lost; and how many of them were. */
  readonly #recent = new Uint8Array(RATE_PACKETS);
  #recentCount = 0;
  #recentLost = 0;
  #newestSent = 0;
  /** Up to which sequence it is decided what arrived. */
  #judged = 0;
  #newestAcked = 0;
  #run = 0;
  #sinceLongest = 0;
  /** Whether the other side acks what is sent now; the old codec knows no acks. */
  acked = true;
  /** Share of the last `RATE_PACKETS` that were lost, 0 to 1; of fewer, while there are not so many. */
  lossRate = 0;
  /** Longest run of losses in a row lately. */
  longestRun = FIRST_RUN;
  /** Packets of this session known to have arrived, and to be lost. */
  arrived = 0;
  lost = 0;

  reset(): void {
    this.#arrived.fill(0);
    this.#newestSent = 0;
    this.#judged = 0;
    this.#newestAcked = 0;
    this.#run = 0;
    this.#sinceLongest = 0;
    this.#recentCount = 0;
    this.#recentLost = 0;
    this.lossRate = 0;
    this.longestRun = FIRST_RUN;
    this.arrived = 0;
    this.lost = 0;
  }

  /** `acked`: whether the other side acks it; what goes out in a codec without acks says nothing. */
  sent(sequence: number, acked: boolean): void {
    this.#newestSent = sequence;
    this.#arrived[sequence % WINDOW] = acked ? 0 : 1;
  }

  /** Takes in the header of a packet that came. Acks of what was never sent are ignored. */
  acknowledge(ack: number, ackBits: number): void {
    if (ack === 0 && ackBits === 0) return;
    const ahead = sequenceDifference(this.#newestSent, ack);
    if (ahead < 0 || ahead >= WINDOW) return;
    this.#arrived[ack % WINDOW] = 1;
    for (let i = 0; i < ACK_BITS; i += 1) {
      if ((ackBits >>> i) & 1) this.#arrived[((ack - 1 - i) & 0xffff) % WINDOW] = 1;
    }
    if (sequenceDifference(ack, this.#newestAcked) > 0) this.#newestAcked = ack;
    this.#judge();
  }

  /** What lies far enough behind the newest ack is decided. */
  #judge(): void {
    const behind = sequenceDifference(this.#newestAcked, this.#judged);
    // After so long a gap the acks of what lies before it are gone.
    if (behind > ACK_BITS) this.#judged = (this.#newestAcked - ACK_BITS) & 0xffff;
    while (sequenceDifference(this.#newestAcked, this.#judged) > REORDER_PACKETS) {
      this.#judged = (this.#judged + 1) & 0xffff;
      if (this.#judged !== 0) this.#count(this.#arrived[this.#judged % WINDOW] === 1);
    }
  }

  #count(arrived: boolean): void {
    this.#countRecent(arrived ? 0 : 1);
    this.#sinceLongest += 1;
    if (arrived) {
      this.arrived += 1;
      this.#run = 0;
    } else {
      this.lost += 1;
      this.#run += 1;
    }
    if (this.#run >= this.longestRun && this.#run > 0) {
      this.longestRun = this.#run;
      this.#sinceLongest = 0;
    } else if (this.#sinceLongest >= FORGET_PACKETS && this.longestRun > 0) {
      this.longestRun -= 1;
      this.#sinceLongest = 0;
    }
  }

  #countRecent(lost: 0 | 1): void {
    const slot = this.#recentCount % RATE_PACKETS;
    // The slot holds what is now too old to count.
    if (this.#recentCount >= RATE_PACKETS) this.#recentLost -= this.#recent[slot] ?? 0;
    this.#recent[slot] = lost;
    this.#recentLost += lost;
    this.#recentCount += 1;
    this.lossRate = this.#recentLost / Math.min(this.#recentCount, RATE_PACKETS);
  }
}
