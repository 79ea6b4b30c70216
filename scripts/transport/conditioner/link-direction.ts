import { DeliveryQueue } from "../delivery-queue.ts";
import { BurstLoss } from "./burst-loss.ts";
import { type DirectionConditions, isPerfect } from "./link-conditions.ts";
import type { LinkItem, PacketPool } from "./packet-pool.ts";
import { createSeededRandom, type RandomSource } from "./seeded-random.ts";
import type { StallSchedule } from "./stall-schedule.ts";
import { WanderingJitter } from "./wandering-jitter.ts";

/** What UDP and IPv4 put before a packet: it takes its time on the wire, too. */
const DATAGRAM_HEADER_BYTES = 28;
/** Longer messages travel in several packets, as GameNetworkingSockets sends them. */
const PACKET_BYTES = 1200;
/** What a lost packet of a reliable message waits for besides a round trip: the acknowledgement that does not come. */
const RETRANSMIT_MS = 50;
/** A reliable packet is lost so many times in a row at most: a link that is cut for good ends otherwise. */
const MAX_RETRANSMISSIONS = 200;
/** A message that falls behind others waits for so many of them, and not longer than for so long. */
const MAX_OVERTAKERS = 3;
const MAX_HELD_MS = 150;
/** A copy arrives up to so much after its original. */
const COPY_SPREAD_MS = 20;
const DELAY_GAIN = 1 / 16;

/** What became of the messages of one direction since the link was made. */
export interface DirectionCounters {
  messages: number;
  bytes: number;
  /** Unreliable messages lost on the way, and those that did not fit in the queue. */
  lost: number;
  overflowed: number;
  /** Packets of reliable messages that were sent again. */
  retransmitted: number;
  reordered: number;
  duplicated: number;
  /** Smoothed time on the way, milliseconds. */
  delayMs: number;
}

/** `again`: of a reliable message, a round trip or more after it was first sent. */
type PacketKind = "unreliable" | "reliable" | "again";

interface Held {
  item: LinkItem;
  /** Messages that still have to pass it. */
  overtakers: number;
  deadlineMs: number;
}

/** One direction of one link in virtual time: items go in, and come out when the conditions let them. */
export class LinkDirection {
  readonly counters: DirectionCounters = {
    messages: 0,
    bytes: 0,
    lost: 0,
    overflowed: 0,
    retransmitted: 0,
    reordered: 0,
    duplicated: 0,
    delayMs: 0,
  };
  /** Bytes of the messages under way. */
  pendingBytes = 0;
  readonly #queue = new DeliveryQueue<LinkItem>();
  readonly #pool: PacketPool;
  readonly #stalls: StallSchedule;
  readonly #loss: BurstLoss;
  readonly #jitter: WanderingJitter;
  readonly #random: RandomSource;
  readonly #held: Held[] = [];
  /** When the limited link has sent all that it was given. */
  #idleAtMs = 0;
  /** Nothing that may not overtake arrives before. */
  #arrivedMs = 0;
  /** Nothing reliable arrives before. */
  #orderedMs = 0;

  /** `seed`: each direction of each link has its own. */
  constructor(pool: PacketPool, stalls: StallSchedule, seed: number) {
    this.#pool = pool;
    this.#stalls = stalls;
    this.#loss = new BurstLoss(createSeededRandom(seed, 0));
    this.#jitter = new WanderingJitter(createSeededRandom(seed, 1));
    this.#random = createSeededRandom(seed, 2);
  }

