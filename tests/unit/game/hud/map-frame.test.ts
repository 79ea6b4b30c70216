import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAP_REACHES_METERS, MapFrame } from "../../../../scripts/game/hud/map-frame.ts";

function mapAt(x: number, z: number, turn: number): MapFrame {
  const map = new MapFrame();
  map.reachMeters = 50;
  map.radiusPixels = 100;
  map.look(x, z, turn);
  return map;
}

describe("places on the map", () => {
  test("north is up and east is right, two pixels for a metre", () => {
    const map = mapAt(200, 300, 0);
    map.find(200, 280, 0);
    expect([map.x, map.y]).toEqual([0, -40]);
    map.find(210, 300, 0);
    expect([map.x, map.y]).toEqual([20, 0]);
    map.find(200, 300, 0);
    expect([map.x, map.y, map.pixels]).toEqual([0, 0, 0]);
  });

  test("on a map that turns, what the player looks at is up, whatever the way", () => {
    const turn = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true });
    fc.assert(
      fc.property(turn, fc.double({ min: 1, max: 40, noNaN: true }), (yaw, meters) => {
        const map = mapAt(256, 256, yaw);
        map.find(256 - Math.sin(yaw) * meters, 256 - Math.cos(yaw) * meters, 0);
        expect(map.x).toBeCloseTo(0, 6);
        expect(map.y).toBeCloseTo(-meters * 2, 6);
        // And what is to the right of that is at the right.
        map.find(256 + Math.cos(yaw) * meters, 256 - Math.sin(yaw) * meters, 0);
        expect(map.x).toBeCloseTo(meters * 2, 6);
        expect(map.y).toBeCloseTo(0, 6);
      }),
    );
  });

  test("what is farther away than the map reaches is not on it, and comes to the rim without changing its direction", () => {
    const place = fc.double({ min: 0, max: 512, noNaN: true });
    fc.assert(
      fc.property(place, place, (x, z) => {
        const map = mapAt(256, 256, 1);
        const meters = Math.hypot(x - 256, z - 256);
        const on = map.find(x, z, 10);
        const { x: px, y: py } = map;
        if (Math.abs(meters - 45) > 1e-6) expect(on).toBe(meters < 45);
        map.clamp(10);
        expect(Math.hypot(map.x, map.y)).toBeLessThanOrEqual(90 + 1e-9);
        expect(map.pixels).toBeCloseTo(Math.hypot(map.x, map.y), 6);
        expect(map.x * py - map.y * px).toBeCloseTo(0, 5);
        if (on) expect([map.x, map.y]).toEqual([px, py]);
      }),
    );
  });

  test("each step of the zoom shows more than the one before", () => {
    expect(MAP_REACHES_METERS.toSorted((a, b) => a - b)).toEqual(MAP_REACHES_METERS);
    expect(new Set(MAP_REACHES_METERS).size).toBe(MAP_REACHES_METERS.length);
  });
});
