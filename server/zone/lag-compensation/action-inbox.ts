import { createAction } from "../../../scripts/protocol/create-messages.ts";
import type { Action } from "../../../scripts/protocol/messages.ts";
import { TICK_RATE_HZ } from "../../../scripts/simulation/constants.ts";
import {
  MAX_WAITING_REQUESTS,
  REQUEST_BURST,
  REQUESTS_PER_SECOND,
  RequestInbox,
  type Waiting,
} from "./request-inbox.ts";
import { TokenBucket } from "./token-bucket.ts";

export type { Admission } from "./request-inbox.ts";
export const MAX_WAITING_ACTIONS = MAX_WAITING_REQUESTS;
/** The cooldown of a strike lets 1.25 a second be done. */
export const ACTION_BURST = REQUEST_BURST;
export const ACTIONS_PER_SECOND = REQUESTS_PER_SECOND;
/** Events of strangers that one player is told of at once, and per second: what a crowd does is not all to be seen. */
const EVENT_BURST = 12;
const EVENTS_PER_SECOND = 20;

/** An action that waits for its command. */
export type WaitingAction = Waiting<Action>;

/** The actions of one player, and what it knows of the world while it does them. */
export class ActionInbox extends RequestInbox<Action> {
  readonly #events = new TokenBucket(EVENT_BURST, TICK_RATE_HZ / EVENTS_PER_SECOND);
  /** Tick of the command of the newest action that was done; minus infinity before the first. */
  doneTick = Number.NEGATIVE_INFINITY;
  /** Tick of the newest snapshot that the player says to have. */
  ackedTick = 0;

  constructor() {
    super(createAction, ({ actionId }) => actionId);
  }

  /** Whether the player is to be told of one more thing that strangers do. */
  takesEvent(serverTick: number): boolean {
    return this.#events.take(serverTick);
  }

  /** The player says which snapshot it has. What never was, is not believed. */
  acknowledge(snapshotTick: number, serverTick: number): void {
    if (snapshotTick > this.ackedTick && snapshotTick <= serverTick) this.ackedTick = snapshotTick;
  }
}
