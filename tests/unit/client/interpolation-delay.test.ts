import { describe, expect, it } from "vitest";
import { InterpolationDelay, MAX_DELAY_MS, MIN_DELAY_MS } from "../../../scripts/client/interpolation-delay.ts";

describe("InterpolationDelay", () => {
  it("stays at the least while the link is even", () => {
    const delay = new InterpolationDelay(20);
    for (let i = 0; i < 100; i += 1) delay.adapt(2);
    expect(delay.delayMs).toBe(MIN_DELAY_MS);
  });

  it("rises within a few snapshots, and falls slowly", () => {
    const delay = new InterpolationDelay(20);
    for (let i = 0; i < 8; i += 1) delay.adapt(30);
    const high = delay.delayMs;
    expect(high).toBeGreaterThan(180);
    for (let i = 0; i < 8; i += 1) delay.adapt(0);
    expect(delay.delayMs).toBeGreaterThan(high - 15);
    for (let i = 0; i < 2000; i += 1) delay.adapt(0);
    expect(delay.delayMs).toBeCloseTo(MIN_DELAY_MS, 1);
  });

  it("has a limit", () => {
    const delay = new InterpolationDelay(20);
    for (let i = 0; i < 100; i += 1) delay.adapt(5000);
    expect(delay.delayMs).toBeLessThanOrEqual(MAX_DELAY_MS);
  });
});
