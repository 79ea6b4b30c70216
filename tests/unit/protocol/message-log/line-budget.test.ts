import { describe, expect, it } from "vitest";
import { LineBudget } from "../../../../scripts/protocol/message-log/line-budget.ts";

describe("LineBudget", () => {
  it("lets so many lines a second through and counts the others", () => {
    const budget = new LineBudget(2);
    expect([0, 10, 20, 999].map((ms) => budget.take(ms))).toEqual([true, true, false, false]);
    expect([1_000, 1_001, 1_002].map((ms) => budget.take(ms))).toEqual([true, true, false]);
    expect(budget.takeLeftOut()).toBe(3);
    expect(budget.takeLeftOut()).toBe(0);
  });

  it("goes on after the clock was set, in either direction", () => {
    const budget = new LineBudget(1);
    expect([1e12, 1e12, 5, 5, 2e12].map((ms) => budget.take(ms))).toEqual([true, false, true, false, true]);
  });
});
