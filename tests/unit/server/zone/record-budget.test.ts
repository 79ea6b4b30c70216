import { describe, expect, it } from "vitest";
import { FEWEST_PER_VIEWER, RecordBudget } from "../../../../server/zone/record-budget.ts";

const VIEWERS = 333;

function spend(budget: RecordBudget, ticks: number, msPerRecord: number): number {
  for (let tick = 0; tick < ticks; tick += 1) budget.spent(budget.perViewer(VIEWERS) * VIEWERS * msPerRecord);
  return budget.perViewer(VIEWERS);
}

describe("RecordBudget", () => {
  it("is for everybody where few are, and for a hundred where many are", () => {
    expect(new RecordBudget().perViewer(0)).toBeGreaterThan(1_000);
    expect(new RecordBudget().perViewer(30)).toBeGreaterThan(1_000);
    expect(new RecordBudget().perViewer(VIEWERS)).toBeGreaterThan(100);
  });

  it("stays where it is while telling takes no time", () => {
    expect(spend(new RecordBudget(), 600, 0)).toBe(new RecordBudget().perViewer(VIEWERS));
  });

  it("finds the number for which there is time, and comes back", () => {
    const budget = new RecordBudget();
    const slow = spend(budget, 300, 6 / (70 * VIEWERS));
    expect(slow).toBeGreaterThanOrEqual(60);
    expect(slow).toBeLessThanOrEqual(72);
    expect(spend(budget, 300, 0)).toBe(new RecordBudget().perViewer(VIEWERS));
  });

  it("does not sink below the least, however slow it goes, and one slow tick does little", () => {
    const budget = new RecordBudget();
    budget.spent(100);
    expect(budget.perViewer(VIEWERS)).toBeGreaterThan(100);
    expect(spend(budget, 1_000, 1)).toBe(FEWEST_PER_VIEWER);
  });
});
