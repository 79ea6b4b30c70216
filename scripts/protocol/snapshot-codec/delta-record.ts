import { POSITION_LIMIT } from "./codec-limits.ts";
import { Context, lengthGroup, NumberContext, smallLengthGroup } from "./contexts.ts";
import { MotionPrediction, type Terrain } from "./motion-prediction.ts";
import type { RangeDecoder } from "./range-decoder.ts";
import type { RangeEncoder } from "./range-encoder.ts";
import { bitLength, readNumber, writeNumber } from "./signed-number.ts";
import type { SnapshotUpdate } from "./snapshot-update.ts";
import { Field } from "./state-planes.ts";

// A record: 1 bit when everything is as predicted. Otherwise what changed of the condition, then the residuals of yaw, x, z
// and y. Each residual's contexts depend on what is known by then: who walks as predicted in x does so in z.

const X_GROUPS = 3;
const LENGTH_GROUPS = 5;
const MAX_TREE_ANIMATION = 7;
/** Who is further away from the ground, 1/1024 m, stands on something else. */
const MAX_TERRAIN_RESIDUAL = 16;
const SAME = 0;
const OTHER = 1;

/** The contexts of the axis that comes second: by how far off the first was, and whether the way bends. */
function zContext(activity: number, xBits: number): number {
  return NumberContext.z + (lengthGroup(xBits) + (activity >= 2 ? LENGTH_GROUPS : 0));
}

function xContext(activity: number, yawBits: number): number {
  return NumberContext.x + (activity * X_GROUPS + smallLengthGroup(yawBits));
}

function yContext(activity: number, horizontalBits: number): number {
  return NumberContext.y + (activity * LENGTH_GROUPS + lengthGroup(horizontalBits));
}

/** Writes states as differences to what both ends predict. One instance may serve many senders. Allocates nothing. */
export class DeltaWriter {
  private readonly prediction: MotionPrediction;

  constructor(terrain: Terrain | undefined) {
    this.prediction = new MotionPrediction(terrain);
  }

  /** Writes the state at word `now`, given the older ones at `base` and `older`, see `MotionPrediction.begin`. */
  write(
    encoder: RangeEncoder,
    words: Int32Array,
    now: number,
    base: number,
    older: number,
    age: number,
    gap: number,
  ): void {
    const { prediction } = this;
    prediction.begin(words, base, older, age, gap);
    const { activity } = prediction;
    const yaw = words[now + Field.yaw] ?? 0;
    const look = words[now + Field.look] ?? 0;
    const vitals = words[now + Field.vitals] ?? 0;
    const baseLook = words[base + Field.look] ?? 0;
    const baseVitals = words[base + Field.vitals] ?? 0;
    const yawResidual = ((yaw - prediction.yaw) << 16) >> 16;
    const trueX = words[now + Field.x] ?? 0;
    const trueZ = words[now + Field.z] ?? 0;
    prediction.finishHorizontal(yaw, look);
    const trueY = words[now + Field.y] ?? 0;
    const x = trueX - prediction.x;
    const z = trueZ - prediction.z;
    const baseY = prediction.y;
    const maybeTerrain = prediction.mayFollowTerrain(trueX, trueZ);
    if (maybeTerrain) prediction.followTerrain(trueX, trueZ);
    else prediction.goOnVertically();
    let y = trueY - prediction.y;
    if ((yawResidual | x | y | z | (look ^ baseLook) | (vitals ^ baseVitals)) === 0) {
      encoder.bit(Context.exact + activity, SAME);
      return;
    }
    encoder.bit(Context.exact + activity, OTHER);
    const sameCondition = look === baseLook && vitals === baseVitals;
    if (encoder.bit(Context.conditionChanged + activity, sameCondition ? SAME : OTHER) === OTHER) {
      if (encoder.bit(Context.lookChanged, look === baseLook ? SAME : OTHER) === OTHER) {
        writeLook(encoder, baseLook, look);
      }
      if (encoder.bit(Context.vitalsChanged, vitals === baseVitals ? SAME : OTHER) === OTHER) {
        writeVitals(encoder, baseVitals, vitals);
      }
    }
    const yawBits = writeNumber(encoder, NumberContext.yaw + activity, yawResidual);
    const xBits = writeNumber(encoder, xContext(activity, yawBits), x);
    const zBits = writeNumber(encoder, zContext(activity, xBits), z);
    if (maybeTerrain) {
      const followed = y >= -MAX_TERRAIN_RESIDUAL && y <= MAX_TERRAIN_RESIDUAL;
      if (encoder.bit(Context.terrainLeft, followed ? SAME : OTHER) === OTHER) {
        prediction.y = baseY;
        prediction.goOnVertically();
        y = trueY - prediction.y;
      }
    }
    writeNumber(encoder, yContext(activity, Math.max(xBits, zBits)), y);
  }
}

/** Reads what `DeltaWriter` wrote. */
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
    prediction.begin(words, base, older, age, gap);
    const { activity } = prediction;
    let look = words[base + Field.look] ?? 0;
    let vitals = words[base + Field.vitals] ?? 0;
    let { yaw } = prediction;
    if (decoder.bit(Context.exact + activity) === SAME) {
      prediction.finishHorizontal(yaw, look);
      if (prediction.mayFollowTerrain(prediction.x, prediction.z)) {
        prediction.followTerrain(prediction.x, prediction.z);
      } else {
        prediction.goOnVertically();
      }
      out.x[index] = prediction.x;
      out.y[index] = prediction.y;
      out.z[index] = prediction.z;
      out.yaw[index] = yaw;
      out.look[index] = look;
      out.vitals[index] = vitals;
      return true;
    }
    if (decoder.bit(Context.conditionChanged + activity) === OTHER) {
      if (decoder.bit(Context.lookChanged) === OTHER) look = readLook(decoder, look);
      if (decoder.bit(Context.vitalsChanged) === OTHER) vitals = readVitals(decoder, vitals);
    }
    const yawResidual = readNumber(decoder, NumberContext.yaw + activity);
    yaw = (yaw + yawResidual) & 0xffff;
    prediction.finishHorizontal(yaw, look);
    const xResidual = readNumber(decoder, xContext(activity, bitLength(yawResidual)));
    const xBits = bitLength(xResidual);
    const zResidual = readNumber(decoder, zContext(activity, xBits));
    const zBits = bitLength(zResidual);
    const x = prediction.x + xResidual;
    const z = prediction.z + zResidual;
    if (prediction.mayFollowTerrain(x, z) && decoder.bit(Context.terrainLeft) === SAME) prediction.followTerrain(x, z);
    else prediction.goOnVertically();
    const y = prediction.y + readNumber(decoder, yContext(activity, Math.max(xBits, zBits)));
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
  return steps >= -POSITION_LIMIT && steps <= POSITION_LIMIT;
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
