import { YAW_STEPS_PER_TURN } from "./constants.ts";

// Math.sin may differ in the last bits between engines and versions. This table is made with + - * / alone, which
// IEEE 754 defines to the bit, and indexed by the 16 bits of a yaw: every engine computes with the same numbers.

const QUARTER = YAW_STEPS_PER_TURN / 4;
const HALF = YAW_STEPS_PER_TURN / 2;
const YAW_MASK = YAW_STEPS_PER_TURN - 1;
const RADIANS_PER_STEP = (2 * Math.PI) / YAW_STEPS_PER_TURN;

/** Taylor series; exact to the last bits of a double up to an eighth of a turn. */
function taylor(radians: number, first: number, firstDegree: number): number {
  const squared = radians * radians;
  let term = first;
  let sum = first;
  for (let degree = firstDegree + 2; degree <= 22; degree += 2) {
    term *= -squared / (degree * (degree - 1));
    sum += term;
  }
  return sum;
}

function makeQuarterSine(): Float64Array {
  const table = new Float64Array(QUARTER + 1);
  for (let step = 0; step <= QUARTER; step++) {
    const inFirstHalf = step <= QUARTER / 2;
    const radians = (inFirstHalf ? step : QUARTER - step) * RADIANS_PER_STEP;
    table[step] = inFirstHalf ? taylor(radians, radians, 1) : taylor(radians, 1, 0);
  }
  return table;
}

const quarterSine = makeQuarterSine();

/** Sine of a yaw of 16 bits; higher bits are ignored. The same bits in every engine. */
export function sinOfYaw(yaw: number): number {
  const step = yaw & YAW_MASK;
  const inHalf = step & (HALF - 1);
  const value = quarterSine[inHalf <= QUARTER ? inHalf : HALF - inHalf] ?? 0;
  return step < HALF ? value : -value;
}

/** Cosine of a yaw of 16 bits; higher bits are ignored. The same bits in every engine. */
export function cosOfYaw(yaw: number): number {
  return sinOfYaw(yaw + QUARTER);
}

/** Sine and cosine of one yaw; filled in place. */
export interface YawVector {
  sin: number;
  cos: number;
}

export function createYawVector(): YawVector {
  return { sin: 0.5, cos: 0.5 };
}

/** Both at once, without a number on the heap. */
export function readYaw(yaw: number, out: YawVector): void {
  out.sin = sinOfYaw(yaw);
  out.cos = cosOfYaw(yaw);
}

/** Radians, counter-clockwise seen from above, to the nearest yaw of 16 bits, 0 to 65535. */
export function yawFromRadians(radians: number): number {
  return Math.round(radians / RADIANS_PER_STEP) & YAW_MASK;
}

/** Yaw of 16 bits to radians, 0 to below a full turn. For drawing: the simulation itself uses the table. */
export function yawToRadians(yaw: number): number {
  return (yaw & YAW_MASK) * RADIANS_PER_STEP;
}
