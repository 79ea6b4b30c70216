import { Decoder, Encoder } from "@msgpack/msgpack";
import type { FuzzRandom } from "./fuzz-random.ts";
import { edgeNumber, mutateBytes } from "./mutate-bytes.ts";

/** Above the protocol's own limit now and then. */
const MAX_INPUT_BYTES = 66_000;
const DEEPEST_BOMB = 12;
/** Longer than any list that the protocol allows. */
const LONGEST_LIST = 1_100;

type Branch = unknown[] | Record<string, unknown>;

const library = { decoder: new Decoder({ keyDecoder: null }), encoder: new Encoder() };

/** A damaged MessagePack value: mostly one that is whole, with values in it that do not belong there. */
export function mutateMessagePack(bytes: Uint8Array, other: Uint8Array, random: FuzzRandom): Uint8Array {
  const value = random.chance(0.6) ? unpack(bytes) : undefined;
  if (value === undefined) return mutateBytes(bytes, other, random, MAX_INPUT_BYTES);
  for (let edits = 1 + random.whole(3); edits > 0; edits--) editBranch(value, unpack(other), random);
  const packed = library.encoder.encode(value);
  return packed.length > MAX_INPUT_BYTES ? packed.slice(0, MAX_INPUT_BYTES) : packed;
}

/** The list or map that `bytes` are; undefined if they are none. */
function unpack(bytes: Uint8Array): Branch | undefined {
  try {
    const value = library.decoder.decode(bytes);
    return isBranch(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isBranch(value: unknown): value is Branch {
  return Array.isArray(value) || (typeof value === "object" && value !== null && !ArrayBuffer.isView(value));
}

/** One change somewhere in the tree, deeper rather than higher. */
function editBranch(root: Branch, other: Branch | undefined, random: FuzzRandom): void {
  let branch = root;
  for (let depth = random.whole(5); depth > 0; depth--) {
    const below = Object.values(branch).filter(isBranch);
    if (below.length === 0) break;
    branch = random.pick(below);
  }
  const keys = Object.keys(branch);
  if (keys.length === 0 || random.chance(0.1)) add(branch, oddValue(random), random);
  else {
    const key = random.pick(keys);
    const choice = random.whole(8);
    if (choice === 0) remove(branch, key);
    else if (choice === 1) add(branch, Reflect.get(branch, key), random);
    else if (choice === 2 && other !== undefined) Reflect.set(branch, key, random.pick(Object.values(other)));
    else Reflect.set(branch, key, near(Reflect.get(branch, key), random));
  }
}

/** Many of one value only where it is small: the whole has to stay near what a packet can be. */
function add(branch: Branch, value: unknown, random: FuzzRandom): void {
  if (!Array.isArray(branch)) {
    branch[random.pick(["later", "flags", "a", "A", "__proto_", "capabilities"])] = value;
    return;
  }
  const many = typeof value === "number" && random.chance(0.1);
  for (let more = 1 + random.whole(many ? LONGEST_LIST : 4); more > 0; more--) branch.push(value);
}

function remove(branch: Branch, key: string): void {
  if (Array.isArray(branch)) branch.splice(Number(key), 1);
  else delete branch[key];
}

/** Mostly a value of the same kind. */
function near(value: unknown, random: FuzzRandom): unknown {
  if (typeof value === "number" && random.chance(0.7)) {
    return random.chance(0.5) ? value + random.whole(5) - 2 : edgeNumber(random) * random.pick([1, 1, -1]);
  }
  if (typeof value === "string" && random.chance(0.6)) {
    return random.chance(0.5)
      ? value.slice(0, 100).repeat(random.whole(20))
      : `${value}${random.pick(["", "A", "é", "\0", "😀"])}`;
  }
  return oddValue(random);
}

function oddValue(random: FuzzRandom): unknown {
  switch (random.whole(12)) {
    case 0:
      return null;
    case 1:
      return random.chance(0.5);
    case 2:
      return random.pick([0.5, -0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e300]);
    case 3:
      return random.pick([1, -1]) * random.pick([2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 63]);
    case 4:
      return new Uint8Array(random.whole(20));
    case 5:
      return new Date(random.word());
    case 6:
      return "x".repeat(random.pick([0, 1, 16, 17, 64, 65, 97, 257, 1_025, 41_000]));
    case 7:
      return new Array(random.pick([0, 1, 5, 6, 17, 33, 257, 1_025])).fill(random.whole(3));
    case 8:
      return bomb(random.whole(DEEPEST_BOMB), random);
    case 9:
      return {};
    default:
      return edgeNumber(random);
  }
}

function bomb(depth: number, random: FuzzRandom): unknown {
  if (depth === 0) return 0;
  const inner = bomb(depth - 1, random);
  return random.chance(0.5) ? [inner] : { a: inner };
}
