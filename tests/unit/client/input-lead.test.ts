import { describe, expect, it } from "vitest";
import { InputLead } from "../../../scripts/client/input-lead.ts";

function afterSecondOf(buffers: number[]): number {
  const lead = new InputLead();
  for (let i = 0; i < 20; i += 1) lead.addServerBuffer(buffers[i % buffers.length] ?? 0);
  return lead.timeScale;
}

describe("InputLead", () => {
  it("leaves a queue alone that drains now and then", () => {
    expect(afterSecondOf([0, 1])).toBe(1);
    expect(afterSecondOf([6, 4, 2, 0])).toBe(1);
  });

  it("slows down for a standing queue, more for a longer one, but never by more than 5 %", () => {
    expect(afterSecondOf([3])).toBeCloseTo(0.98, 9);
    expect(afterSecondOf([3, 9])).toBeCloseTo(0.98, 9);
    expect(afterSecondOf([90])).toBeCloseTo(0.95, 9);
  });

  it("hurries a little when the server never finds a command waiting", () => {
    expect(afterSecondOf([0])).toBeGreaterThan(1);
    expect(afterSecondOf([0])).toBeLessThanOrEqual(1.05);
  });

  it("returns to normal when the queue does", () => {
    const lead = new InputLead();
    for (let i = 0; i < 20; i += 1) lead.addServerBuffer(5);
    for (let i = 0; i < 20; i += 1) lead.addServerBuffer(i % 2);
    expect(lead.timeScale).toBe(1);
  });
});
