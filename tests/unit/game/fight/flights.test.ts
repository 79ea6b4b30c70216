import { describe, expect, test } from "vitest";
import { Flights, MOST_FLIGHTS } from "../../../../scripts/game/fight/flights.ts";
import { PassingMarks } from "../../../../scripts/game/fight/passing-marks.ts";
import { ScreenShake } from "../../../../scripts/game/fight/screen-shake.ts";

describe("what flies", () => {
  /** Where a flight is on its way to a point. */
  function at(flights: Flights, slot: number, x: number, y: number, z: number): number[] {
    Object.assign(flights, { x, y, z });
    flights.aim(slot);
    return [flights.x, flights.y, flights.z];
  }

  test("is where it was launched at first, follows its target, and is there when its time is over", () => {
    const flights = new Flights();
    flights.launch(2, 7, 10, 1, 20, 2);
    expect(at(flights, 0, 30, 1, 20)).toEqual([10, 1, 20]);
    flights.advance(1);
    expect(at(flights, 0, 30, 1, 20)[0]).toBeCloseTo(20);
    // The target went aside meanwhile.
    expect(at(flights, 0, 30, 1, 40)[2]).toBeCloseTo(30);
    flights.advance(0.99);
    const [x = 0, y = 0, z = 0] = at(flights, 0, 30, 1, 40);
    expect(Math.hypot(x - 30, y - 1, z - 40)).toBeLessThan(0.4);
    flights.advance(0.02);
    expect(flights.alive[0]).toBe(0);
  });

  test("more than there is room for is not seen, and what was there stays", () => {
    const flights = new Flights();
    for (let i = 0; i < MOST_FLIGHTS + 10; i += 1) flights.launch(2, i, 0, 0, 0, 1);
    expect(flights.alive.every((alive) => alive === 1)).toBe(true);
    expect(flights.targetEntityId[0]).toBe(0);
    flights.lose(4);
    flights.launch(2, 1000, 0, 0, 0, 1);
    expect(flights.targetEntityId[4]).toBe(1000);
  });
});

test("marks are filled in their time, fade, and are gone", () => {
  const marks = new PassingMarks();
  marks.add(1, 5, 0, 5, 6, 0.4, [1, 1, 1, 1]);
  expect(marks.look(0)).toBe(true);
  expect([marks.share, marks.opacity]).toEqual([0, 1]);
  marks.advance(0.2);
  marks.look(0);
  expect(marks.share).toBeCloseTo(0.5);
  marks.advance(0.35);
  expect(marks.look(0)).toBe(true);
  expect(marks.share).toBe(1);
  expect(marks.opacity).toBeLessThan(0.5);
  marks.advance(0.2);
  expect(marks.look(0)).toBe(false);
  expect(marks.look(1)).toBe(false);
});

describe("a view that is shaken", () => {
  function most(shake: ScreenShake, seconds: number, strength: number): number {
    let far = 0;
    for (let i = 0; i < seconds * 60; i += 1) {
      shake.advance(1 / 60, strength);
      far = Math.max(far, Math.abs(shake.yaw), Math.abs(shake.pitch), Math.abs(shake.roll));
    }
    return far;
  }

  test("moves within limits, by how strong it is set, and is still again", () => {
    const shake = new ScreenShake();
    expect(most(shake, 0.5, 1)).toBe(0);
    shake.add(5);
    const full = most(shake, 0.5, 1);
    expect(full).toBeGreaterThan(0.004);
    expect(full).toBeLessThan(0.03);
    shake.add(5);
    expect(most(shake, 1, 0)).toBe(0);
    shake.add(1);
    most(shake, 1, 1);
    expect([shake.shock, Math.abs(shake.yaw), Math.abs(shake.pitch), Math.abs(shake.roll)]).toEqual([0, 0, 0, 0]);
  });
});
