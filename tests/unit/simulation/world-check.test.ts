import { describe, expect, it } from "vitest";
import { checkWorld, type PlacedZone } from "../../../scripts/simulation/world-check.ts";
import type { BorderSide } from "../../../scripts/simulation/zone-description.ts";
import { createTestZone } from "../../fixtures/test-zone.ts";

function placed(name: string, gridX: number, gridZ: number, borders: Partial<Record<BorderSide, string>>): PlacedZone {
  const description = createTestZone();
  description.name = name;
  description.nodePath = name;
  description.borders = Object.entries(borders).map(([side, neighbour]) => ({
    nodePath: `${name}/${side}`,
    side: side as BorderSide,
    neighbour,
    auraMeters: 128,
  }));
  return { description, gridX, gridZ };
}

function reasons(...zones: PlacedZone[]): string[] {
  return checkWorld(zones).map(({ nodePath, reason }) => `${nodePath}: ${reason}`);
}

describe("checkWorld", () => {
  it("takes neighbours that agree, on every side", () => {
    expect(
      reasons(
        placed("shore", 0, 0, { east: "forest", south: "marsh" }),
        placed("forest", 1, 0, { west: "shore" }),
        placed("marsh", 0, 1, { north: "shore" }),
      ),
    ).toEqual([]);
  });

  it("refuses a name that is taken twice", () => {
    expect(reasons(placed("shore", 0, 0, {}), placed("shore", 1, 0, {}))).toEqual([
      expect.stringMatching(/^shore: .*"shore" is taken twice/),
    ]);
  });

  it("refuses zones that overlap", () => {
    expect(reasons(placed("shore", 2, 3, {}), placed("forest", 2, 3, {}))).toEqual([
      expect.stringMatching(/^forest: .*"forest" overlaps "shore" at \(2, 3\)/),
    ]);
  });

  it("refuses a place between two zones, which overlaps both", () => {
    const found = reasons(placed("a", 0, 0, {}), placed("b", 1, 0, {}), placed("c", 0.5, 0, {}));
    expect(found).toHaveLength(3);
    expect(found[0]).toMatch(/whole zones; got \(0.5, 0\)/);
  });

  it("refuses a border to a zone that does not exist", () => {
    expect(reasons(placed("shore", 0, 0, { east: "forest" }))).toEqual([
      expect.stringMatching(/^shore\/east: expected a zone "forest"/),
    ]);
  });

  it("refuses a border on the wrong side", () => {
    expect(reasons(placed("shore", 0, 0, { north: "forest" }), placed("forest", 0, 1, {}))).toEqual([
      expect.stringMatching(/^shore\/north: expected "forest" at \(0, -1\), north of here; it is at \(0, 1\)/),
    ]);
  });

  it("refuses a border without one back", () => {
    expect(reasons(placed("shore", 0, 0, { north: "forest" }), placed("forest", 0, -1, {}))).toEqual([
      expect.stringMatching(/^shore\/north: expected a south border of "forest" back to "shore"/),
    ]);
  });
});
