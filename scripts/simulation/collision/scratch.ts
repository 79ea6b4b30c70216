import { createMoveState, type MoveState } from "../move-state.ts";
import { createYawVector, type YawVector } from "../trigonometry.ts";
import { createFootprintOffset, type FootprintOffset } from "./box-set.ts";
import { createGroundSample, type GroundSample } from "./heightfield.ts";

/**
 * Room for what the queries find. A number with a fraction that a function takes or returns may be put on the heap by
 * V8; written into these objects it never is. Every field is valid until the next query that fills it.
 */
export interface Scratch {
  readonly heading: YawVector;
  readonly ground: GroundSample;
  /** A point near the character, and the ground there. */
  readonly probe: { x: number; z: number };
  readonly foot: GroundSample;
  readonly offset: FootprintOffset;
  readonly footing: Footing;
  /** The state at the begin of a step, for the second try. */
  readonly before: MoveState;
}

/** What carries a pair of feet. */
export interface Footing {
  /** In: where the feet come from; boxes up to a step higher carry them. Metres. */
  fromMeters: number;
  /** Out: highest ground that is flat enough to stand on; minus infinity for none. */
  walkableMeters: number;
  /** Out: highest ground that is not. */
  steepMeters: number;
}

export function createScratch(): Scratch {
  return {
    heading: createYawVector(),
    ground: createGroundSample(),
    probe: { x: 0.5, z: 0.5 },
    foot: createGroundSample(),
    offset: createFootprintOffset(),
    footing: { fromMeters: 0.5, walkableMeters: 0.5, steepMeters: 0.5 },
    before: createMoveState(),
  };
}
