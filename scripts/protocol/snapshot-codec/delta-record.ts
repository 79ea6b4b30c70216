import { POSITION_LIMIT } from "./codec-limits.ts";
import { Context, lengthGroup, NumberContext, smallLengthGroup } from "./contexts.ts";
import { Residual, Shape } from "./delta-residuals.ts";
import { MotionPrediction, type Terrain } from "./motion-prediction.ts";
import type { RangeDecoder } from "./range-decoder.ts";
import type { RangeEncoder } from "./range-encoder.ts";
import { readNumber, writeNumber } from "./signed-number.ts";
import type { SnapshotUpdate } from "./snapshot-update.ts";
import { Field } from "./state-planes.ts";

// A record: 1 bit when everything is as predicted. Otherwise what changed of the condition, then the residuals of yaw, x, z
// and y. Each residual's contexts depend on what is known by then: who walks as predicted in x does so in z.

// Copies of what other modules export: constants of this module are literals in the machine code, those of others are loaded and
// checked each time.
const LOOK = Field.look;
const VITALS = Field.vitals;
const EXACT = Context.exact;
const CONDITION_CHANGED = Context.conditionChanged;
const LOOK_CHANGED = Context.lookChanged;
const VITALS_CHANGED = Context.vitalsChanged;
const TERRAIN_LEFT = Context.terrainLeft;
const YAW_NUMBER = NumberContext.yaw;
const X_NUMBER = NumberContext.x;
const Y_NUMBER = NumberContext.y;
const Z_NUMBER = NumberContext.z;
const LIMIT = POSITION_LIMIT;
const SHAPE = Residual.shape;
const YAW_RESIDUAL = Residual.yaw;
const X_RESIDUAL = Residual.x;
const Y_RESIDUAL = Residual.y;
const Z_RESIDUAL = Residual.z;
const ACTIVITY_MASK = Shape.activity;
const SHAPE_EXACT = Shape.exact;
const SHAPE_CONDITION = Shape.conditionChanged;
const SHAPE_MAYBE_TERRAIN = Shape.maybeTerrain;
const SHAPE_TERRAIN_LEFT = Shape.terrainLeft;

/** Lengths in bits that share a context: those of a yaw residual, and those of a position residual. */
const X_GROUPS = 3;
const SMALL_GROUP = Uint8Array.from({ length: 33 }, (_, bits) => smallLengthGroup(bits));
const LENGTH_GROUPS = 5;
const LENGTH_GROUP = Uint8Array.from({ length: 33 }, (_, bits) => lengthGroup(bits));
const MAX_TREE_ANIMATION = 7;
const SAME = 0;
const OTHER = 1;

function xContext(activity: number, yaw: number): number {
  return X_NUMBER + activity * X_GROUPS + (SMALL_GROUP[32 - Math.clz32(Math.abs(yaw))] ?? 0);
}

/** The contexts of the axis that comes second: by how far off the first was, and whether the way bends. */
function zContext(activity: number, x: number): number {
  return Z_NUMBER + (activity >> 1) * LENGTH_GROUPS + (LENGTH_GROUP[32 - Math.clz32(Math.abs(x))] ?? 0);
}

/** By the longer of the two horizontal residuals: that of both magnitudes together. */
function yContext(activity: number, x: number, z: number): number {
  const bits = 32 - Math.clz32(Math.abs(x) | Math.abs(z));
  return Y_NUMBER + activity * LENGTH_GROUPS + (LENGTH_GROUP[bits] ?? 0);
}

/**
 * Writes a state as the difference to what both ends predict: the residuals at word `at` of `residuals`, and the condition of the state at
 * word `now` of `states`, given that of its baseline at `base`. Allocates nothing.
 */
export function writeDelta(
  encoder: RangeEncoder,
  residuals: Int32Array,
  at: number,
  states: Int32Array,
  now: number,
  base: number,
): void {
  const shape = residuals[at + SHAPE] ?? 0;
  const activity = shape & ACTIVITY_MASK;
  if ((shape & SHAPE_EXACT) !== 0) {
    encoder.bit(EXACT + activity, SAME);
    return;
  }
  encoder.bit(EXACT + activity, OTHER);
  if (encoder.bit(CONDITION_CHANGED + activity, (shape & SHAPE_CONDITION) !== 0 ? OTHER : SAME) === OTHER) {
    writeCondition(encoder, states, now, base);
  }
  const yaw = residuals[at + YAW_RESIDUAL] ?? 0;
  const x = residuals[at + X_RESIDUAL] ?? 0;
  const z = residuals[at + Z_RESIDUAL] ?? 0;
  writeNumber(encoder, YAW_NUMBER + activity, yaw);
  writeNumber(encoder, xContext(activity, yaw), x);
  writeNumber(encoder, zContext(activity, x), z);
  if ((shape & SHAPE_MAYBE_TERRAIN) !== 0) {
    encoder.bit(TERRAIN_LEFT, (shape & SHAPE_TERRAIN_LEFT) !== 0 ? OTHER : SAME);
  }
  writeNumber(encoder, yContext(activity, x, z), residuals[at + Y_RESIDUAL] ?? 0);
}

