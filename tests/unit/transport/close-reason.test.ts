import fc from "fast-check";
import { expect, test } from "vitest";
import {
  clampCloseCode,
  MAX_CLOSE_DETAIL_BYTES,
  truncateCloseDetail,
} from "../../../scripts/transport/close-reason.ts";

const byteLength = (text: string) => new TextEncoder().encode(text).length;

test("a cut text is the longest beginning that fits and ends between characters", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
      fc.pre(!text.includes("\0"));
      const cut = truncateCloseDetail(text);
      expect(text.startsWith(cut)).toBe(true);
      expect(byteLength(cut)).toBeLessThanOrEqual(MAX_CLOSE_DETAIL_BYTES);
      const next = String.fromCodePoint(text.slice(cut.length).codePointAt(0) ?? 0);
      if (cut !== text) expect(byteLength(cut + next)).toBeGreaterThan(MAX_CLOSE_DETAIL_BYTES);
    }),
  );
});

test("a zero byte ends the text", () => {
  expect(truncateCloseDetail("seen\0hidden")).toBe("seen");
});

test("codes are whole numbers from 0 to 999", () => {
  fc.assert(
    fc.property(fc.double(), (code) => {
      const clamped = clampCloseCode(code);
      expect(Number.isInteger(clamped) && clamped >= 0 && clamped <= 999).toBe(true);
      if (Number.isInteger(code) && code >= 0 && code <= 999) expect(clamped).toBe(code === 0 ? 0 : code);
    }),
  );
});
