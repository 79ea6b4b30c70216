import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  KEPT_MOMENTS,
  MAX_REWIND_TICKS,
  ToldHistory,
} from "../../../../../server/zone/lag-compensation/told-history.ts";

const PLACES = 4;

interface Record {
  tick: number;
  /** By place: who is there and where; absent is nobody. */
  here: ({ entityId: number; x: number; y: number; z: number } | undefined)[];
}

/** Straight from what the history promises, without memory of a fixed size. */
function bruteForce(records: readonly Record[], place: number, entityId: number, tick: number) {
  const kept = records.slice(-KEPT_MOMENTS);
  const known = kept.map((record) => ({ tick: record.tick, at: record.here[place] }));
  // The last stretch of moments in which that entity was at that place.
  let end = known.length - 1;
  while (end >= 0 && known[end]?.at?.entityId !== entityId) end -= 1;
  let begin = end;
  while (begin > 0 && known[begin - 1]?.at?.entityId === entityId) begin -= 1;
  if (end < 0) return undefined;
  const stretch = known.slice(begin, end + 1);
  const position = (index: number) => {
    const found = stretch[index];
    if (found?.at === undefined) throw new Error("outside of the stretch");
    return { tick: found.tick, x: found.at.x, y: found.at.y, z: found.at.z };
  };
  const after = stretch.findIndex((moment) => moment.tick > tick);
  if (after === 0) return position(0);
  if (after < 0) return position(stretch.length - 1);
  const from = position(after - 1);
  const to = position(after);
  const ticks = to.tick - from.tick;
  if (Math.hypot(to.x - from.x, to.y - from.y, to.z - from.z) > ticks) return from;
  const share = (tick - from.tick) / ticks;
  return {
    x: from.x + (to.x - from.x) * share,
    y: from.y + (to.y - from.y) * share,
    z: from.z + (to.z - from.z) * share,
  };
}

/** On the lattice of the wire: of doubles most would be next to nothing. */
const coordinate = fc.integer({ min: -1_024, max: 1_024 }).map((steps) => steps / 1_024);
const somebody = fc.record({
  entityId: fc.constantFrom(1, 1, 1, 1, 2, 3),
  x: fc.oneof({ weight: 9, arbitrary: coordinate }, { weight: 1, arbitrary: fc.constant(400) }),
  y: coordinate,
  z: coordinate,
});
const histories: fc.Arbitrary<Record[]> = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 1, max: 5 }),
      here: fc.array(fc.option(somebody, { nil: undefined, freq: 4 }), { minLength: PLACES, maxLength: PLACES }),
    }),
    { minLength: 1, maxLength: 3 * KEPT_MOMENTS },
  )
  .map((moments) => {
    let tick = 0;
    return moments.map(({ gap, here }) => {
      tick += gap;
      return { tick, here };
    });
  });

function write(records: readonly Record[]): ToldHistory {
  const history = new ToldHistory(PLACES);
  for (const { tick, here } of records) {
    history.begin(tick);
    for (const [place, at] of here.entries()) {
      if (at !== undefined) history.write(place, at.entityId, at.x, at.y, at.z);
    }
  }
  return history;
}

describe("the history of what others were told", () => {
  it("says where everybody was at any moment, as a search through all of it does", () => {
    fc.assert(
      fc.property(
        histories,
        fc.nat({ max: PLACES - 1 }),
        fc.constantFrom(1, 1, 1, 2, 3),
        fc.integer({ min: -256, max: 120 * 256 }),
        (records, place, entityId, fractionsAgo) => {
          const tick = (records.at(-1)?.tick ?? 0) - fractionsAgo / 256;
          const out = { x: Number.NaN, y: Number.NaN, z: Number.NaN };
          const known = write(records).locate(place, entityId, tick, out);
          const expected = bruteForce(records, place, entityId, tick);
          expect(known).toBe(expected !== undefined);
          if (expected === undefined) return;
          expect(out.x).toBeCloseTo(expected.x, 9);
          expect(out.y).toBeCloseTo(expected.y, 9);
          expect(out.z).toBeCloseTo(expected.z, 9);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("reaches back further than targets are looked at, at a moment in every tick", () => {
    expect(MAX_REWIND_TICKS).toBe(24);
    expect(KEPT_MOMENTS).toBeGreaterThan(MAX_REWIND_TICKS + 1);
  });

  it("does not take another for one who had the same place before", () => {
    const history = new ToldHistory(PLACES);
    const out = { x: 0, y: 0, z: 0 };
    history.begin(1);
    history.write(2, 7, 1, 0, 0);
    history.begin(2);
    history.write(2, 8, 50, 0, 0);
    expect(history.locate(2, 8, 1, out)).toBe(true);
    expect(out.x).toBe(50);
    expect(history.locate(2, 7, 2, out)).toBe(true);
    expect(out.x).toBe(1);
    expect(history.locate(2, 9, 2, out)).toBe(false);
  });

  it("holds its user to ticks that rise and places that are there", () => {
    const history = new ToldHistory(PLACES);
    history.begin(5);
    expect(() => history.begin(5)).toThrow("expected more than 5, got 5");
    expect(() => history.write(PLACES, 1, 0, 0, 0)).toThrow("expected 0 to 3, got 4");
  });
});
