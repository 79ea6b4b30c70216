import type { Action } from "../../../scripts/protocol/messages.ts";
import { MAX_REWIND_TICKS } from "./told-history.ts";

/**
 * Ticks by which what a player saw may differ from the newest snapshot that it says to have: half a second. Behind it by the interpolation
 * delay and a playback that catches up after a stall; before it by extrapolation and by acks that got lost.
 */
const PLAUSIBLE_TICKS = 30;
const FRACTIONS = 256;

/** At which moment a target is looked at. Filled in place. */
export interface Rewind {
  /** Server tick, with fraction. */
  tick: number;
  /** What the player saw is longer ago than may be looked back. */
  favouredTarget: boolean;
  /** The claim agrees with what the player has acknowledged. */
  plausible: boolean;
}

/**
 * Turns the moment that a player says it saw into the one at which its target is looked at: never before the cap, never after `newestTick`, the
 * last moment that anybody was told of. A claim that cannot be true is noted, and worth no more than that.
 */
export function chooseRewind(
  action: Readonly<Pick<Action, "viewTick" | "viewFraction">>,
  serverTick: number,
  newestTick: number,
  ackedTick: number,
  out: Rewind,
): void {
  const claimed = action.viewTick + action.viewFraction / FRACTIONS;
  const oldest = serverTick - MAX_REWIND_TICKS;
  out.plausible = Math.abs(claimed - ackedTick) <= PLAUSIBLE_TICKS && claimed <= serverTick;
  out.favouredTarget = claimed < oldest;
  out.tick = Math.min(Math.max(claimed, oldest), newestTick);
}
