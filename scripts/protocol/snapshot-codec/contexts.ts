import { TRAINED_BITS, TRAINED_NUMBERS } from "./trained-tables.ts";

// What the coder distinguishes when it guesses what comes next. A bit has a probability that adapts within the packet, a
// number a table of how long it tends to be. Both start from what was counted over a recorded trace, so that even the first
// record of a packet is short; they are part of the wire format.

/** What a character was doing at the baseline; the first thing that every other context depends on. */
export const Activity = { still: 0, straight: 1, turning: 2, airborne: 3 } as const;
export type Activity = (typeof Activity)[keyof typeof Activity];
const ACTIVITIES = 4;
/** Lengths of a number in bits, grouped. */
const SMALL_LENGTHS = 3;
const LENGTHS = 5;

/** What a record is that is not a plain delta at the next slot against the packet's common baseline. */
export const RecordKind = { end: 0, gap: 1, absolute: 2, ownAges: 3 } as const;

let bits = 0;
function takeBits(count: number): number {
  bits += count;
  return bits - count;
}

/** Contexts of single bits. */
export const Context = {
  census: takeBits(1),
  /** Whether the slot before is taken, too. */
  occupied: takeBits(2),
  /** Whether the record before was plain, too. */
  plain: takeBits(2),
  /** A tree of 2 bits; the first place is unused. */
  kind: takeBits(4),
  exact: takeBits(ACTIVITIES),
  conditionChanged: takeBits(ACTIVITIES),
  lookChanged: takeBits(1),
  animationOnly: takeBits(1),
  /** By the animation before, up to 7, a tree of 3 bits. */
  animation: takeBits(8 * 8),
  terrainLeft: takeBits(1),
  vitalsChanged: takeBits(1),
  maxHealthChanged: takeBits(1),
  absoluteNearId: takeBits(1),
  absoluteLook: takeBits(1),
  absoluteVitals: takeBits(1),
} as const;
export const BIT_CONTEXTS = bits;

let numbers = 0;
function takeNumbers(count: number): number {
  numbers += count;
  return numbers - count;
}

/** Contexts of numbers. */
export const NumberContext = {
  /** Distance to the next slot that was left; 0 ends the list. */
  leave: takeNumbers(1),
  gap: takeNumbers(1),
  health: takeNumbers(1),
  yaw: takeNumbers(ACTIVITIES),
  x: takeNumbers(ACTIVITIES * SMALL_LENGTHS),
  z: takeNumbers(2 * LENGTHS),
  y: takeNumbers(ACTIVITIES * LENGTHS),
  absoluteId: takeNumbers(1),
  absoluteX: takeNumbers(1),
  absoluteY: takeNumbers(1),
  absoluteZ: takeNumbers(1),
} as const;
export const NUMBER_CONTEXTS = numbers;

/** Lengths that a table tells apart: 0 to 14 bits, and more. */
export const LENGTH_SYMBOLS = 16;
/** Frequencies of a table add up to this power of two. */
export const FREQUENCY_BITS = 12;
const FREQUENCY_SUM = 1 << FREQUENCY_BITS;
/** A decoder looks its symbol up by the first so many bits of the frequency, and goes on from there. */
export const LOOKUP_BITS = 8;

/** Groups the length of a yaw residual. */
export function smallLengthGroup(bits: number): number {
  return bits === 0 ? 0 : bits <= 6 ? 1 : 2;
}

/** Groups the length of a position residual. */
export function lengthGroup(bits: number): number {
  return bits === 0 ? 0 : bits <= 2 ? 1 : bits <= 4 ? 2 : bits <= 7 ? 3 : 4;
}

/** Probability of a 0 with which each bit starts, of 4096. */
export const INITIAL_PROBABILITIES = initialProbabilities(TRAINED_BITS);
/** For each number context 17 entries: how much of `FREQUENCY_SUM` lies below each symbol; the last is all of it. */
export const CUMULATIVE_STRIDE = LENGTH_SYMBOLS + 1;
export const CUMULATIVE_FREQUENCIES = cumulativeFrequencies(TRAINED_NUMBERS);
/** For each symbol of each number context: the frequencies below it, times 65536, and its own. */
export const SYMBOL_SPANS = symbolSpans(CUMULATIVE_FREQUENCIES);
/** For each number context the symbol at the beginning of each part of the frequencies; the last is past their end. */
export const LOOKUP_STRIDE = (1 << LOOKUP_BITS) + 1;
export const SYMBOL_LOOKUP = symbolLookup(CUMULATIVE_FREQUENCIES);

/** Two hexadecimal digits a bit. Anything of another length, such as nothing while training, gives even chances. */
function initialProbabilities(trained: string): Uint16Array {
  const probabilities = new Uint16Array(BIT_CONTEXTS).fill(2048);
  if (trained.length !== 2 * BIT_CONTEXTS) return probabilities;
  for (let context = 0; context < BIT_CONTEXTS; context++) {
    probabilities[context] = Number.parseInt(trained.slice(2 * context, 2 * context + 2), 16) * 16 + 8;
  }
  return probabilities;
}

/** Three hexadecimal digits a symbol. */
function cumulativeFrequencies(trained: string): Uint16Array {
  const cumulative = new Uint16Array(NUMBER_CONTEXTS * CUMULATIVE_STRIDE);
  const isTrained = trained.length === 3 * LENGTH_SYMBOLS * NUMBER_CONTEXTS;
  for (let context = 0; context < NUMBER_CONTEXTS; context++) {
    let sum = 0;
    for (let symbol = 0; symbol < LENGTH_SYMBOLS; symbol++) {
      const at = 3 * (context * LENGTH_SYMBOLS + symbol);
      cumulative[context * CUMULATIVE_STRIDE + symbol] = sum;
      sum += isTrained ? Number.parseInt(trained.slice(at, at + 3), 16) : FREQUENCY_SUM / LENGTH_SYMBOLS;
    }
    if (sum !== FREQUENCY_SUM)
      throw new Error(`frequencies of number context ${context}: expected a sum of 4096, got ${sum}`);
    cumulative[context * CUMULATIVE_STRIDE + LENGTH_SYMBOLS] = sum;
  }
  return cumulative;
}

function symbolSpans(cumulative: Uint16Array): Int32Array {
  return Int32Array.from({ length: NUMBER_CONTEXTS * LENGTH_SYMBOLS }, (_, at) => {
    const from = Math.floor(at / LENGTH_SYMBOLS) * CUMULATIVE_STRIDE + (at % LENGTH_SYMBOLS);
    const below = cumulative[from] ?? 0;
    return (below << 16) | ((cumulative[from + 1] ?? 0) - below);
  });
}

function symbolLookup(cumulative: Uint16Array): Uint8Array {
  const lookup = new Uint8Array(NUMBER_CONTEXTS * LOOKUP_STRIDE).fill(LENGTH_SYMBOLS - 1);
  for (let context = 0; context < NUMBER_CONTEXTS; context++) {
    let symbol = 0;
    for (let part = 0; part < 1 << LOOKUP_BITS; part++) {
      const frequency = part << (FREQUENCY_BITS - LOOKUP_BITS);
      while ((cumulative[context * CUMULATIVE_STRIDE + symbol + 1] ?? 0) <= frequency) symbol++;
      lookup[context * LOOKUP_STRIDE + part] = symbol;
    }
  }
  return lookup;
}
