import { type Input, MAX_COMMANDS_PER_INPUT } from "../protocol/messages.ts";
import { INPUT_RATE_HZ, TICK_RATE_HZ } from "../simulation/constants.ts";
import type { Prediction } from "./prediction.ts";

/** Ticks from one packet to the next, and so new commands per packet. */
export const TICKS_PER_PACKET = TICK_RATE_HZ / INPUT_RATE_HZ;
/** Packets whose commands are repeated: three packets in a row may be lost and nothing is. */
const REDUNDANT_PACKETS = 3;
const COMMANDS_PER_PACKET = Math.min(TICKS_PER_PACKET * (1 + REDUNDANT_PACKETS), MAX_COMMANDS_PER_INPUT);
/** Commands unanswered for this long beyond a round trip were lost with their copies, or the link is down. */
const OVERDUE_TICKS = 0.3 * TICK_RATE_HZ;

/**
 * Makes input packets out of the commands that prediction keeps. Normally the newest, with a few repeated. After an outage the
 * server lacks more than those: then everything unanswered goes out again, oldest first, so that no command is passed over.
 */
export class InputSender {
  readonly #input: Input = {
    ackServerTick: 0,
    commandCount: 0,
    commands: Array.from({ length: MAX_COMMANDS_PER_INPUT }, emptyCommand),
  };
  #ticksSinceSent = 0;
  #repeatedTick = 0;

  /**
   * Call once per tick, also when prediction waits. Returns the packet to send, valid until the next call, or `undefined`
   * when it is not time for one.
   */
  afterTick(prediction: Prediction, ackServerTick: number, rttTicks: number): Input | undefined {
    this.#ticksSinceSent += 1;
    if (this.#ticksSinceSent < TICKS_PER_PACKET) return undefined;
    this.#ticksSinceSent = 0;
    const unanswered = prediction.ackedTick + 1;
    const newest = prediction.newestTick;
    this.#input.ackServerTick = ackServerTick;
    if (prediction.commandsInFlight > rttTicks + OVERDUE_TICKS) {
      const from = this.#repeatedTick < newest ? Math.max(unanswered, this.#repeatedTick + 1) : unanswered;
      this.#fill(prediction, from, Math.min(from + MAX_COMMANDS_PER_INPUT - 1, newest));
      this.#repeatedTick = Math.min(from + MAX_COMMANDS_PER_INPUT - 1, newest);
    } else {
      this.#repeatedTick = 0;
      this.#fill(prediction, Math.max(newest - COMMANDS_PER_PACKET + 1, unanswered), newest);
    }
    return this.#input;
  }

  reset(): void {
    this.#ticksSinceSent = 0;
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

function emptyCommand() {
  return { tick: 0, moveX: 0, moveZ: 0, yaw: 0, pitch: 0, buttons: 0 };
}
