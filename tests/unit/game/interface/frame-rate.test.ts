import { describe, expect, test } from "vitest";
import { FrameRate } from "../../../../scripts/game/interface/frame-rate.ts";
import { frameRateText } from "../../../../scripts/game/interface/frame-rate-text.ts";

/** Frames one after the other; returns when the last one was. */
function play(rate: FrameRate, fromMs: number, everyMs: number, frames: number): number {
  for (let i = 0; i < frames; i += 1) rate.count(fromMs + i * everyMs);
  return fromMs + (frames - 1) * everyMs;
}

describe("frames in a second", () => {
  test.each([
    [60, "60 fps"],
    [7, "7 fps"],
    [1, "1 fps"],
    [0.3, "<1 fps"],
  ])("%f of them are told as that many", (perSecond, text) => {
    const rate = new FrameRate();
    const nowMs = play(rate, 5_000, 1000 / perSecond, 10);
    const told = rate.take(nowMs);
    expect(told).toBeCloseTo(perSecond, 6);
    expect(frameRateText(told)).toBe(text);
  });

  test("are not known at the first one, and after a pause", () => {
    const rate = new FrameRate();
    rate.count(5_000);
    expect(frameRateText(rate.take(5_000))).toBe("– fps");
    play(rate, 5_016, 16, 20);
    rate.pause();
    rate.count(90_000);
    expect(frameRateText(rate.take(90_000))).toBe("– fps");
  });

  test("count no time in which nothing was shown", () => {
    const rate = new FrameRate();
    play(rate, 0, 20, 30);
    rate.pause();
    const nowMs = play(rate, 60_000, 20, 30);
    expect(rate.take(nowMs)).toBeCloseTo(50, 6);
  });

  test("are those since they were told last", () => {
    const rate = new FrameRate();
    const slowUntilMs = play(rate, 0, 100, 10);
    expect(rate.take(slowUntilMs)).toBeCloseTo(10, 6);
    const nowMs = play(rate, slowUntilMs + 20, 20, 25);
    expect(rate.take(nowMs)).toBeCloseTo(50, 6);
  });
});
