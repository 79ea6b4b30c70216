import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatBytesPerSecond,
  formatMillimeters,
  formatMs,
  formatPerSecond,
  formatShare,
  formatTicks,
} from "../../../../scripts/game/overlay/number-text.ts";

describe("the overlay's numbers", () => {
  it.each([
    [-1, "–"],
    [Number.NaN, "–"],
    [0, "0.0 ms"],
    [9.94, "9.9 ms"],
    [9.96, "10 ms"],
    [150.4, "150 ms"],
  ])("%d milliseconds read %s", (ms, text) => expect(formatMs(ms)).toBe(text));

  it.each([
    [0, "0 %"],
    [0.0001, "<0.1 %"],
    [0.051, "5.1 %"],
    [0.0996, "10 %"],
    [1, "100 %"],
    [Number.NaN, "–"],
  ])("a share of %d reads %s", (share, text) => expect(formatShare(share)).toBe(text));

  it.each([
    [0, "0 B/s"],
    [999.4, "999 B/s"],
    [999.6, "1.0 kB/s"],
    [999_600, "1.0 MB/s"],
    [Number.NaN, "–"],
  ])("%d bytes per second read %s", (bytes, text) => expect(formatBytesPerSecond(bytes)).toBe(text));

  it.each([
    [0, "0 mm"],
    [0.01, "<0.1 mm"],
    [0.98, "1.0 mm"],
    [53.4, "53 mm"],
    [999.7, "1.00 m"],
    [2843, "2.84 m"],
  ])("%d millimetres read %s", (millimeters, text) => expect(formatMillimeters(millimeters)).toBe(text));

  it("tells a rare message from none, and writes no negative zero", () => {
    expect(formatPerSecond(0)).toBe("0/s");
    expect(formatPerSecond(0.8)).toBe("0.8/s");
    expect(formatPerSecond(32.4)).toBe("32/s");
    expect(formatTicks(-0.04)).toBe("0.0 ticks");
    expect(formatTicks(-1.26)).toBe("-1.3 ticks");
  });

  it("never writes more than fits beside a label, nor what is no number", () => {
    const formats = [formatMs, formatShare, formatBytesPerSecond, formatPerSecond, formatMillimeters];
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e7 }), (value) => {
        for (const format of formats) {
          const text = format(value);
          expect(text.length).toBeLessThanOrEqual(13);
          expect(text).not.toMatch(/NaN|Infinity|e\+/);
        }
      }),
    );
  });
});
