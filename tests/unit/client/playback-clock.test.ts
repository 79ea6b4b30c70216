import { describe, expect, it } from "vitest";
import { PlaybackClock } from "../../../scripts/client/playback-clock.ts";

const FRAME_MS = 1000 / 60;

describe("PlaybackClock", () => {
  it("starts at its goal and runs at one tick per tick", () => {
    const clock = new PlaybackClock(60);
    for (let frame = 0; frame <= 60; frame += 1) clock.advance(FRAME_MS, 100 + frame);
    expect(clock.tick).toBeCloseTo(160, 6);
  });

  it("reaches a goal that moved by stretching, without a jump and without going back", () => {
    for (const moved of [-12, 12]) {
      const clock = new PlaybackClock(60);
      clock.advance(FRAME_MS, 100);
      let before = clock.tick;
      for (let frame = 1; frame <= 600; frame += 1) {
        clock.advance(FRAME_MS, 100 + frame + moved);
        const step = clock.tick - before;
        expect(step).toBeGreaterThan(0.89);
        expect(step).toBeLessThan(1.11);
        before = clock.tick;
      }
      expect(clock.tick).toBeCloseTo(700 + moved, 1);
    }
  });

  it("jumps when it is off by half a second or more", () => {
    const clock = new PlaybackClock(60);
    clock.advance(FRAME_MS, 100);
    clock.advance(FRAME_MS, 500);
    expect(clock.tick).toBe(500);
  });
});
