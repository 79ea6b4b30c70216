import { createInput } from "../protocol/create-messages.ts";
import { type Input, MAX_COMMANDS_PER_INPUT } from "../protocol/messages.ts";
import { INPUT_RATE_HZ, TICK_RATE_HZ } from "../simulation/constants.ts";
import type { Prediction } from "./prediction.ts";
import type { UplinkLoss } from "./uplink-loss.ts";

/** Ticks from one packet to the next, and so new commands per packet. */
export const TICKS_PER_PACKET = TICK_RATE_HZ / INPUT_RATE_HZ;
/** Packets that hold a command, at least and at most. */
const LEAST_COPIES = 2;
const MOST_COPIES = MAX_COMMANDS_PER_INPUT / TICKS_PER_PACKET;
/** Copies beyond the longest run of losses: one that arrives, and one for a run that is longer than any so far. */
const SPARE_COPIES = 2;
/** The longer the answer takes, the later a loss is noticed and the more must be bridged before: a copy per so many ticks. */
const TICKS_PER_COPY = 6;
/** A command unanswered for so many ticks beyond all that an answer takes may be lost with all its copies. */
const OVERDUE_TICKS = 4;
/** Where a packet cannot hold all that is unanswered, every so many packets one more goes out with the older part. */
const PACKETS_PER_REAR = 3;

/** What the sender needs to know of the link. */
export interface InputLink {
  /** Round trip with its usual delays, and time from one snapshot to the next, in ticks. */
  readonly rttTicks: number;
  readonly snapshotTicks: number;
  readonly uplink: Readonly<Pick<UplinkLoss, "acked" | "longestRun" | "lost">>;
}

/** Packets that each command is to be in, 2 to 8, by what got lost lately. */
export function copiesFor(link: InputLink): number {
  // Without acks losses show late, if at all: snapshots that answer come a few times a second then.
  if (!link.uplink.acked) return MOST_COPIES;
  const wanted = link.uplink.longestRun + SPARE_COPIES + Math.floor(link.rttTicks / TICKS_PER_COPY);
  return Math.min(Math.max(wanted, LEAST_COPIES), MOST_COPIES);
}

/**
 * Makes input packets out of the commands that prediction keeps: the newest, with as many repeated as the losses on the link ask for. When acks show
 * a new loss, or answers are overdue, everything unanswered goes out again besides, oldest first, so that no command is passed over.
 */
export class InputSender {
  readonly #input: Input = createInput();
  #ticksSinceSent = 0;
  #packets = 0;
  #knownLost = 0;
  /** Whether a round of repeating is under way, and the tick up to which it has come; 0: it starts. */
  #repeats = false;
  #repeatedTick = 0;
  /** Whether packets ask for a keyframe. */
  keyframeNeeded = false;

  /** Call once per tick, also when prediction waits. Hands what is to be sent to `send`, which must not keep it. */
  afterTick(prediction: Prediction, ackServerTick: number, link: InputLink, send: (input: Input) => void): void {
    this.#ticksSinceSent += 1;
    if (this.#ticksSinceSent >= TICKS_PER_PACKET) this.#send(prediction, ackServerTick, link, send);
  }

  /**
   * Call once per frame, after its ticks. A frame of several ticks is a long one: what is left of it does not wait for the next.
   */
  afterFrame(
    ticks: number,
    prediction: Prediction,
    ackServerTick: number,
    link: InputLink,
    send: (input: Input) => void,
  ): void {
    if (ticks >= TICKS_PER_PACKET && this.#ticksSinceSent > 0) this.#send(prediction, ackServerTick, link, send);
  }

  #send(prediction: Prediction, ackServerTick: number, link: InputLink, send: (input: Input) => void): void {
    this.#ticksSinceSent = 0;
    this.#packets += 1;
    this.#input.ackServerTick = ackServerTick;
    this.#input.keyframeNeeded = this.keyframeNeeded;
    const { newestTick, ackedTick, commandsInFlight } = prediction;
    const commands = copiesFor(link) * TICKS_PER_PACKET;
    this.#noteLosses(commandsInFlight - link.rttTicks - link.snapshotTicks - commands > OVERDUE_TICKS, link);
    const inOne = this.#repeats && commandsInFlight <= MAX_COMMANDS_PER_INPUT;
    const from = inOne ? ackedTick + 1 : Math.max(newestTick - commands + 1, ackedTick + 1);
    this.#fill(prediction, from, newestTick);
    send(this.#input);
    if (inOne || from <= ackedTick + 1) this.#endRound();
    else if (this.#repeats || this.#guardsRear(commands)) this.#repeat(prediction, from - 1, send);
  }

  reset(): void {
    this.#ticksSinceSent = 0;
    this.#packets = 0;
    this.#knownLost = 0;
    this.#endRound();
    this.keyframeNeeded = false;
  }

  #noteLosses(overdue: boolean, { uplink }: InputLink): void {
    if (overdue || uplink.lost > this.#knownLost) this.#repeats = true;
    this.#knownLost = uplink.lost;
  }

  /** The longest bursts outlast all copies in a row: one more copy goes out apart from the others. */
  #guardsRear(commands: number): boolean {
    return commands === MAX_COMMANDS_PER_INPUT && this.#packets % PACKETS_PER_REAR === 0;
  }

  /** Sends the next part of what is unanswered up to `lastTick`. */
  #repeat(prediction: Prediction, lastTick: number, send: (input: Input) => void): void {
    const from = Math.max(prediction.ackedTick, this.#repeatedTick) + 1;
    const to = Math.min(from + MAX_COMMANDS_PER_INPUT - 1, lastTick);
    this.#fill(prediction, from, to);
    if (this.#input.commandCount > 0) send(this.#input);
    if (to >= lastTick) this.#endRound();
    else this.#repeatedTick = to;
  }

  #endRound(): void {
    this.#repeats = false;
    this.#repeatedTick = 0;
  }

  #fill(prediction: Prediction, from: number, to: number): void {
    const input = this.#input;
    input.commandCount = 0;
    for (let tick = Math.max(from, prediction.oldestTick); tick <= to; tick += 1) {
      const command = input.commands[input.commandCount];
      if (command === undefined) return;
      prediction.readCommand(tick, command);
      input.commandCount += 1;
    }
  }
}
