import type { EntityHistory } from "./entity-history.ts";
import { MotionPrediction, type Terrain } from "./motion-prediction.ts";
import { Field } from "./state-planes.ts";

// Copies of what another module exports: constants of this module are literals in the machine code.
const X = Field.x;
const Y = Field.y;
const Z = Field.z;
const YAW = Field.yaw;
const LOOK = Field.look;
const VITALS = Field.vitals;

/** Who is further away from the ground, 1/1024 m, stands on something else. */
const MAX_TERRAIN_RESIDUAL = 16;
/** Pairs of ages per entity that are kept. Nearly all receivers of a snapshot have one of a few. */
const WAYS_SHIFT = 3;
const WAY_MASK = (1 << WAYS_SHIFT) - 1;
const ROW_SHIFT = 3;
const NEVER = -1;

/** Where the parts of a difference stand in its row of 8 words. The last five are what is written. */
export const Residual = { number: 0, ages: 1, shape: 2, yaw: 3, x: 4, z: 5, y: 6 } as const;
const NUMBER = Residual.number;
const AGES = Residual.ages;
const SHAPE = Residual.shape;

/** Parts of a shape: the activity, and what is to be said. */
export const Shape = {
  activity: 3,
  /** Nothing: all is as predicted. */
  exact: 4,
  conditionChanged: 8,
  /** Whether the height follows the ground is said, and it does not. */
  maybeTerrain: 16,
  terrainLeft: 32,
} as const;
const EXACT = Shape.exact;
const CONDITION_CHANGED = Shape.conditionChanged;
const MAYBE_TERRAIN = Shape.maybeTerrain;
const TERRAIN_LEFT = Shape.terrainLeft;

/**
 * How the states of a history's current snapshot differ from what both ends predict. That depends on the baselines alone, not on
 * the receiver: it is worked out once for all who are told against the same ones. Allocates nothing after construction.
 */
export class DeltaResiduals {
  /** Rows of residuals, see `Residual`. */
  readonly words: Int32Array;
  private readonly prediction: MotionPrediction;

  constructor(
    private readonly history: EntityHistory,
    terrain: Terrain | undefined,
  ) {
    this.words = new Int32Array(history.capacity << (WAYS_SHIFT + ROW_SHIFT)).fill(NEVER);
    this.prediction = new MotionPrediction(terrain);
  }

  /**
   * Index of the first word of the residuals of an entity, whose baseline is `ages` >> 5 snapshots old and the one before it `ages` & 31 snapshots
   * older than that (0: there is none). Valid until the next call.
   */
  at(index: number, ages: number): number {
    const { words } = this;
    const way = ((ages >> 5) + Math.imul(ages, 3)) & WAY_MASK;
    const at = ((index << WAYS_SHIFT) | way) << ROW_SHIFT;
    if (words[at + NUMBER] !== this.history.number || words[at + AGES] !== ages) this.workOut(at, index, ages);
    return at;
  }

  private workOut(at: number, index: number, ages: number): void {
    const { prediction, history, words } = this;
    const { planes, number } = history;
    const states = planes.words;
    const age = ages >> 5;
    const gap = ages & 31;
    const now = planes.at(number, index);
    const base = planes.at(number - age, index);
    const older = planes.at(number - age - gap, index);
    let shape: number = prediction.begin(states, base, older, age, gap);
    const look = states[now + LOOK] ?? 0;
    const trueX = states[now + X] ?? 0;
    const trueY = states[now + Y] ?? 0;
    const trueZ = states[now + Z] ?? 0;
    const yaw = (states[now + YAW] ?? 0) & 0xffff;
    const yawResidual = ((yaw - prediction.yaw) << 16) >> 16;
    prediction.finishHorizontal(yaw, look);
    const x = (trueX - prediction.x) | 0;
    const z = (trueZ - prediction.z) | 0;
    const baseY = prediction.y;
    const maybeTerrain = prediction.mayFollowTerrain(trueX, trueZ);
    if (maybeTerrain) prediction.followTerrain(trueX, trueZ);
    else prediction.goOnVertically();
    let y = (trueY - prediction.y) | 0;
    const changed = (look ^ (states[base + LOOK] ?? 0)) | ((states[now + VITALS] ?? 0) ^ (states[base + VITALS] ?? 0));
    if (changed !== 0) shape |= CONDITION_CHANGED;
    if ((yawResidual | x | y | z | changed) === 0) shape |= EXACT;
    else if (maybeTerrain) {
      shape |= MAYBE_TERRAIN;
      if (y < -MAX_TERRAIN_RESIDUAL || y > MAX_TERRAIN_RESIDUAL) {
        shape |= TERRAIN_LEFT;
        prediction.y = baseY;
        prediction.goOnVertically();
        y = (trueY - prediction.y) | 0;
      }
    }
    words[at + NUMBER] = number;
    words[at + AGES] = ages;
    words[at + SHAPE] = shape;
    words[at + Residual.yaw] = yawResidual;
    words[at + Residual.x] = x;
    words[at + Residual.z] = z;
    words[at + Residual.y] = y;
  }
}
