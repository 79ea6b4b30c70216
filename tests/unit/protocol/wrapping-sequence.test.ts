import fc from "fast-check";
import { expect, test } from "vitest";
import { nextSequence, sequenceDifference } from "../../../scripts/protocol/wrapping-sequence.ts";

const numbers = fc.integer({ min: 0, max: 65_535 });

test("the difference undoes any step of less than half the circle", () => {
  fc.assert(
    fc.property(numbers, fc.integer({ min: -32_768, max: 32_767 }), (start, step) => {
      expect(sequenceDifference((start + step) & 0xffff, start)).toBe(step);
    }),
  );
});

test("the next one is one ahead, also from 65535", () => {
  fc.assert(fc.property(numbers, (start) => sequenceDifference(nextSequence(start), start) === 1));
  expect(nextSequence(65_535)).toBe(0);
});
