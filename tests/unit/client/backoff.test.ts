import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Backoff, RECONNECT_BACKOFF } from "../../../scripts/client/backoff.ts";

describe("Backoff", () => {
  it("doubles from the first delay to the longest one", () => {
    const backoff = new Backoff(() => 0.5);
    const delays = Array.from({ length: 7 }, () => backoff.nextDelayMs());
    expect(delays).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  });

  it("starts over after a success", () => {
    const backoff = new Backoff(() => 0.5);
    backoff.nextDelayMs();
    backoff.nextDelayMs();
    backoff.reset();
    expect(backoff.nextDelayMs()).toBe(500);
  });

  it("stays within a quarter around the plain delay, and reaches both sides", () => {
    const plain = [500, 1000, 2000, 4000, 8000, 10_000, 10_000];
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (random) => {
        const backoff = new Backoff(() => random);
        for (const baseMs of plain) {
          expect(Math.abs(backoff.nextDelayMs() / baseMs - 1)).toBeLessThanOrEqual(RECONNECT_BACKOFF.jitter + 1e-12);
        }
      }),
    );
    expect(new Backoff(() => 0).nextDelayMs()).toBe(375);
    expect(new Backoff(() => 0.999999).nextDelayMs()).toBeGreaterThan(624);
  });
});
