import { expect, test } from "vitest";
import { digitsOf, MOST_DIGITS } from "../../../../scripts/game/fight/digits.ts";

test("digits are those that one would write", () => {
  const into = new Uint8Array(MOST_DIGITS);
  for (const value of [0, 7, 10, 65535, 1_234_567]) {
    const count = digitsOf(value, into);
    expect([...into.subarray(0, count)].join("")).toBe(String(value));
  }
  expect(digitsOf(1e15, into)).toBe(MOST_DIGITS);
});