/** Reads what `writeDelta` wrote. */
export class DeltaReader {
  private readonly prediction: MotionPrediction;

  constructor(terrain: Terrain | undefined) {
    this.prediction = new MotionPrediction(terrain);
  }

  /** Reads a state into place `index` of `out`. Returns whether the position lies in the world. */
  read(
    decoder: RangeDecoder,
    words: Int32Array,
    base: number,
    older: number,
    age: number,
    gap: number,
    out: SnapshotUpdate,
    index: number,
  ): boolean {
    const { prediction } = this;
    const activity = prediction.begin(words, base, older, age, gap);
    let look = words[base + LOOK] ?? 0;
    let vitals = words[base + VITALS] ?? 0;
    let { yaw } = prediction;
    if (decoder.bit(EXACT + activity) === SAME) {
      prediction.finish(yaw, look);
      out.x[index] = prediction.x;
      out.y[index] = prediction.y;
      out.z[index] = prediction.z;
      out.yaw[index] = yaw;
      out.look[index] = look;
      out.vitals[index] = vitals;
      return true;
    }
    if (decoder.bit(CONDITION_CHANGED + activity) === OTHER) {
      if (decoder.bit(LOOK_CHANGED) === OTHER) look = readLook(decoder, look);
      if (decoder.bit(VITALS_CHANGED) === OTHER) vitals = readVitals(decoder, vitals);
    }
    const yawResidual = readNumber(decoder, YAW_NUMBER + activity);
    yaw = (yaw + yawResidual) & 0xffff;
    prediction.finishHorizontal(yaw, look);
    const xResidual = readNumber(decoder, xContext(activity, yawResidual));
    const zResidual = readNumber(decoder, zContext(activity, xResidual));
    const x = (prediction.x + xResidual) | 0;
    const z = (prediction.z + zResidual) | 0;
    if (prediction.mayFollowTerrain(x, z) && decoder.bit(TERRAIN_LEFT) === SAME) prediction.followTerrain(x, z);
    else prediction.goOnVertically();
    const y = (prediction.y + readNumber(decoder, yContext(activity, xResidual, zResidual))) | 0;
    out.x[index] = x;
    out.y[index] = y;
    out.z[index] = z;
    out.yaw[index] = yaw;
    out.look[index] = look;
    out.vitals[index] = vitals;
    return isInWorld(x) && isInWorld(y) && isInWorld(z);
  }
}

export function isInWorld(steps: number): boolean {
  return steps >= -LIMIT && steps <= LIMIT;
}

function writeCondition(encoder: RangeEncoder, states: Int32Array, now: number, base: number): void {
  const look = states[now + LOOK] ?? 0;
  const vitals = states[now + VITALS] ?? 0;
  const baseLook = states[base + LOOK] ?? 0;
  const baseVitals = states[base + VITALS] ?? 0;
  if (encoder.bit(LOOK_CHANGED, look === baseLook ? SAME : OTHER) === OTHER) writeLook(encoder, baseLook, look);
  if (encoder.bit(VITALS_CHANGED, vitals === baseVitals ? SAME : OTHER) === OTHER) {
    writeVitals(encoder, baseVitals, vitals);
  }
}

function writeLook(encoder: RangeEncoder, before: number, now: number): void {
  const animation = now >> 8;
  const animationOnly = (before & 0xff) === (now & 0xff) && animation <= MAX_TREE_ANIMATION;
  if (encoder.bit(Context.animationOnly, animationOnly ? SAME : OTHER) === OTHER) {
    encoder.wide(now, 16);
    return;
  }
  const tree = animationTree(before);
  const a = 2 | encoder.bit(tree + 1, (animation >> 2) & 1);
  const b = (a << 1) | encoder.bit(tree + a, (animation >> 1) & 1);
  encoder.bit(tree + b, animation & 1);
}

function readLook(decoder: RangeDecoder, before: number): number {
  if (decoder.bit(Context.animationOnly) === OTHER) return decoder.wide(16);
  const tree = animationTree(before);
  const a = 2 | decoder.bit(tree + 1);
  const b = (a << 1) | decoder.bit(tree + a);
  const animation = ((b << 1) | decoder.bit(tree + b)) & 7;
  return (animation << 8) | (before & 0xff);
}

function animationTree(look: number): number {
  return Context.animation + Math.min(look >> 8, MAX_TREE_ANIMATION) * 8;
}

function writeVitals(encoder: RangeEncoder, before: number, now: number): void {
  writeNumber(encoder, NumberContext.health, (now & 0xffff) - (before & 0xffff));
  const maxHealth = now >>> 16;
  if (encoder.bit(Context.maxHealthChanged, maxHealth === before >>> 16 ? SAME : OTHER) === OTHER) {
    encoder.wide(maxHealth, 16);
  }
}

function readVitals(decoder: RangeDecoder, before: number): number {
  const health = ((before & 0xffff) + readNumber(decoder, NumberContext.health)) & 0xffff;
  const maxHealth = decoder.bit(Context.maxHealthChanged) === OTHER ? decoder.wide(16) : before >>> 16;
  return (maxHealth << 16) | health;
}
