import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OWN_CAPABILITIES } from "../../../../scripts/protocol/capability.ts";
import { ROLLOUT_BUCKETS, rolloutBucket, rolloutSeed } from "../../../../server/features/rollout-bucket.ts";
import { checkPlayerName } from "../../../../server/zone/player-name.ts";

/** The definition of the doc comment by other means: bytes of a real encoder, big integers. */
function bucketByDefinition(feature: string, playerKey: string): number {
  const wrap = (value: bigint): bigint => BigInt.asUintN(32, value);
  let hash = 0x811c9dc5n;
  for (const byte of new TextEncoder().encode(`${feature}\0${playerKey}`))
    hash = wrap((hash ^ BigInt(byte)) * 0x01000193n);
  hash = wrap((hash ^ (hash >> 16n)) * 0x85ebca6bn);
  hash = wrap((hash ^ (hash >> 13n)) * 0xc2b2ae35n);
  hash ^= hash >> 16n;
  return Number((hash * 10_000n) >> 32n);
}

/** Names as people give them: alike but for a few characters, which is what a weak hash falls for. */
function playerKeys(count: number): string[] {
  const stems = ["player", "Ada ", "bot-", "Grüße", "山田", "x"];
  return Array.from({ length: count }, (_, i) => {
    const name = checkPlayerName(`${stems[i % stems.length]}${Math.floor(i / stems.length)}`);
    if (!name.ok) throw new Error(name.detail);
    return name.key;
  });
}

const keys = playerKeys(60_000);
const seeds = OWN_CAPABILITIES.map((feature) => rolloutSeed(feature));

/**
 * Chi-squared of the buckets in `cells` equal cells, less its mean, in standard deviations. Beyond 6 is chance once in a thousand
 * million; names and hash are fixed, so that it passes always or never.
 */
function deviations(counts: readonly number[], total: number): number {
  const expected = total / counts.length;
  const chiSquared = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const freedom = counts.length - 1;
  return Math.abs(chiSquared - freedom) / Math.sqrt(2 * freedom);
}

describe("the bucket of a player", () => {
  it("never changes: these were computed when the hash was chosen", () => {
    const seed = rolloutSeed("protocol_v2_seq");
    expect(["ada", "grace hopper", "山田", "🦊"].map((key) => rolloutBucket(seed, key))).toEqual([
      9623, 2685, 7213, 6537,
    ]);
  });

  it("is what its definition says, for every text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), (key, feature) => {
        expect(rolloutBucket(rolloutSeed(feature), key)).toBe(bucketByDefinition(feature, key));
      }),
    );
  });

  it("is one of them, also for text that is no Unicode", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
        const bucket = rolloutBucket(seeds[0] ?? 0, String.fromCharCode(...units));
        expect(bucket).toBeGreaterThanOrEqual(0);
        expect(bucket).toBeLessThan(ROLLOUT_BUCKETS);
        expect(Number.isInteger(bucket)).toBe(true);
      }),
    );
  });

  it("is as likely as any other, for every feature", () => {
    for (const seed of seeds) {
      const counts = new Array<number>(100).fill(0);
      for (const key of keys) {
        const cell = Math.floor(rolloutBucket(seed, key) / 100);
        counts[cell] = (counts[cell] ?? 0) + 1;
      }
      expect(deviations(counts, keys.length)).toBeLessThan(6);
    }
  });

  it("says nothing of the player's bucket for another feature", () => {
    for (const [index, one] of seeds.entries()) {
      for (const other of seeds.slice(index + 1)) {
        const counts = new Array<number>(100).fill(0);
        for (const key of keys) {
          const cell = Math.floor(rolloutBucket(one, key) / 1000) * 10 + Math.floor(rolloutBucket(other, key) / 1000);
          counts[cell] = (counts[cell] ?? 0) + 1;
        }
        expect(deviations(counts, keys.length)).toBeLessThan(6);
      }
    }
  });
});
