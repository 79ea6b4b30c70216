import { expect, test } from "vitest";
import { Level, LevelOfDetail } from "../../../../scripts/game/character/level-of-detail.ts";

/** A window of 720 lines with the game's field of view. */
const PIXELS = 576;
const frame = 1 / 60;

function at(levels: LevelOfDetail, meters: number, before: number): Level {
  levels.meters = meters;
  return levels.levelAt(before);
}

test("what is near is drawn in full, what is far as a dot, farther on a larger screen", () => {
  const levels = new LevelOfDetail(50, 200);
  levels.prepare(PIXELS, frame, 0, 0);
  expect([3, 30, 120].map((meters) => at(levels, meters, Level.dot))).toEqual([Level.full, Level.simple, Level.dot]);
  const { fullMeters } = levels;
  levels.prepare(PIXELS * 3, frame, 0, 0);
  expect(levels.fullMeters).toBeCloseTo(fullMeters * 3);
});

test("who walks along a limit keeps its level", () => {
  const levels = new LevelOfDetail(50, 200);
  levels.prepare(PIXELS, frame, 0, 0);
  let level: number = Level.full;
  let changes = 0;
  for (let i = 0; i < 600; i++) {
    const meters = levels.fullMeters * (1 + 0.05 * Math.sin(i));
    const next = at(levels, meters, level);
    if (next !== level) changes += 1;
    level = next;
  }
  expect(changes).toBe(0);
  expect(at(levels, levels.fullMeters * 1.2, Level.full)).toBe(Level.simple);
});

test("in a crowd the limits come nearer until few enough are drawn in full, and go back when it is over", () => {
  const levels = new LevelOfDetail(40, 100);
  /** A thousand, evenly spread over a disc of 25 m. */
  const meters = Array.from({ length: 1000 }, (_, i) => 25 * Math.sqrt((i + 0.5) / 1000));
  const level: number[] = meters.map(() => Level.dot);
  const counts = (of: readonly number[]) =>
    [Level.full, Level.simple].map((wanted) => of.filter((l) => l === wanted).length);
  let [full = 0, simple = 0] = [0, 0];
  for (let i = 0; i < 600; i++) {
    levels.prepare(PIXELS, frame, full, simple);
    meters.forEach((m, index) => {
      level[index] = at(levels, m, level[index] ?? 0);
    });
    [full = 0, simple = 0] = counts(level);
  }
  expect(full).toBeGreaterThan(5);
  expect(full).toBeLessThanOrEqual(40);
  expect(full + simple).toBeLessThanOrEqual(140);
  const crowded = levels.fullMeters;
  for (let i = 0; i < 600; i++) levels.prepare(PIXELS, frame, 1, 1);
  expect(levels.fullMeters).toBeGreaterThan(crowded * 1.5);
});
