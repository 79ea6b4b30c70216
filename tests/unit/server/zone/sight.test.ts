import { describe, expect, it } from "vitest";
import { AreaOfInterest } from "../../../../server/zone/area-of-interest.ts";
import { NEAREST_IN_SIGHT, Sight } from "../../../../server/zone/sight.ts";
import { createSeededRandom } from "../../../fixtures/seeded-random.ts";

const VIEWER = 0;

/** A viewer in the middle of others; what it sees. */
function lookAround(others: number, spreadMeters: number) {
  const random = createSeededRandom(others);
  const area = new AreaOfInterest(others + 1);
  const sight = new Sight();
  area.move(VIEWER, 256, 256);
  for (let place = 1; place <= others; place += 1) {
    area.move(place, 256 + (random() * 2 - 1) * spreadMeters, 256 + (random() * 2 - 1) * spreadMeters);
  }
  area.look(VIEWER);
  sight.take(area, 1);
  const nearest = [...sight.nearest.subarray(0, sight.nearestCount)];
  const meters = (place: number) => Math.sqrt(area.squaredBetween(VIEWER, place));
  return { area, sight, nearest, meters };
}

describe("Sight", () => {
  it("picks the nearest, to the metre", () => {
    for (const [others, spreadMeters] of [
      [900, 20],
      [300, 100],
      [65, 1],
      [64, 90],
    ] as const) {
      const { nearest, meters } = lookAround(others, spreadMeters);
      expect(new Set(nearest).size).toBe(NEAREST_IN_SIGHT);
      const farthest = Math.max(...nearest.map(meters));
      for (let place = 1; place <= others; place += 1) {
        if (!nearest.includes(place)) expect(Math.floor(meters(place))).toBeGreaterThanOrEqual(Math.floor(farthest));
      }
    }
  });

  it("picks everybody where there are few, and nobody where there is nobody", () => {
    expect(lookAround(10, 80).nearest.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(lookAround(0, 1).nearest).toEqual([]);
  });

  it("lets a viewer look around in every snapshot where few are, and less often in a crowd", () => {
    const few = lookAround(5, 50).sight;
    const crowd = lookAround(500, 50).sight;
    expect([2, 3, 4, 5].map((snapshot) => few.isLookDue(snapshot))).toEqual([true, true, true, true]);
    expect([2, 3, 4, 5].map((snapshot) => crowd.isLookDue(snapshot))).toEqual([false, false, false, true]);
  });
});
