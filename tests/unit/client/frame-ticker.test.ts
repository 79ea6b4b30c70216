import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FrameTicker, MAX_TICKS_PER_FRAME } from "../../../scripts/client/frame-ticker.ts";

describe("FrameTicker", () => {
  it.each([10, 24, 30, 60, 75, 144, 240, 999])("runs 60 ticks per second at %d fps", (fps) => {
    const ticker = new FrameTicker(60);
    let ticks = 0;
    for (let frame = 0; frame < fps * 10; frame += 1) ticks += ticker.advance(1000 / fps, 1);
    expect(ticks).toBe(600);
  });

  it("keeps the rest of a frame for the next one, and tells how far it is", () => {
    const ticker = new FrameTicker(60);
    expect(ticker.advance(25, 1)).toBe(1);
    expect(ticker.alpha).toBeCloseTo(0.5, 9);
    expect(ticker.advance(25, 1)).toBe(2);
    expect(ticker.alpha).toBeCloseTo(0, 5);
  });

  it("gives up what a stall leaves behind, once", () => {
    const ticker = new FrameTicker(60);
    expect(ticker.advance(5000, 1)).toBe(MAX_TICKS_PER_FRAME);
    expect(ticker.takeSkippedTicks()).toBe(300 - MAX_TICKS_PER_FRAME);
    expect(ticker.takeSkippedTicks()).toBe(0);
    expect(ticker.advance(1000 / 60, 1)).toBe(1);
  });

  it("stretches time", () => {
    const ticker = new FrameTicker(60);
    let ticks = 0;
    for (let frame = 0; frame < 600; frame += 1) ticks += ticker.advance(1000 / 60, 0.95);
    expect(ticks).toBe(570);
  });

  it("keeps alpha between 0 and 1 and never runs more than the bound", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1000, noNaN: true })), (frames) => {
        const ticker = new FrameTicker(60);
        for (const frameMs of frames) {
          expect(ticker.advance(frameMs, 1)).toBeLessThanOrEqual(MAX_TICKS_PER_FRAME);
          expect(ticker.alpha).toBeGreaterThanOrEqual(0);
          expect(ticker.alpha).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
