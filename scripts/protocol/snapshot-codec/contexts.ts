import { TRAINED_PROBABILITIES } from "./trained-probabilities.ts";

// What the coder distinguishes when it guesses the next bit. Every context is a probability of its own, so a bit that is
// nearly always 0 in one situation costs nearly nothing there. Numbers are offsets into one table.

/** Contexts of one number: whether it is 0, then a binary tree of 4 bits over its length. */
export const NUMBER_CONTEXTS = 16;

let next = 0;
function take(count: number): number {
  const first = next;
  next += count;
  return first;
}

/** What a character was doing at the baseline; the first thing that every other context depends on. */
export const Activity = { still: 0, straight: 1, turning: 2, airborne: 3 } as const;
export type Activity = (typeof Activity)[keyof typeof Activity];
const ACTIVITIES = 4;
/** Lengths of a number in bits, grouped. */
const SMALL_LENGTHS = 3;
const LENGTHS = 5;

/** What a record is that is not a plain delta at the next slot against the packet's common baseline. */
export const RecordKind = { end: 0, gap: 1, absolute: 2, ownAges: 3 } as const;

export const Context = {
  census: take(1),
  /** Distance to the next slot that was left; 0 ends the list. */
  leave: take(NUMBER_CONTEXTS),
  occupied: take(2),
  /** Whether the record before was plain, too. */
  plain: take(2),
  /** A tree of 2 bits; the first place is unused. */
  kind: take(4),
  gap: take(NUMBER_CONTEXTS),
  exact: take(ACTIVITIES),
  lookChanged: take(ACTIVITIES),
  animationOnly: take(1),
  /** By the animation before, up to 7, a tree of 3 bits. */
  animation: take(8 * 8),
  vitalsChanged: take(1),
  maxHealthChanged: take(1),
  health: take(NUMBER_CONTEXTS),
  yaw: take(NUMBER_CONTEXTS * ACTIVITIES),
  x: take(NUMBER_CONTEXTS * ACTIVITIES * SMALL_LENGTHS),
  z: take(NUMBER_CONTEXTS * 2 * LENGTHS),
  y: take(NUMBER_CONTEXTS * ACTIVITIES * LENGTHS),
  absoluteNearId: take(1),
  absoluteId: take(NUMBER_CONTEXTS),
  absoluteX: take(NUMBER_CONTEXTS),
  absoluteY: take(NUMBER_CONTEXTS),
  absoluteZ: take(NUMBER_CONTEXTS),
  absoluteLook: take(1),
  absoluteVitals: take(1),
} as const;
export const CONTEXT_COUNT = next;

/** Groups the length of a yaw residual. */
export function smallLengthGroup(bits: number): number {
  return bits === 0 ? 0 : bits <= 6 ? 1 : 2;
}

/** Groups the length of a position residual. */
export function lengthGroup(bits: number): number {
  return bits === 0 ? 0 : bits <= 2 ? 1 : bits <= 4 ? 2 : bits <= 7 ? 3 : 4;
}

/** Probability of a 0 with which each context starts, of 4096; an even one where nothing was trained. */
export const INITIAL_PROBABILITIES = initialProbabilities();

function initialProbabilities(): Uint16Array {
  const probabilities = new Uint16Array(CONTEXT_COUNT).fill(2048);
  if (TRAINED_PROBABILITIES.length !== 2 * CONTEXT_COUNT) return probabilities;
  for (let context = 0; context < CONTEXT_COUNT; context++) {
    const level = Number.parseInt(TRAINED_PROBABILITIES.slice(2 * context, 2 * context + 2), 16);
    probabilities[context] = level * 16 + 8;
  }
  return probabilities;
}
