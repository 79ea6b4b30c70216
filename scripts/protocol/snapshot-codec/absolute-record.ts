import { Context, NumberContext } from "./contexts.ts";
import { isInWorld } from "./delta-record.ts";
import type { RangeDecoder } from "./range-decoder.ts";
import type { RangeEncoder } from "./range-encoder.ts";
import { readNumber, writeNumber } from "./signed-number.ts";
import type { SnapshotUpdate } from "./snapshot-update.ts";
import { Field } from "./state-planes.ts";

// A record that needs no baseline: of an entity that enters, and of all in a keyframe. It differs from the absolute record
// before it in the same packet, the first one from zeros: ids follow each other, and neighbours look alike.

/** Ids further apart than this are written in full. */
const NEAR_IDS = 2 ** 20;
const SAME = 0;
const OTHER = 1;

/** The record before, as both ends keep it. Reset it with each packet. */
export class AbsoluteNeighbour {
  id = 0;
  x = 0;
  y = 0;
  z = 0;
  look = 0;
  vitals = 0;

  reset(): void {
    this.id = 0;
    this.x = 0;
    this.y = 0;
    this.z = 0;
    this.look = 0;
    this.vitals = 0;
  }
}

/** Writes the state at word `now` in full. */
export function writeAbsolute(
  encoder: RangeEncoder,
  words: Int32Array,
  now: number,
  neighbour: AbsoluteNeighbour,
): void {
  const id = words[now + Field.id] ?? 0;
  const x = words[now + Field.x] ?? 0;
  const y = words[now + Field.y] ?? 0;
  const z = words[now + Field.z] ?? 0;
  const look = words[now + Field.look] ?? 0;
  const vitals = words[now + Field.vitals] ?? 0;
  const step = (id >>> 0) - (neighbour.id >>> 0) - 1;
  const near = step > -NEAR_IDS && step < NEAR_IDS;
  if (encoder.bit(Context.absoluteNearId, near ? SAME : OTHER) === SAME) {
    writeNumber(encoder, NumberContext.absoluteId, step);
  } else {
    encoder.wide(id, 32);
  }
  writeNumber(encoder, NumberContext.absoluteX, x - neighbour.x);
  writeNumber(encoder, NumberContext.absoluteY, y - neighbour.y);
  writeNumber(encoder, NumberContext.absoluteZ, z - neighbour.z);
  encoder.wide(words[now + Field.yaw] ?? 0, 16);
  if (encoder.bit(Context.absoluteLook, look === neighbour.look ? SAME : OTHER) === OTHER) encoder.wide(look, 16);
  if (encoder.bit(Context.absoluteVitals, vitals === neighbour.vitals ? SAME : OTHER) === OTHER) {
    encoder.wide(vitals, 32);
  }
  neighbour.id = id;
  neighbour.x = x;
  neighbour.y = y;
  neighbour.z = z;
  neighbour.look = look;
  neighbour.vitals = vitals;
}

/** Reads a state in full into place `index` of `out`. Returns whether there can be such an entity at such a place. */
export function readAbsolute(
  decoder: RangeDecoder,
  neighbour: AbsoluteNeighbour,
  out: SnapshotUpdate,
  index: number,
): boolean {
  const id =
    decoder.bit(Context.absoluteNearId) === SAME
      ? (neighbour.id + 1 + readNumber(decoder, NumberContext.absoluteId)) | 0
      : decoder.wide(32);
  const x = neighbour.x + readNumber(decoder, NumberContext.absoluteX);
  const y = neighbour.y + readNumber(decoder, NumberContext.absoluteY);
  const z = neighbour.z + readNumber(decoder, NumberContext.absoluteZ);
  out.yaw[index] = decoder.wide(16);
  const look = decoder.bit(Context.absoluteLook) === OTHER ? decoder.wide(16) : neighbour.look;
  const vitals = decoder.bit(Context.absoluteVitals) === OTHER ? decoder.wide(32) : neighbour.vitals;
  out.entityId[index] = id;
  out.x[index] = x;
  out.y[index] = y;
  out.z[index] = z;
  out.look[index] = look;
  out.vitals[index] = vitals;
  neighbour.id = id;
  neighbour.x = x;
  neighbour.y = y;
  neighbour.z = z;
  neighbour.look = look;
  neighbour.vitals = vitals;
  return id !== 0 && isInWorld(x) && isInWorld(y) && isInWorld(z);
}
