import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FrameTime, MAX_FRAME_MS } from "../../../scripts/client/frame-time.ts";

describe("FrameTime", () => {
  it("starts at 0 wherever the owner's clock stands, and runs with it", () => {
    const time = new FrameTime();
    time.advance(1_234_567);
    expect(time.nowMs).toBe(0);
    time.advance(1_234_583.5);
    expect(time.nowMs).toBe(16.5);
    expect(time.frameMs).toBe(16.5);
    expect(time.backwards + time.stalls).toBe(0);
  });

  it("ignores an hour back and counts it, then runs on", () => {
    const time = new FrameTime();
    time.advance(4_000_000);
    time.advance(400_000);
    expect(time.nowMs).toBe(0);
    expect(time.backwards).toBe(1);
    time.advance(400_016);
    expect(time.nowMs).toBe(16);
  });

  it("takes an hour forward for a short stall", () => {
    const time = new FrameTime();
    time.advance(0);
    time.advance(3_600_000);
    expect(time.frameMs).toBe(MAX_FRAME_MS);
    expect(time.stalls).toBe(1);
  });

  it("never goes back and never leaps, whatever it is told", () => {
    const anyNumber = fc.oneof(fc.double(), fc.integer({ min: 0, max: 5000 }));
    fc.assert(
      fc.property(fc.array(anyNumber), (owner) => {
        const time = new FrameTime();
        let before = 0;
        for (const ownerMs of owner) {
          time.advance(ownerMs);
          expect(time.nowMs - before).toBeGreaterThanOrEqual(0);
          expect(time.nowMs - before).toBeLessThanOrEqual(MAX_FRAME_MS + 1e-9);
          before = time.nowMs;
        }
      }),
    );
  });
});
