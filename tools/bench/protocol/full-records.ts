import { decode, encode } from "@msgpack/msgpack";
import { POSITION_STEPS_PER_METER, VELOCITY_STEPS_PER_METER } from "../../../scripts/simulation/constants.ts";
import type { Trace } from "./record-trace.ts";

/** id u32, position 3 x f32, rotation 4 x f32, velocity 3 x f32, health and maximum 2 x u16, state u8, animation u8. */
export const RAW_RECORD_BYTES = 50;
const HEALTH = 100;
const RADIANS_PER_YAW_STEP = (2 * Math.PI) / 65536;

/** A snapshot as others would send it: every entity in full, as an array of the raw record's numbers. */
export function fullRecords(trace: Trace, snapshot: number): number[][] {
  return Array.from({ length: trace.entities }, (_, entity) => {
    const at = snapshot * trace.entities + entity;
    const half = ((trace.yaw[at] ?? 0) * RADIANS_PER_YAW_STEP) / 2;
    const position = [trace.x, trace.y, trace.z].map((column) => (column[at] ?? 0) / POSITION_STEPS_PER_METER);
    const velocity = [trace.vx, trace.vy, trace.vz].map((column) => (column[at] ?? 0) / VELOCITY_STEPS_PER_METER);
    const rotation = [0, Math.fround(Math.sin(half)), 0, Math.fround(Math.cos(half))];
    const condition = [HEALTH, HEALTH, 0, trace.animation[at] ?? 0];
    return [trace.ids[entity] ?? 0, ...position, ...rotation, ...velocity, ...condition];
  });
}

export interface FullSizes {
  msgpackBytes: number;
  jsonBytes: number;
  msgpackDecodeNsPerEntity: number;
}

/**
 * What full records cost as MessagePack, with floats of 32 bits, and as JSON: means over some snapshots of the trace. The time is the
 * median over them, of the least of all rounds.
 */
export function measureFullRecords(trace: Trace, every: number, rounds: number): FullSizes {
  const packed: Uint8Array[] = [];
  let jsonBytes = 0;
  for (let snapshot = 0; snapshot < trace.snapshots; snapshot += every) {
    const records = fullRecords(trace, snapshot);
    packed.push(encode(records, { forceFloat32: true }));
    jsonBytes += JSON.stringify(records).length;
  }
  const least = packed.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++) {
    packed.forEach((bytes, at) => {
      const start = process.hrtime.bigint();
      decode(bytes);
      least[at] = Math.min(least[at] ?? 0, Number(process.hrtime.bigint() - start));
    });
  }
  const ns = least.toSorted((a, b) => a - b);
  return {
    msgpackBytes: packed.reduce((sum, { length }) => sum + length, 0) / packed.length,
    jsonBytes: jsonBytes / packed.length,
    msgpackDecodeNsPerEntity: (ns[ns.length >> 1] ?? 0) / trace.entities,
  };
}