  /**
   * Whether a message of that length would arrive in the moment in which it is sent, with nothing before it that is still under way. It then counts as
   * arrived, and the caller hands it on as it is: a wire that does nothing costs nothing. Of what was lost it need not wait for the rest.
   */
  passes(nowMs: number, length: number, conditions: Readonly<DirectionConditions>): boolean {
    if (!this.empty || !isPerfect(conditions) || this.#stalls.nextOpenMs(nowMs) > nowMs) return false;
    this.counters.messages += 1;
    this.counters.bytes += length;
    this.#noteDelay(0);
    return true;
  }

  /** Sends a copy of a message on its way. */
  send(nowMs: number, message: Uint8Array, reliable: boolean, conditions: Readonly<DirectionConditions>): void {
    this.counters.messages += 1;
    this.counters.bytes += message.length;
    if (reliable) {
      const atMs = this.#reliableArrivalMs(nowMs, message.length, conditions);
      this.#noteDelay(atMs - nowMs);
      this.#pushOrdered(atMs, this.#pool.takeMessage(message, true));
      return;
    }
    const atMs = this.#packetsArrivalMs(nowMs, message.length, conditions);
    if (Number.isNaN(atMs)) return;
    this.#noteDelay(atMs - nowMs);
    if (conditions.duplicateRate > 0 && this.#random() < conditions.duplicateRate) {
      this.counters.duplicated += 1;
      this.#push(atMs + this.#random() * COPY_SPREAD_MS, this.#pool.takeMessage(message, false));
    }
    const item = this.#pool.takeMessage(message, false);
    if (conditions.reorderRate > 0 && this.#random() < conditions.reorderRate) {
      this.counters.reordered += 1;
      const overtakers = 1 + Math.floor(this.#random() * MAX_OVERTAKERS);
      this.#held.push({ item, overtakers, deadlineMs: atMs + MAX_HELD_MS });
      this.pendingBytes += item.length;
      return;
    }
    this.#push(atMs, item);
    this.#letHeldFollow(atMs);
  }

  /** Sends news that keep their place among the reliable messages. They take `delayMs`. */
  sendNews(nowMs: number, item: LinkItem, delayMs: number): void {
    this.#pushOrdered(nowMs + delayMs, item);
  }

  /** Unreliable messages do not arrive before `atMs` either. */
  arriveNotBefore(atMs: number): void {
    this.#arrivedMs = Math.max(this.#arrivedMs, atMs);
  }

  /** The time of the newest reliable message or news under way: what must come after it comes no earlier. */
  get orderedMs(): number {
    return this.#orderedMs;
  }

  get empty(): boolean {
    return this.#queue.length === 0 && this.#held.length === 0;
  }

  /** When the next item arrives; infinite when nothing is under way. */
  get nextAtMs(): number {
    let atMs = this.#queue.nextAtMs;
    for (const held of this.#held) atMs = Math.min(atMs, held.deadlineMs);
    return atMs;
  }

  /** The next item that has arrived by `nowMs`, which stays first; `takeDue` with the same time takes it. */
  peekDue(nowMs: number): LinkItem | undefined {
    if (this.#held.length > 0) this.#letGoOverdue(nowMs);
    return this.#queue.peekDue(nowMs);
  }

  /** Takes the next item that has arrived by `nowMs`. It is to be given back to the pool. */
  takeDue(nowMs: number): LinkItem | undefined {
    if (this.#held.length > 0) this.#letGoOverdue(nowMs);
    const item = this.#queue.takeDue(nowMs);
    if (item !== undefined) this.pendingBytes -= item.length;
    return item;
  }

  /** Loses everything that is under way. */
  clear(): void {
    for (const held of this.#held) this.#pool.giveBack(held.item);
    this.#held.length = 0;
    for (let item = this.takeDue(Number.POSITIVE_INFINITY); item; item = this.takeDue(Number.POSITIVE_INFINITY)) {
      this.#pool.giveBack(item);
    }
    this.pendingBytes = 0;
  }

  /** Arrival of an unreliable message; not a number: it is lost. */
  #packetsArrivalMs(nowMs: number, length: number, conditions: Readonly<DirectionConditions>): number {
    let atMs = nowMs;
    for (let left = length; left > 0 || left === length; left -= PACKET_BYTES) {
      atMs = this.#packetArrivalMs(nowMs, Math.min(left, PACKET_BYTES), conditions, "unreliable");
      if (Number.isNaN(atMs)) return atMs;
    }
    return atMs;
  }

  /** Arrival of a reliable message: that of the packet which took longest, each sent again until it came through. */
  #reliableArrivalMs(nowMs: number, length: number, conditions: Readonly<DirectionConditions>): number {
    const retransmitMs = 2 * (conditions.latencyMs + conditions.jitterMs) + RETRANSMIT_MS;
    let latestMs = nowMs;
    for (let left = length; left > 0 || left === length; left -= PACKET_BYTES) {
      let delayMs = 0;
      const packetBytes = Math.min(left, PACKET_BYTES);
      let atMs = this.#packetArrivalMs(nowMs, packetBytes, conditions, "reliable");
      for (let attempt = 0; Number.isNaN(atMs) && attempt < MAX_RETRANSMISSIONS; attempt += 1) {
        this.counters.retransmitted += 1;
        delayMs += retransmitMs;
        atMs = this.#packetArrivalMs(nowMs, packetBytes, conditions, "again");
      }
      // An entirely dead link: reliable is reliable, however late.
      if (Number.isNaN(atMs)) atMs = nowMs;
      latestMs = Math.max(latestMs, atMs + delayMs);
    }
    return latestMs;
  }

  /** Arrival of one packet; not a number: it is lost. */
  #packetArrivalMs(nowMs: number, length: number, conditions: Readonly<DirectionConditions>, kind: PacketKind): number {
    const readyMs = this.#stalls.nextOpenMs(nowMs);
    let leavesMs = readyMs;
    if (conditions.kilobitsPerSecond > 0) {
      const startMs = Math.max(readyMs, this.#idleAtMs);
      // Reliable packets wait with their sender until there is room.
      if (kind === "unreliable" && startMs - readyMs > conditions.queueMs) {
        this.counters.overflowed += 1;
        return Number.NaN;
      }
      leavesMs = startMs + ((length + DATAGRAM_HEADER_BYTES) * 8) / conditions.kilobitsPerSecond;
      this.#idleAtMs = leavesMs;
    }
    const { lossRate, meanBurst } = conditions;
    const lost = kind === "again" ? this.#loss.takesLater(lossRate) : this.#loss.takesNext(lossRate, meanBurst);
    if (lost) {
      if (kind === "unreliable") this.counters.lost += 1;
      return Number.NaN;
    }
    let wayMs = conditions.latencyMs;
    if (conditions.jitterMs > 0)
      wayMs += conditions.jitterMs * this.#jitter.at(leavesMs, conditions.jitterCorrelationMs);
    const atMs = leavesMs + Math.max(wayMs, 0);
    if (conditions.overtaking) return atMs;
    this.#arrivedMs = Math.max(atMs, this.#arrivedMs);
    return this.#arrivedMs;
  }

  #pushOrdered(atMs: number, item: LinkItem): void {
    this.#orderedMs = Math.max(atMs, this.#orderedMs);
    this.#push(this.#orderedMs, item);
  }

  #push(atMs: number, item: LinkItem): void {
    this.pendingBytes += item.length;
    this.#queue.push(atMs, item);
  }

  #letHeldFollow(atMs: number): void {
    for (let index = 0; index < this.#held.length; index += 1) {
      const held = this.#held[index];
      if (held === undefined) return;
      held.overtakers -= 1;
      if (held.overtakers > 0 && held.deadlineMs > atMs) continue;
      this.#queue.push(Math.min(atMs, held.deadlineMs), held.item);
      this.#held.splice(index, 1);
      index -= 1;
    }
  }

  #letGoOverdue(nowMs: number): void {
    for (let index = this.#held.length - 1; index >= 0; index -= 1) {
      const held = this.#held[index];
      if (held === undefined || held.deadlineMs > nowMs) continue;
      this.#queue.push(held.deadlineMs, held.item);
      this.#held.splice(index, 1);
    }
  }

  #noteDelay(delayMs: number): void {
    const { counters } = this;
    counters.delayMs += (delayMs - counters.delayMs) * (counters.messages === 1 ? 1 : DELAY_GAIN);
  }
}
