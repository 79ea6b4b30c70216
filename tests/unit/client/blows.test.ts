import { describe, expect, test } from "vitest";
import { Blows } from "../../../scripts/client/blows.ts";

describe("health between snapshots", () => {
  test("a snapshot that has an event in it is right as it is, and an older one gets what it lacks", () => {
    const blows = new Blows();
    blows.change(7, 100, -30);
    blows.change(8, 101, -5);
    blows.change(7, 104, 10);
    expect(blows.since(7, 104, 80, 100)).toBe(80);
    expect(blows.since(7, 102, 70, 100)).toBe(80);
    expect(blows.since(7, 99, 100, 100)).toBe(80);
    expect(blows.lastSet).toBe(-1);
  });

  test("it is never below 0 or above the maximum, step by step", () => {
    const blows = new Blows();
    blows.change(7, 10, -500);
    blows.change(7, 11, 20);
    blows.change(7, 12, 500);
    expect(blows.since(7, 11, 0, 100)).toBe(100);
    expect(blows.since(7, 10, 0, 100)).toBe(100);
    blows.change(7, 13, -500);
    expect(blows.since(7, 9, 50, 100)).toBe(0);
  });

  test("who died or came back has what was said then, whatever a snapshot says that was under way", () => {
    const blows = new Blows();
    blows.change(7, 20, -90);
    blows.set(7, 20, 0);
    expect(blows.since(7, 19, 90, 100)).toBe(0);
    expect(blows.lastSet).toBe(0);
    blows.set(7, 400, 100);
    blows.change(7, 401, -10);
    expect(blows.since(7, 19, 90, 100)).toBe(90);
    expect(blows.lastSet).toBe(100);
    expect(blows.since(7, 401, 90, 100)).toBe(90);
    expect(blows.lastSet).toBe(-1);
  });

  test("the newest are kept when there are more than it holds", () => {
    const blows = new Blows();
    for (let tick = 1; tick <= 1000; tick += 1) blows.change(7, tick, -1);
    expect(blows.since(7, 900, 500, 500)).toBe(400);
  });
});
