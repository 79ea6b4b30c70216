import type { InputCommand } from "../../scripts/protocol/messages.ts";
import { TIME_BANK_TICKS } from "./time-bank.ts";

/** What became of an offered command. */
export type OfferResult = "queued" | "known" | "too_far_ahead";

const CAPACITY = 128;
/**
 * Ticks that execution waits for a missing command, hoping for a copy, before it goes on without it: as long as there is a time
 * bank to make up for the wait, so that no command is given up that could still be run.
 */
const GAP_PATIENCE_TICKS = TIME_BANK_TICKS;

/**
 * The commands of one player that wait for execution, in order of their tick, each at most once. Commands come in
 * packets that repeat older ones, so most offers are of known commands. A missing tick is waited for half a second, then
 * passed over. A late command is still queued as long as no later one was executed. Fixed memory.
 */
export class CommandQueue {
  #commands: InputCommand[] = Array.from({ length: CAPACITY }, emptyCommand);
  #present = new Uint8Array(CAPACITY);
  #count = 0;
  #started = false;
  #waitedTicks = 0;
  #lastExecutedTick = 0;
  /** Ticks that were passed over because their command never came. */
  skipped = 0;

  /** Commands that wait. */
  get length(): number {
    return this.#count;
  }

  /** Tick of the newest executed command; 0 before the first. */
  get lastExecutedTick(): number {
    return this.#lastExecutedTick;
  }

  /** Whether a command has ever come. */
  get started(): boolean {
    return this.#started;
  }

  /** Copies the command in unless it is known or executed already. The first command ever sets where counting starts. */
  offer(command: InputCommand): OfferResult {
    if (!this.#started) {
      this.#started = true;
      this.#lastExecutedTick = command.tick - 1;
    }
    const ahead = command.tick - this.#lastExecutedTick;
    if (ahead <= 0) return "known";
    if (ahead > CAPACITY) return "too_far_ahead";
    const slot = command.tick % CAPACITY;
    if (this.#present[slot] === 1) return "known";
    Object.assign(this.#slot(slot), command);
    this.#present[slot] = 1;
    this.#count += 1;
    return "queued";
  }

  /**
   * Takes the next command to execute, or `undefined` when none waits or a gap is being waited for. Call until `undefined`, and
   * no further, in one server tick. The returned object is reused: valid until the queue has moved on by its capacity.
   */
  take(): InputCommand | undefined {
    if (this.#count === 0) return undefined;
    let tick = this.#lastExecutedTick + 1;
    if (this.#present[tick % CAPACITY] === 0) {
      this.#waitedTicks += 1;
      if (this.#waitedTicks <= GAP_PATIENCE_TICKS) return undefined;
      while (this.#present[tick % CAPACITY] === 0) {
        tick += 1;
        this.skipped += 1;
      }
    }
    this.#waitedTicks = 0;
    const slot = tick % CAPACITY;
    this.#present[slot] = 0;
    this.#count -= 1;
    this.#lastExecutedTick = tick;
    return this.#slot(slot);
  }

  #slot(index: number): InputCommand {
    const command = this.#commands[index];
    if (command === undefined) throw new RangeError(`slot ${index} is outside the queue of ${CAPACITY}`);
    return command;
  }
}

function emptyCommand(): InputCommand {
  return { tick: 0, moveX: 0, moveZ: 0, yaw: 0, pitch: 0, buttons: 0 };
}
