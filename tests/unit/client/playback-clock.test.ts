import { describe, expect, it } from "vitest";
import { PlaybackClock } from "../../../scripts/client/playback-clock.ts";

const FRAME_MS = 1000 / 60;
/** The newest snapshot, where there always is one. */
const PLENTY = Number.POSITIVE_INFINITY;

describe("PlaybackClock", () => {
  it("starts at its goal and runs at one tick per tick, or as fast as the server's time", () => {
    for (const rate of [1, 0.5]) {
      const clock = new PlaybackClock(60);
      for (let frame = 0; frame <= 60; frame += 1) clock.advance(FRAME_MS, 100 + frame * rate, PLENTY, rate);
      expect(clock.tick).toBeCloseTo(100 + 60 * rate, 6);
    }
  });

  it("reaches a goal that moved by stretching, back more gently than ahead, without a jump and without going back", () => {
    for (const moved of [-12, 12]) {
      const clock = new PlaybackClock(60);
      clock.advance(FRAME_MS, 100, PLENTY, 1);
      let before = clock.tick;
      for (let frame = 1; frame <= 600; frame += 1) {
        clock.advance(FRAME_MS, 100 + frame + moved, PLENTY, 1);
        const step = clock.tick - before;
        expect(step).toBeGreaterThan(0.89);
        expect(step).toBeLessThan(1.31);
        before = clock.tick;
      }
      expect(clock.tick).toBeCloseTo(700 + moved, 1);
    }
  });

  it("slows down when snapshots stay away, and is where it should be soon after they are back", () => {
    const clock = new PlaybackClock(60);
    for (let frame = 0; frame <= 60; frame += 1) clock.advance(FRAME_MS, 100 + frame, 100 + frame, 1);
    for (let frame = 61; frame <= 90; frame += 1) clock.advance(FRAME_MS, 100 + frame, 160, 1);
    expect(clock.tick).toBeGreaterThan(183);
    expect(clock.tick).toBeLessThan(187);
    for (let frame = 91; frame <= 210; frame += 1) clock.advance(FRAME_MS, 100 + frame, PLENTY, 1);
    expect(clock.tick).toBeCloseTo(310, 0);
  });

  it("jumps when it is off by half a second or more", () => {
    const clock = new PlaybackClock(60);
    clock.advance(FRAME_MS, 100, PLENTY, 1);
    clock.advance(FRAME_MS, 500, PLENTY, 1);
    expect(clock.tick).toBe(500);
  });
});
