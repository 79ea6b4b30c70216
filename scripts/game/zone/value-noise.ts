/**
 * Smooth noise from an integer hash: the same numbers on every machine, because it uses no transcendental function.
 * Returns -1 to 1; one feature per unit of x and z.
 */
export function valueNoise(seed: number, x: number, z: number): number {
  const cellX = Math.floor(x);
  const cellZ = Math.floor(z);
  const fadeX = fade(x - cellX);
  const fadeZ = fade(z - cellZ);
  const near = mix(lattice(seed, cellX, cellZ), lattice(seed, cellX + 1, cellZ), fadeX);
  const far = mix(lattice(seed, cellX, cellZ + 1), lattice(seed, cellX + 1, cellZ + 1), fadeX);
  return mix(near, far, fadeZ);
}

/** Octaves of value noise, each half as wide and half as strong as the one before; about -1 to 1. */
export function fractalNoise(seed: number, x: number, z: number, octaves: number): number {
  let sum = 0;
  let strength = 0.5;
  let scale = 1;
  for (let octave = 0; octave < octaves; octave++) {
    sum += strength * valueNoise(seed + octave * 131, x * scale, z * scale);
    strength *= 0.5;
    scale *= 2.03;
  }
  return sum * 1.6;
}

/** 0 below `low`, 1 above `high`, smooth between. */
export function smoothStep(low: number, high: number, value: number): number {
  const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return share * share * (3 - 2 * share);
}

export function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

function fade(share: number): number {
  return share * share * share * (share * (share * 6 - 15) + 10);
}

function lattice(seed: number, x: number, z: number): number {
  let hash = Math.imul(x, 0x27d4eb2d) ^ Math.imul(z, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2147483648 - 1;
}
