import type { InputCommand } from "../../protocol/messages.ts";
import type { Camp } from "../camp.ts";
import type { MoveState } from "../move-state.ts";
import type { CreatureRule } from "./data/combat-data.ts";

export const MindState = { idle: 0, chase: 1, attack: 2, returning: 3 } as const;
export type MindState = (typeof MindState)[keyof typeof MindState];

/** What a creature has in mind. */
export interface Mind {
  /** So that not all look in the same tick. */
  readonly phase: number;
  state: MindState;
  asleep: boolean;
  wanderX: number;
  wanderZ: number;
  /** Where it runs to in this tick: here, because fractions that are handed over would be put on the heap. */
  goalX: number;
  goalZ: number;
  /** Stands until then. */
  pauseUntil: number;
  reachedTick: number;
  returnTick: number;
  lastX: number;
  lastZ: number;
  stuckTicks: number;
  detourUntil: number;
}

export function createMind(phase: number): Mind {
  return {
    ...{ phase, state: MindState.idle, asleep: false, wanderX: 0, wanderZ: 0, pauseUntil: 0, reachedTick: 0 },
    ...{ goalX: 0, goalZ: 0, returnTick: 0, lastX: 0, lastZ: 0, stuckTicks: 0, detourUntil: 0 },
  };
}

/** One creature of a camp, or the room for it. */
export interface Creature {
  readonly rule: CreatureRule;
  readonly camp: Camp;
  readonly postX: number;
  readonly postY: number;
  readonly postZ: number;
  /** -1: not here. */
  place: number;
  entityId: number;
  /** Server tick at which the next one comes. */
  comesTick: number;
  readonly move: MoveState;
  readonly command: InputCommand;
  readonly mind: Mind;
}
