import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkZone } from "../../../scripts/simulation/zone-check.ts";
import type { ZoneDescription } from "../../../scripts/simulation/zone-description.ts";
import { decodeZone, encodeZone } from "../../../scripts/simulation/zone-file.ts";
import { CLIFF, createTestZone, FLAT_HEIGHT_METERS, standingBox } from "../../fixtures/test-zone.ts";

/** Problems of the test zone after one change, as "path: reason". */
function problemsAfter(change: (zone: ZoneDescription) => void): string[] {
  const zone = createTestZone();
  change(zone);
  return checkZone(zone).map(({ nodePath, reason }) => `${nodePath}: ${reason}`);
}

function withSpawn(x: number, y: number, z: number, yaw = 0): string[] {
  return problemsAfter((zone) => zone.spawns.push({ nodePath: "TestZone/New", x, y, z, yaw }));
}

describe("checkZone", () => {
  it("finds nothing wrong with a good zone", () => {
    expect(problemsAfter(() => {})).toEqual([]);
  });

  it.each(["", "Shore", "a b", "9lives", "a".repeat(33), "../shore"])("refuses the name %j", (name) => {
    expect(problemsAfter((zone) => (zone.name = name))).toEqual([
      expect.stringMatching(/^TestZone: expected a zone name .* Change the zone's name/),
    ]);
  });

  it("refuses a zone without spawns", () => {
    expect(problemsAfter((zone) => (zone.spawns = []))).toEqual([
      expect.stringMatching(/^TestZone: .*got none. Add a spawn/),
    ]);
  });

  it("refuses another size", () => {
    expect(problemsAfter((zone) => (zone.sizeMeters = 256))[0]).toMatch(
      /^TestZone: expected a zone of 512 m; got 256 m/,
    );
  });

  it.each([
    ["in the air", 256, FLAT_HEIGHT_METERS + 0.6, 256, /0.60 m above. Lower it/],
    ["below the ground", 256, FLAT_HEIGHT_METERS - 0.2, 256, /0.20 m below it. Raise it/],
    ["outside of the zone", 512.5, FLAT_HEIGHT_METERS, 256, /x 512.5.* Move it in/],
    ["within the border's margin", 0.1, FLAT_HEIGHT_METERS, 256, /Move it in/],
    ["at no place", Number.NaN, FLAT_HEIGHT_METERS, 256, /x NaN/],
    ["inside of a wall", 280, FLAT_HEIGHT_METERS, 230, /inside of TestZone\/WallNorth/],
    ["too near to a wall", 280, FLAT_HEIGHT_METERS, 230.7, /inside of TestZone\/WallNorth/],
    ["on a cliff's face", CLIFF.x + 1, FLAT_HEIGHT_METERS + 4, 256, /at most 45 degrees/],
  ])("refuses a spawn %s", (_, x, y, z, reason) => {
    expect(withSpawn(x, y, z)).toEqual([expect.stringMatching(/^TestZone\/New: /)]);
    expect(withSpawn(x, y, z)[0]).toMatch(reason);
  });

  it("takes spawns that are set by hand, on boxes and under roofs", () => {
    expect(withSpawn(256, FLAT_HEIGHT_METERS + 0.5, 256)).toEqual([]);
    expect(withSpawn(256, FLAT_HEIGHT_METERS - 0.04, 256)).toEqual([]);
    expect(withSpawn(240, FLAT_HEIGHT_METERS + 0.4, 280)).toEqual([]);
    expect(withSpawn(256, FLAT_HEIGHT_METERS + 0.57, 280)).toEqual([]);
    expect(withSpawn(272, FLAT_HEIGHT_METERS, 280)).toEqual([]);
  });

  it("refuses a spawn whose yaw is no yaw", () => {
    expect(withSpawn(256, FLAT_HEIGHT_METERS, 256, 65536)).toEqual([expect.stringMatching(/got 65536/)]);
  });

  it("names the place of a hole in the ground", () => {
    const [problem] = problemsAfter((zone) => (zone.heightfield.heights[257 * 3 + 5] = Number.NaN));
    expect(problem).toMatch(/^TestZone\/Ground: .*NaN at x 10 m, z 6 m.*Close the hole/);
  });

  it("refuses ground that does not reach the borders", () => {
    const [problem] = problemsAfter((zone) => {
      zone.heightfield.samplesPerSide = 256;
      zone.heightfield.heights.length = 256 * 256;
    });
    expect(problem).toMatch(/^TestZone\/Ground: .*it covers 510 m.*Extend the ground/);
  });

  it.each([0, 1, Number.NaN, 2.5, 100_000])("refuses %d samples per side", (samples) => {
    expect(problemsAfter((zone) => (zone.heightfield.samplesPerSide = samples))[0]).toMatch(/^TestZone\/Ground: /);
  });

  it("refuses heights that are missing", () => {
    expect(problemsAfter((zone) => zone.heightfield.heights.pop())[0]).toMatch(/expected 66049 .*got 66048/);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("refuses a box with a width of %d", (width) => {
    const problems = problemsAfter((zone) =>
      zone.boxes.push(standingBox("Bad", 100, 100, { width, height: 1, depth: 1 })),
    );
    expect(problems).toEqual([expect.stringMatching(/^TestZone\/Bad: expected a box with three sizes/)]);
  });

  it("refuses a box outside of the zone", () => {
    const problems = problemsAfter((zone) =>
      zone.boxes.push(standingBox("Bad", -3, 100, { width: 1, height: 1, depth: 1 })),
    );
    expect(problems).toEqual([expect.stringMatching(/^TestZone\/Bad: .*x -3.* Move it in/)]);
  });

  it("refuses so many large boxes that no memory holds their grid, and so does the file", () => {
    const zone = createTestZone();
    for (let index = 0; index < 3000; index++) {
      zone.boxes.push(standingBox("Huge", 300, 300, { width: 1000, height: 0.1, depth: 1000, bottom: -9 }));
    }
    expect(checkZone(zone)).toEqual([{ nodePath: "TestZone", reason: expect.stringMatching(/3016 boxes .*shrink/) }]);
    const decoded = decodeZone(encodeZone(zone));
    expect(decoded.ok ? "" : decoded.reason).toMatch(/at most 4194304 cells/);
  });

  it("refuses borders that lead nowhere", () => {
    const border = { nodePath: "TestZone/Bad", side: "north", neighbour: "forest", auraMeters: 128 } as const;
    const withBorder = (change: object) => problemsAfter((zone) => zone.borders.push({ ...border, ...change }));
    expect(withBorder({})).toEqual([]);
    expect(withBorder({ side: "east" })).toEqual([expect.stringMatching(/one border per side/)]);
    expect(withBorder({ neighbour: "test" })).toEqual([expect.stringMatching(/another zone/)]);
    expect(withBorder({ neighbour: "" })).toEqual([expect.stringMatching(/another zone/)]);
    expect(withBorder({ auraMeters: 0 })).toEqual([expect.stringMatching(/got 0 m/)]);
  });

  it("reports every problem at once", () => {
    const problems = problemsAfter((zone) => {
      zone.name = "";
      zone.spawns = [];
      zone.boxes.push(standingBox("Bad", 100, 100, { width: 0, height: 1, depth: 1 }));
      zone.pointsOfInterest.push({ nodePath: "TestZone/Point", name: " ", x: -1, y: 0, z: 0 });
    });
    expect(problems).toHaveLength(5);
  });

  it("passes no box or spawn that the file could not bring back", () => {
    const numbers = fc.oneof(fc.double(), fc.double({ min: -600, max: 600 }), fc.double({ min: 0, max: 0.01 }));
    fc.assert(
      fc.property(fc.array(numbers, { minLength: 6, maxLength: 6 }), fc.integer(), (values, yaw) => {
        const zone = createTestZone();
        const [x = 0, y = 0, z = 0, halfX = 0, halfY = 0, halfZ = 0] = values;
        zone.boxes = [{ nodePath: "TestZone/Any", x, y, z, halfX, halfY, halfZ, yaw }];
        if (checkZone(zone).length > 0) return;
        expect(decodeZone(encodeZone(zone)).ok).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
