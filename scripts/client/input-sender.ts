import { createInput } from "../protocol/create-messages.ts";
import { type Input, MAX_COMMANDS_PER_INPUT } from "../protocol/messages.ts";
import { INPUT_RATE_HZ, TICK_RATE_HZ } from "../simulation/constants.ts";
import type { Prediction } from "./prediction.ts";

/** Ticks from one packet to the next, and so new commands per packet. */
export const TICKS_PER_PACKET = TICK_RATE_HZ / INPUT_RATE_HZ;
/** Packets whose commands are repeated: three packets in a row may be lost and nothing is. */
const REDUNDANT_PACKETS = 3;
const COMMANDS_PER_PACKET = Math.min(TICKS_PER_PACKET * (1 + REDUNDANT_PACKETS), MAX_COMMANDS_PER_INPUT);
/**
 * A command unanswered for so many ticks beyond a round trip may be lost with all its copies: they went out within
 * COMMANDS_PER_PACKET ticks, and the answer had to wait for a snapshot. The server passes over a gap after some time, so this
 * must not be much longer.
 */
const OVERDUE_TICKS = COMMANDS_PER_PACKET + 3;

/**
 * Makes input packets out of the commands that prediction keeps: the newest, with a few repeated. When answers are overdue,
 * everything unanswered goes out again besides, oldest first and over and over, so that no command is passed over.
 */
export class InputSender {
  readonly #input: Input = createInput();
  #ticksSinceSent = 0;
  /** Whether packets ask for a keyframe. */
  keyframeNeeded = false;
  /** Tick up to which the unanswered commands were repeated in this round; 0: the next repetition starts a round. */
  #repeatedTick = 0;

  /** Call once per tick, also when prediction waits. Hands what is to be sent to `send`, which must not keep it. */
  afterTick(prediction: Prediction, ackServerTick: number, rttTicks: number, send: (input: Input) => void): void {
    this.#ticksSinceSent += 1;
    if (this.#ticksSinceSent < TICKS_PER_PACKET) return;
    this.#ticksSinceSent = 0;
    this.#input.ackServerTick = ackServerTick;
    this.#input.keyframeNeeded = this.keyframeNeeded;
    const { newestTick, ackedTick, commandsInFlight } = prediction;
    const overdue = commandsInFlight > rttTicks + OVERDUE_TICKS;
    if (!overdue) this.#repeatedTick = 0;
    const fitsInOne = overdue && commandsInFlight <= MAX_COMMANDS_PER_INPUT;
    const from = fitsInOne ? ackedTick + 1 : Math.max(newestTick - COMMANDS_PER_PACKET + 1, ackedTick + 1);
    this.#fill(prediction, from, newestTick);
    send(this.#input);
    if (overdue && !fitsInOne) this.#repeat(prediction, send);
  }

  reset(): void {
    this.#ticksSinceSent = 0;
    this.#repeatedTick = 0;
    this.keyframeNeeded = false;
  }

  #repeat(prediction: Prediction, send: (input: Input) => void): void {
    const from = Math.max(prediction.ackedTick, this.#repeatedTick) + 1;
    const to = Math.min(from + MAX_COMMANDS_PER_INPUT - 1, prediction.newestTick);
    this.#repeatedTick = to === prediction.newestTick ? 0 : to;
    this.#fill(prediction, from, to);
    send(this.#input);
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
