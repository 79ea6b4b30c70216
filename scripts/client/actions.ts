import { createAction } from "../protocol/create-messages.ts";
import type { Action, ActionEvent, ActionOutcome, ActionResult } from "../protocol/messages.ts";
import { wasDone } from "../simulation/action/action-outcome.ts";
import { STRIKE_COOLDOWN_TICKS } from "../simulation/action/strike.ts";

/** The first copies follow each other fast, as one of them may be lost; after that the answer is probably on its way. */
const FAST_COPIES = 3;
const FAST_INTERVAL_MS = 33;
const SLOW_INTERVAL_MS = 100;
/** An action that is not answered by then never will be. */
const GIVE_UP_MS = 3_000;
/** Actions that may be unanswered. More than a player can do in the time until they are given up. */
const MAX_PENDING = 6;
const FRACTIONS = 256;
const MAX_UINT32 = 0xffff_ffff;

/** Why an action of one's own came to nothing, beyond what a server says: it never answered. */
export type OwnOutcome = ActionOutcome | "no_answer";

/** Something about actions that happened in this frame. */
export type ActionNews =
  /** One's own character does it now: not yet known whether it hits. */
  | { readonly kind: "began"; readonly targetEntityId: number }
  /** What came of it. `roundTripMs` is the time since it began; `distanceMeters` and `rewoundMs` are 0 where nothing was measured. */
  | {
      readonly kind: "ended";
      readonly outcome: OwnOutcome;
      readonly targetEntityId: number;
      readonly rewoundMs: number;
      readonly distanceMeters: number;
      readonly favouredTarget: boolean;
      readonly roundTripMs: number;
    }
  /** Somebody else did it, perhaps to oneself. */
  | {
      readonly kind: "seen";
      readonly outcome: ActionOutcome;
      readonly attackerEntityId: number;
      readonly targetEntityId: number;
      readonly rewoundMs: number;
      readonly favouredTarget: boolean;
    };

/** What is drawn and predicted at the moment of an action. */
export interface ActionMoment {
  readonly nowMs: number;
  /** Newest command; 0 before the first. */
  readonly newestTick: number;
  /** Server tick, with fraction, at which the others are drawn; 0 or less while nobody is. */
  readonly viewTick: number;
}

interface Pending {
  readonly action: Action;
  readonly beganMs: number;
  /** Newest command when it began: it is done during the one after. */
  readonly afterTick: number;
  copies: number;
  nextCopyMs: number;
}

const STEPS_PER_METER = 1024;

/**
 * What the player does to others: begun at once, told to the server with the command during which it is done, told again until answered. What comes
 * of it is the server's to say.
 */
export class Actions {
  /** What happened in this frame, oldest first. */
  readonly news: ActionNews[] = [];
  readonly #pending: Pending[] = [];
  /** Those that wait for the next command. */
  #unstamped = 0;
  #nextId = 1;
  /** Command tick from which on a strike is done again. */
  #readyTick = 0;

  /** Call at the start of a frame: its news are told anew. */
  beginFrame(): void {
    this.news.length = 0;
  }

  /** Begins a strike, or says in the news why not. */
  strike(targetEntityId: number, moment: ActionMoment, inUse: boolean): void {
    const refusal = this.#refusal(moment, inUse);
    if (refusal !== undefined) {
      this.#end(refusal, targetEntityId, 0);
      return;
    }
    const action = createAction();
    action.actionId = this.#nextId;
    action.kind = "strike";
    action.targetEntityId = targetEntityId;
    const view = Math.min(Math.max(Math.round(moment.viewTick * FRACTIONS), 0), MAX_UINT32 * FRACTIONS);
    action.viewTick = Math.floor(view / FRACTIONS);
    action.viewFraction = view % FRACTIONS;
    this.#nextId += 1;
    this.#readyTick = moment.newestTick + 1 + STRIKE_COOLDOWN_TICKS;
    this.#pending.push({
      action,
      beganMs: moment.nowMs,
      afterTick: moment.newestTick,
      copies: 0,
      nextCopyMs: moment.nowMs,
    });
    this.#unstamped += 1;
    this.news.push({ kind: "began", targetEntityId });
  }

  /** Call after a frame's commands. Hands out what is to be sent; `send` must not keep it. */
  advance({ nowMs, newestTick }: ActionMoment, send: (action: Action) => void): void {
    for (let i = this.#pending.length - 1; i >= 0; i -= 1) {
      const pending = this.#pending[i];
      if (pending === undefined) continue;
      if (pending.action.tick === 0 && !this.#stamp(pending, newestTick)) continue;
      if (nowMs - pending.beganMs > GIVE_UP_MS) {
        this.#pending.splice(i, 1);
        this.#end("no_answer", pending.action.targetEntityId, nowMs - pending.beganMs);
      } else if (nowMs >= pending.nextCopyMs) {
        pending.copies += 1;
        pending.nextCopyMs = nowMs + (pending.copies < FAST_COPIES ? FAST_INTERVAL_MS : SLOW_INTERVAL_MS);
        send(pending.action);
      }
    }
  }

  /** The server has answered. Returns whether it was asked. */
  addResult(result: Readonly<ActionResult>, nowMs: number): boolean {
    const index = this.#pending.findIndex(({ action }) => action.actionId === result.actionId);
    const pending = this.#pending[index];
    if (pending === undefined) return false;
    this.#pending.splice(index, 1);
    const { tick, targetEntityId } = pending.action;
    // Refused: the cooldown that was expected does not run, but the one that the server tells of.
    if (!wasDone(result.outcome)) this.#readyTick = tick + result.cooldownTicks;
    this.news.push({
      kind: "ended",
      outcome: result.outcome,
      targetEntityId,
      rewoundMs: result.rewoundMs,
      distanceMeters: result.distance / STEPS_PER_METER,
      favouredTarget: result.favouredTarget,
      roundTripMs: nowMs - pending.beganMs,
    });
    return true;
  }

  addEvent({ outcome, attackerEntityId, targetEntityId, rewoundMs, favouredTarget }: Readonly<ActionEvent>): void {
    this.news.push({ kind: "seen", outcome, attackerEntityId, targetEntityId, rewoundMs, favouredTarget });
  }

  /** The session is over: what was not answered will not be, and numbers begin anew. */
  clear(): void {
    this.#pending.length = 0;
    this.#unstamped = 0;
    this.#nextId = 1;
    this.#readyTick = 0;
  }

  #refusal({ newestTick }: ActionMoment, inUse: boolean): ActionOutcome | undefined {
    if (!inUse) return "switched_off";
    if (newestTick === 0) return "no_command";
    if (this.#unstamped > 0 || newestTick + 1 < this.#readyTick) return "cooldown";
    return this.#pending.length >= MAX_PENDING ? "rate_limited" : undefined;
  }

  /** An action is done during the first command that is made after it began. */
  #stamp(pending: Pending, newestTick: number): boolean {
    if (newestTick <= pending.afterTick) return false;
    pending.action.tick = newestTick;
    this.#unstamped -= 1;
    this.#readyTick = newestTick + STRIKE_COOLDOWN_TICKS;
    return true;
  }

  #end(outcome: OwnOutcome, targetEntityId: number, roundTripMs: number): void {
    const nothing = { rewoundMs: 0, distanceMeters: 0, favouredTarget: false };
    this.news.push({ kind: "ended", outcome, targetEntityId, ...nothing, roundTripMs });
  }
}
