import type { FuzzRandom } from "./fuzz-random.ts";

/** Where signs, widths and limits change. */
const EDGES = [
  0, 1, 2, 3, 4, 8, 16, 0x1f, 0x20, 0x7f, 0x80, 0xff, 0x100, 0x3ff, 0x400, 0x401, 0x7fff, 0x8000, 0xfffc, 0xffff,
  0x1_0000, 0xff_ffff, 0x100_0000, 0x100_0001, 0x7fff_ffff, 0x8000_0000, 0xffff_0000, 0xffff_fffc, 0xffff_ffff,
] as const;

/** An edge of some number format, now and then beside it. */
export function edgeNumber(random: FuzzRandom): number {
  const edge = random.pick(EDGES);
  return random.chance(0.2) ? (edge + random.whole(5) - 2) >>> 0 : edge;
}

/** Joins parts to one array. */
export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

type Mutation = (bytes: Uint8Array, other: Uint8Array, random: FuzzRandom) => Uint8Array;

/** Start and end of a part, mostly a short one. */
function somePart(length: number, random: FuzzRandom): [number, number] {
  const from = random.whole(length);
  const longest = random.chance(0.8) ? 16 : length;
  return [from, Math.min(length, from + 1 + random.whole(longest))];
}

function noise(length: number, random: FuzzRandom): Uint8Array {
  const fill = random.chance(0.5) ? -1 : random.pick([0, 0xff, random.whole(256)]);
  return Uint8Array.from({ length }, () => (fill < 0 ? random.whole(256) : fill));
}

function setNumber(bytes: Uint8Array, at: number, width: number, value: number): void {
  for (let i = 0; i < width && at + i < bytes.length; i++) bytes[at + i] = value >>> (8 * i);
}

function getNumber(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let i = 0; i < width; i++) value |= (bytes[at + i] ?? 0) << (8 * i);
  return value >>> 0;
}

const MUTATIONS: readonly Mutation[] = [
  function flipBit(bytes, _, random) {
    const at = random.whole(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.whole(8));
    return bytes;
  },
  function setByte(bytes, _, random) {
    bytes[random.whole(bytes.length)] = random.chance(0.5) ? random.whole(256) : edgeNumber(random) & 0xff;
    return bytes;
  },
  function setEdge(bytes, _, random) {
    setNumber(bytes, random.whole(bytes.length), random.pick([2, 4]), edgeNumber(random));
    return bytes;
  },
  function addLittle(bytes, _, random) {
    const width = random.pick([1, 2, 4]);
    const at = random.whole(bytes.length);
    setNumber(bytes, at, width, getNumber(bytes, at, width) + random.whole(33) - 16);
    return bytes;
  },
  function insertNoise(bytes, _, random) {
    const at = random.whole(bytes.length + 1);
    return joinBytes(bytes.subarray(0, at), noise(1 + random.whole(16), random), bytes.subarray(at));
  },
  function removePart(bytes, _, random) {
    const [from, to] = somePart(bytes.length, random);
    return joinBytes(bytes.subarray(0, from), bytes.subarray(to));
  },
  function truncate(bytes, _, random) {
    return bytes.slice(0, random.whole(bytes.length));
  },
  function repeatPart(bytes, _, random) {
    const [from, to] = somePart(bytes.length, random);
    const times = random.chance(0.9) ? 1 : 1 + random.whole(16);
    const part = bytes.subarray(from, to);
    return joinBytes(bytes.subarray(0, to), ...Array.from({ length: times }, () => part), bytes.subarray(to));
  },
  function splice(bytes, other, random) {
    return joinBytes(bytes.subarray(0, random.whole(bytes.length + 1)), other.subarray(random.whole(other.length + 1)));
  },
  function copyFromOther(bytes, other, random) {
    const [from, to] = somePart(other.length, random);
    const at = random.whole(bytes.length);
    bytes.set(other.subarray(from, Math.min(to, from + bytes.length - at)), at);
    return bytes;
  },
];

/** One to four mutations of a copy. The result has at most `maxBytes`. */
export function mutateBytes(bytes: Uint8Array, other: Uint8Array, random: FuzzRandom, maxBytes: number): Uint8Array {
  let mutated: Uint8Array = bytes.slice();
  for (let left = 1 + random.whole(4); left > 0; left--) {
    if (mutated.length === 0) mutated = noise(1 + random.whole(64), random);
    else mutated = random.pick(MUTATIONS)(mutated, other, random);
  }
  return mutated.length > maxBytes ? mutated.slice(0, maxBytes) : mutated;
}
