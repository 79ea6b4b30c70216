/** Buckets that players are spread over: one is 0.01 %. */
export const ROLLOUT_BUCKETS = 10_000;
export const BUCKETS_PER_PERCENT = ROLLOUT_BUCKETS / 100;

const FNV_OFFSET = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;

/** Where the hash of a feature's players starts: the name of the feature and a zero byte, which is in no name, hashed already. */
export function rolloutSeed(feature: string): number {
  return hashText(hashText(FNV_OFFSET, feature), "\0");
}

/**
 * The bucket of a player, 0 to 9999: FNV-1a (Fowler, Noll and Vo; 32 bits) over the UTF-8 bytes of feature, zero, player key, then the
 * final mix of MurmurHash3 (Appleby), whose 32 bits are scaled to the buckets. The same on every server and for ever: another
 * hash would move every player to another side of every rollout. Allocates nothing.
 */
export function rolloutBucket(seed: number, playerKey: string): number {
  return Math.floor(((mix(hashText(seed, playerKey)) >>> 0) / 2 ** 32) * ROLLOUT_BUCKETS);
}

/** FNV-1a goes on from `seed`. A surrogate without its other half counts as U+FFFD, as in every encoder of UTF-8. */
function hashText(seed: number, text: string): number {
  let hash = seed;
  for (let index = 0; index < text.length; index++) {
    let point = text.codePointAt(index) ?? 0;
    if (point > 0xffff) index += 1;
    else if (point >= 0xd800 && point <= 0xdfff) point = 0xfffd;
    if (point < 0x80) {
      hash = hashByte(hash, point);
      continue;
    }
    if (point < 0x800) {
      hash = hashByte(hash, 0xc0 | (point >> 6));
    } else {
      if (point < 0x10000) {
        hash = hashByte(hash, 0xe0 | (point >> 12));
      } else {
        hash = hashByte(hash, 0xf0 | (point >> 18));
        hash = hashByte(hash, 0x80 | ((point >> 12) & 0x3f));
      }
      hash = hashByte(hash, 0x80 | ((point >> 6) & 0x3f));
    }
    hash = hashByte(hash, 0x80 | (point & 0x3f));
  }
  return hash;
}

function hashByte(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, FNV_PRIME);
}

/** FNV leaves its high bits poor, and two features alike: after this every bit depends on every other. */
function mix(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
