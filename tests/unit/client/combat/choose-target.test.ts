import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseTarget, mayLock } from "../../../../scripts/client/combat/choose-target.ts";
import { LOCK_RANGE_METERS } from "../../../../scripts/client/combat/view/target-view.ts";
import { createOwnView } from "../../../../scripts/client/own-view.ts";
import type { RemoteEntities } from "../../../../scripts/client/remote-entities.ts";
import { FighterState } from "../../../../scripts/protocol/combat/combat-words.ts";

interface Other {
  ahead: number;
  right?: number;
  up?: number;
  alpha?: number;
  state?: number;
}

/** Others by where they are, metres; their entity ids are 101, 102 and so on. */
function others(...list: Other[]): RemoteEntities {
  const ids = list.map((_, i) => 101 + i);
  return {
    count: list.length,
    entityId: Uint32Array.from(ids),
    x: Float64Array.from(list.map(({ right }) => right ?? 0)),
    y: Float64Array.from(list.map(({ up }) => up ?? 0)),
    z: Float64Array.from(list.map(({ ahead }) => -ahead)),
    alpha: Float32Array.from(list.map(({ alpha }) => alpha ?? 1)),
    state: Uint8Array.from(list.map(({ state }) => state ?? 0)),
    indexOf: (entityId: number) => ids.indexOf(entityId),
  } as unknown as RemoteEntities;
}

const own = createOwnView();
const all = () => true;
const next = (remotes: RemoteEntities, current: number) => chooseTarget(own, remotes, current, 1, all);
const previous = (remotes: RemoteEntities, current: number) => chooseTarget(own, remotes, current, -1, all);
const nearest = (remotes: RemoteEntities, current = 0) => chooseTarget(own, remotes, current, 0, all);

describe("whom a press of Tab means", () => {
  it("the nearest in view, then the next one by distance, and around", () => {
    const three = others({ ahead: 12 }, { ahead: 5 }, { ahead: 30, right: 4 });
    expect([next(three, 0), next(three, 102), next(three, 101), next(three, 103)]).toEqual([102, 101, 103, 102]);
  });

  it("and the other way round with Shift", () => {
    const three = others({ ahead: 12 }, { ahead: 5 }, { ahead: 30, right: 4 });
    expect([previous(three, 102), previous(three, 103), previous(three, 101)]).toEqual([103, 101, 102]);
  });

  it("rather one in view than one that is nearer, but behind", () => {
    expect(nearest(others({ ahead: -6 }, { ahead: 12 }))).toBe(102);
    expect(nearest(others({ ahead: -3 }, { ahead: 12 }))).toBe(101);
    // 60 degrees to either side are in view.
    expect(nearest(others({ ahead: 5, right: 8.5 }, { ahead: 14 }))).toBe(101);
    expect(nearest(others({ ahead: 4, right: 9 }, { ahead: 14 }))).toBe(102);
  });

  it("turns with the view", () => {
    const back = { ...own, yawRadians: Math.PI };
    expect(chooseTarget(back, others({ ahead: 6 }, { ahead: -12 }), 0, 0, all)).toBe(102);
  });

  it("the first one again, whoever is locked on to, where the nearest is asked for", () => {
    expect(nearest(others({ ahead: 12 }, { ahead: 5 }), 101)).toBe(102);
  });

  it("the first one, if who was locked on to is gone", () => {
    expect(next(others({ ahead: 12 }, { ahead: 5 }), 999)).toBe(102);
    expect(previous(others({ ahead: 12 }, { ahead: 5 }), 999)).toBe(101);
  });

  it("the same one, if there is no other, and nobody, if there is none", () => {
    expect([next(others({ ahead: 5 }), 101), previous(others({ ahead: 5 }), 101)]).toEqual([101, 101]);
    expect([next(others(), 0), previous(others(), 0), nearest(others())]).toEqual([0, 0, 0]);
  });

  it("nobody who is not meant, is dead, is just coming or going, or is farther than a lock reaches", () => {
    const odd = others({ ahead: 3 }, { ahead: 4, state: FighterState.dead }, { ahead: 5, alpha: 0.3 }, { ahead: 101 });
    expect(chooseTarget(own, odd, 0, 1, (index) => index !== 0)).toBe(0);
    expect(next(odd, 101)).toBe(101);
  });

  it("up to 100 m, in all directions of space", () => {
    const far = others({ ahead: LOCK_RANGE_METERS }, { ahead: 99, up: 20 });
    expect([mayLock(own, far, 0), mayLock(own, far, 1)]).toEqual([true, false]);
  });
});

it("as many presses as there are others come to each of them once, also to those equally near, and back by as many", () => {
  const metres = fc.integer({ min: -4, max: 4 });
  const crowd = fc.array(fc.record({ ahead: metres, right: metres }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(crowd, (list) => {
      const remotes = others(...list);
      const met: number[] = [];
      let current = next(remotes, 0);
      for (let press = 0; press < list.length; press += 1) {
        met.push(current);
        current = next(remotes, current);
      }
      expect(new Set(met).size).toBe(list.length);
      expect(current).toBe(met[0]);
      for (const before of met.toReversed()) {
        current = previous(remotes, current);
        expect(current).toBe(before);
      }
    }),
  );
});
