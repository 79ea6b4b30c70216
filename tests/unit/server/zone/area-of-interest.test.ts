import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  AREA_HYSTERESIS_METERS,
  AREA_RADIUS_METERS,
  AreaOfInterest,
} from "../../../../server/zone/area-of-interest.ts";
import { createSeededRandom } from "../../../fixtures/seeded-random.ts";

const LEAVE_METERS = AREA_RADIUS_METERS + AREA_HYSTERESIS_METERS;

interface Walker {
  x: number;
  z: number;
}

/** The same by comparing everybody with everybody. */
class BruteForce {
  readonly walkers = new Map<number, Walker>();
  readonly #seen = new Map<number, Set<number>>();

  look(viewer: number): { seen: Map<number, number>; left: Set<number> } {
    const before = this.#seen.get(viewer) ?? new Set();
    const here = this.walkers.get(viewer);
    const seen = new Map<number, number>();
    for (const [place, walker] of this.walkers) {
      if (here === undefined || place === viewer) continue;
      const squared = (walker.x - here.x) ** 2 + (walker.z - here.z) ** 2;
      const limit = before.has(place) ? LEAVE_METERS : AREA_RADIUS_METERS;
      if (squared <= limit ** 2) seen.set(place, squared);
    }
    const left = new Set([...before].filter((place) => !seen.has(place)));
    this.#seen.set(viewer, new Set(seen.keys()));
    return { seen, left };
  }

  remove(place: number): void {
    this.walkers.delete(place);
    this.#seen.delete(place);
    for (const seen of this.#seen.values()) seen.delete(place);
  }
}

function found(area: AreaOfInterest): Map<number, number> {
  return new Map([...area.places.subarray(0, area.count)].map((place, i) => [place, area.distanceSquared[i] ?? 0]));
}

function remembered(area: AreaOfInterest, viewer: number): number[] {
  const places: number[] = [];
  for (let place = area.nextSeen(viewer, 0); place >= 0; place = area.nextSeen(viewer, place + 1)) places.push(place);
  return places;
}

/** Those who walk up to a pillar at (256, 256) from the east, seen from there. */
function lookAt(area: AreaOfInterest, distanceMeters: number): boolean {
  area.move(0, 256, 256);
  area.move(1, 256 + distanceMeters, 256);
  area.look(0);
  return area.count === 1;
}

describe("AreaOfInterest", () => {
  it("finds whom comparing everybody with everybody finds, on random walks with comings and goings", () => {
    const run = (seed: number, capacity: number) => {
      const random = createSeededRandom(seed);
      const area = new AreaOfInterest(capacity);
      const truth = new BruteForce();
      for (let step = 0; step < 60; step += 1) {
        for (let place = 0; place < capacity; place += 1) {
          const walker = truth.walkers.get(place);
          if (walker === undefined) {
            // Also a little outside of the zone, where nobody should be.
            if (random() < 0.3) truth.walkers.set(place, { x: random() * 560 - 24, z: random() * 560 - 24 });
          } else if (random() < 0.03) {
            truth.remove(place);
            area.remove(place);
          } else {
            walker.x += (random() * 2 - 1) * 12;
            walker.z += (random() * 2 - 1) * 12;
          }
          const now = truth.walkers.get(place);
          if (now !== undefined) area.move(place, now.x, now.z);
        }
        for (const viewer of truth.walkers.keys()) {
          if (random() < 0.5) continue;
          area.look(viewer);
          const { seen, left } = truth.look(viewer);
          expect(found(area)).toEqual(seen);
          expect(new Set(area.left.subarray(0, area.leftCount))).toEqual(left);
          expect(remembered(area, viewer)).toEqual([...seen.keys()].sort((a, b) => a - b));
          for (const place of seen.keys()) expect(area.sees(viewer, place)).toBe(true);
        }
      }
    };
    fc.assert(fc.property(fc.nat(), fc.constantFrom(1, 2, 31, 32, 33, 100), run), { numRuns: 30 });
  });

  it("sees who comes within 128 m, and loses sight of them beyond 144 m", () => {
    const area = new AreaOfInterest(2);
    const sights = [150, 143.9, 128.1, 127.9, 128.1, 143.9, 144.1, 143.9, 128.1].map((meters) => lookAt(area, meters));
    expect(sights).toEqual([false, false, false, true, true, true, false, false, false]);
  });

  it("does not make those flicker who walk along the edge", () => {
    const area = new AreaOfInterest(2);
    lookAt(area, 127);
    let changes = 0;
    for (let step = 0; step < 100; step += 1) {
      if (!lookAt(area, 128 + 8 * Math.sin(step))) changes += 1;
    }
    expect(changes).toBe(0);
  });

  it("knows nobody any more in the place of one who was removed", () => {
    const area = new AreaOfInterest(2);
    lookAt(area, 127);
    area.remove(1);
    expect(area.sees(0, 1)).toBe(false);
    area.look(0);
    expect([area.count, area.leftCount]).toEqual([0, 0]);
    // Somebody else in the same place begins beyond the nearer limit.
    expect(lookAt(area, 140)).toBe(false);
  });
});
