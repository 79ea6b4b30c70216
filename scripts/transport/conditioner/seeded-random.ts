/** A source of numbers from 0 to below 1. */
export type RandomSource = () => number;

/**
 * Numbers that are the same for the same seed and stream (xorshift, 32 bits: Marsaglia 2003). Streams of one seed have nothing
 * to do with each other: what one part of a simulation draws does not change what another one does.
 */
export function createSeededRandom(seed: number, stream = 0): RandomSource {
  let state = scramble(scramble(seed) ^ Math.imul(stream + 1, 0x9e3779b1)) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 0x1_0000_0000;
  };
}

/** Neighbouring seeds become strangers: the finisher of MurmurHash3 (Appleby 2011). */
function scramble(value: number): number {
  let hash = value >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** One value of the standard normal distribution (Box and Muller 1958). */
export function drawNormal(random: RandomSource): number {
  // 1 - u is above 0, so that the logarithm is finite.
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
