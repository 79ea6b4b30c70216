import { describe, expect, it } from "vitest";
import { Calm } from "../../../../tools/scenario/calm.ts";

const FRAME_MS = 10;

/** 100 ms late at worst before 0; then as late as said, until `untilMs`. */
function watch(
  lateMs: (atMs: number) => number,
  isExcused: (atMs: number) => boolean = () => false,
  untilMs = 5000,
): Calm {
  const calm = new Calm();
  for (let atMs = -1000; atMs < 0; atMs += FRAME_MS) calm.add(atMs, FRAME_MS, 60 + (atMs % 50), false);
  calm.add(0, FRAME_MS, 100, false);
  calm.judgeFrom(0);
  for (let atMs = FRAME_MS; atMs < untilMs; atMs += FRAME_MS) calm.add(atMs, FRAME_MS, lateMs(atMs), isExcused(atMs));
  return calm;
}

describe("Calm", () => {
  it("begins when nothing is later than the worst before and 50 ms, and stays so for a second", () => {
    expect(watch((atMs) => (atMs < 400 ? 151 : 150)).reachedAfterMs).toBe(400);
    expect(watch((atMs) => (atMs < 400 ? 151 : 150), undefined, 1300).holds).toBe(false);
    expect(watch(() => 151).reachedAfterMs).toBe(Number.POSITIVE_INFINITY);
  });

  it("begins anew when it is late once more", () => {
    expect(watch((atMs) => (atMs < 200 || (atMs > 900 && atMs < 1100) ? 500 : 0)).reachedAfterMs).toBe(1100);
  });

  it("goes on over what is excused, which does not count as calm either", () => {
    const late = (atMs: number) => (atMs < 200 || (atMs > 900 && atMs < 1100) ? 500 : 0);
    const excused = (atMs: number) => atMs >= 900;
    expect(watch(late, excused)).toMatchObject({ reachedAfterMs: 200, spoiled: false });
    expect(watch(late, excused, 1300).holds).toBe(false);
    expect(watch(late, excused, 1500).holds).toBe(true);
  });

  it("is spoiled by what is excused before it began", () => {
    expect(
      watch(
        (atMs) => (atMs < 400 ? 500 : 0),
        (atMs) => atMs === 300,
      ).spoiled,
    ).toBe(true);
    expect(watch((atMs) => (atMs < 400 ? 500 : 0)).spoiled).toBe(false);
  });
});
