import { describe, expect, it } from "vitest";
import {
  InterpolationDelay,
  MAX_MARGIN_MS,
  MIN_MARGIN_MS,
  START_DELAY_MS,
} from "../../../scripts/client/interpolation-delay.ts";

function adapted(
  delay: InterpolationDelay,
  snapshots: number,
  snapshotMs: number,
  lateMs: number,
  jitterMs: number,
): number {
  for (let i = 0; i < snapshots; i += 1) delay.adapt(snapshotMs, lateMs, jitterMs);
  return delay.delayMs;
}

describe("InterpolationDelay", () => {
  it("waits for the next snapshot and a little more on an even link, at any rate of snapshots", () => {
    expect(new InterpolationDelay().delayMs).toBe(START_DELAY_MS);
    expect(adapted(new InterpolationDelay(), 1000, 50, 2, 1)).toBeCloseTo(50 + MIN_MARGIN_MS, 1);
    expect(adapted(new InterpolationDelay(), 1000, 200, 2, 1)).toBeCloseTo(200 + MIN_MARGIN_MS, 1);
  });

  it("waits for nearly all that are late by an even spread from 0 to 60 ms", () => {
    const delayMs = adapted(new InterpolationDelay(), 1000, 50, 30, 15);
    expect(delayMs).toBeGreaterThan(50 + 55);
    expect(delayMs).toBeLessThan(50 + 75);
  });

  it("rises within a few snapshots, and falls slowly", () => {
    const delay = new InterpolationDelay();
    const high = adapted(delay, 8, 50, 60, 30);
    expect(high).toBeGreaterThan(170);
    expect(adapted(delay, 8, 50, 2, 1)).toBeGreaterThan(high - 15);
    expect(adapted(delay, 2000, 50, 2, 1)).toBeCloseTo(50 + MIN_MARGIN_MS, 1);
  });

  it("has a limit, and knows nothing before the second snapshot", () => {
    expect(adapted(new InterpolationDelay(), 100, 50, 5000, 5000)).toBeLessThanOrEqual(50 + MAX_MARGIN_MS);
    expect(adapted(new InterpolationDelay(), 100, 0, 5000, 5000)).toBe(START_DELAY_MS);
  });
});
