import { createAction } from "../../../scripts/protocol/create-messages.ts";
import type { Action } from "../../../scripts/protocol/messages.ts";
import { TICK_RATE_HZ } from "../../../scripts/simulation/constants.ts";
import { TokenBucket } from "./token-bucket.ts";

/** Actions that one player may have waiting for their commands. Nobody honest has two. */
export const MAX_WAITING_ACTIONS = 4;
/** New actions that one player may begin at once, and after that per second. The cooldown of a strike lets 1.25 a second be done. */
export const ACTION_BURST = 8;
export const ACTIONS_PER_SECOND = 8;
/** Refusals for the rate that are said; the others are only counted, or a flood would be answered with a flood. */
const RATE_ANSWERS_PER_SECOND = 1;
/** Events of strangers that one player is told of at once, and per second: what a crowd does is not all to be seen. */
const EVENT_BURST = 12;
const EVENTS_PER_SECOND = 20;
/** Numbers behind the newest one that are still told apart. */
const KNOWN_NUMBERS = 32;

/** What became of an action that came. `limited_again`: it is not even to be answered. */
export type Admission = "waiting" | "known" | "limited" | "limited_again";

/** An action that waits for its command. */
export interface WaitingAction extends Action {
  /** Server tick at which it came. */
  arrivedTick: number;
}

/** The actions of one player: each number is taken once, few wait, and no more begin than a player can want. Fixed memory. */
export class ActionInbox {
  readonly #waiting: WaitingAction[] = Array.from({ length: MAX_WAITING_ACTIONS }, () => ({
    ...createAction(),
    arrivedTick: 0,
  }));
  readonly #begins = new TokenBucket(ACTION_BURST, TICK_RATE_HZ / ACTIONS_PER_SECOND);
  readonly #rateAnswers = new TokenBucket(1, TICK_RATE_HZ / RATE_ANSWERS_PER_SECOND);
  readonly #events = new TokenBucket(EVENT_BURST, TICK_RATE_HZ / EVENTS_PER_SECOND);
  #newestId = 0;
  /** Bit i: the number `newestId` - i has come. */
  #cameBits = 0;
  /** Actions that wait: the first so many slots. */
  count = 0;
  /** Tick of the command of the newest action that was done; minus infinity before the first. */
  doneTick = Number.NEGATIVE_INFINITY;
  /** Tick of the newest snapshot that the player says to have. */
  ackedTick = 0;

  /** Takes an action in, copying it, unless its number has come before or there are too many. */
  offer(action: Readonly<Action>, serverTick: number): Admission {
    if (!this.#isNew(action.actionId)) return "known";
    const slot = this.#waiting[this.count];
    if (!this.#begins.take(serverTick) || slot === undefined) {
      return this.#rateAnswers.take(serverTick) ? "limited" : "limited_again";
    }
    Object.assign(slot, action);
    slot.arrivedTick = serverTick;
    this.count += 1;
    return "waiting";
  }

  waiting(index: number): Readonly<WaitingAction> {
    const action = index < this.count ? this.#waiting[index] : undefined;
    if (action === undefined) throw new RangeError(`index: expected less than ${this.count}, got ${index}`);
    return action;
  }

  /** The action at an index waits no more; those behind it move up. */
  remove(index: number): void {
    const action = this.waiting(index);
    this.#waiting.splice(index, 1);
    this.#waiting.push(action as WaitingAction);
    this.count -= 1;
  }

  /** Whether the player is to be told of one more thing that strangers do. */
  takesEvent(serverTick: number): boolean {
    return this.#events.take(serverTick);
  }

  /** The player says which snapshot it has. What never was, is not believed. */
  acknowledge(snapshotTick: number, serverTick: number): void {
    if (snapshotTick > this.ackedTick && snapshotTick <= serverTick) this.ackedTick = snapshotTick;
  }

  #isNew(actionId: number): boolean {
    const ahead = actionId - this.#newestId;
    if (ahead > 0) {
      this.#cameBits = ahead >= KNOWN_NUMBERS ? 1 : ((this.#cameBits << ahead) | 1) >>> 0;
      this.#newestId = actionId;
      return true;
    }
    // Too old to be told apart counts as come: it was given up long ago.
    if (-ahead >= KNOWN_NUMBERS) return false;
    const bit = (1 << -ahead) >>> 0;
    if ((this.#cameBits & bit) !== 0) return false;
    this.#cameBits = (this.#cameBits | bit) >>> 0;
    return true;
  }
}
