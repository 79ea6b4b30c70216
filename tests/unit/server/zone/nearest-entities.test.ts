import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LEGACY_SNAPSHOT_ENTITIES, NearestEntities } from "../../../../server/zone/nearest-entities.ts";

interface Candidate {
  id: number;
  distanceSquared: number;
}

function pick(nearest: NearestEntities, crowd: readonly Candidate[]): number[] {
  nearest.begin();
  for (const [index, { id, distanceSquared }] of crowd.entries()) nearest.offer(index, id, distanceSquared);
  return Array.from(nearest.candidates.subarray(0, nearest.count), (index) => crowd[index]?.id ?? 0);
}

/** Few distances, so that many are equally near; ids that do not fit a signed number too. */
const crowds = fc.uniqueArray(
  fc.record({
    id: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 0xffff_ffff })),
    distanceSquared: fc.oneof(fc.nat(5), fc.double({ min: 0, max: 2 ** 60, noNaN: true }), fc.constant(Infinity)),
  }),
  { maxLength: 200, selector: ({ id }) => id },
);

describe("[P99] the nearest entities", () => {
  test("are those that sorting everybody by distance, then by id, puts first", () => {
    const nearest = new NearestEntities(20);
    fc.assert(
      fc.property(crowds, (crowd) => {
        // Infinity less itself is not a number, and so says what equal distances say.
        const sorted = crowd.toSorted((a, b) => a.distanceSquared - b.distanceSquared || a.id - b.id);
        expect(pick(nearest, crowd)).toEqual(sorted.slice(0, 20).map(({ id }) => id));
      }),
    );
  });

  test("are the same in whatever order they are offered", () => {
    const shuffled = crowds.chain((crowd) =>
      fc.shuffledSubarray(crowd, { minLength: crowd.length }).map((s) => [crowd, s]),
    );
    const nearest = new NearestEntities();
    fc.assert(
      fc.property(shuffled, ([crowd = [], other = []]) => {
        expect(pick(nearest, other)).toEqual(pick(nearest, crowd));
      }),
    );
  });

  test("are fifty of a crowd, everybody of a few, and nobody of none", () => {
    const nearest = new NearestEntities();
    const crowd = Array.from({ length: 1_000 }, (_, i) => ({ id: i + 1, distanceSquared: (i * 7_919) % 1_000 }));
    expect(pick(nearest, crowd)).toHaveLength(LEGACY_SNAPSHOT_ENTITIES);
    expect(pick(nearest, crowd.slice(0, 3))).toHaveLength(3);
    expect(pick(nearest, [])).toEqual([]);
  });

  test("are never ones whose distance is not a number", () => {
    const crowd = [5, Number.NaN, 1].map((distanceSquared, i) => ({ id: i + 1, distanceSquared }));
    expect(pick(new NearestEntities(2), crowd)).toEqual([3, 1]);
    expect(pick(new NearestEntities(1), crowd)).toEqual([3]);
  });

  test("a capacity that is none is refused", () => {
    for (const capacity of [0, -1, 1.5, Number.NaN]) expect(() => new NearestEntities(capacity)).toThrow(RangeError);
  });
});
