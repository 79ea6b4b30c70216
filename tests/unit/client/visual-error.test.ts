import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TELEPORT_METERS, VisualError } from "../../../scripts/client/visual-error.ts";

function decayed(fps: number, ms: number): number {
  const error = new VisualError();
  error.add(1, 0, 0);
  const frames = Math.round((ms * fps) / 1000);
  for (let frame = 0; frame < frames; frame += 1) error.decay(1000 / fps);
  return error.x;
}

describe("VisualError", () => {
  it("halves within 100 ms", () => {
    expect(decayed(60, 100)).toBeLessThanOrEqual(0.5);
  });

  it.each([10, 30, 60, 144, 240])("has decayed as far at %d fps as at 60", (fps) => {
    expect(decayed(fps, 500)).toBeCloseTo(decayed(60, 500), 9);
  });

  it("only ever shrinks, and comes to rest at nothing", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true })), (frames) => {
        const error = new VisualError();
        error.add(0.3, -0.2, 0.1);
        let before = error.lengthMeters;
        for (const frameMs of frames) {
          error.decay(frameMs);
          expect(error.lengthMeters).toBeLessThanOrEqual(before);
          before = error.lengthMeters;
        }
        error.decay(10_000);
        expect(error.lengthMeters).toBe(0);
      }),
    );
  });

  it("smooths below the teleport threshold, and lets go above it", () => {
    const error = new VisualError();
    expect(error.add(TELEPORT_METERS - 0.01, 0, 0)).toBe(true);
    expect(error.lengthMeters).toBeGreaterThan(2.9);
    expect(error.add(0, TELEPORT_METERS + 0.01, 0)).toBe(false);
    expect(error.lengthMeters).toBe(0);
  });

  it("does not add up small corrections to more than a teleport", () => {
    const error = new VisualError();
    for (let i = 0; i < 10; i += 1) {
      expect(error.add(0.9, 0, 0)).toBe(true);
      expect(error.lengthMeters).toBeLessThanOrEqual(TELEPORT_METERS);
    }
  });
});
