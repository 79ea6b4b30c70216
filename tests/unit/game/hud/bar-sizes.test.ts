import { expect, test } from "vitest";
import { SMALL_BAR, slotAt, slotLeft, USUAL_BAR } from "../../../../scripts/game/hud/bar-sizes.ts";

const SLOTS = Array.from({ length: 10 }, (_, i) => i + 1);

test.each([
  ["usual", USUAL_BAR],
  ["small", SMALL_BAR],
])("the %s bar has ten slots that do not overlap, and a click on each is for it alone", (_, sizes) => {
  const middle = sizes.height / 2;
  for (const slot of SLOTS) {
    const left = slotLeft(slot, sizes);
    expect(slotAt(left, middle, sizes)).toBe(slot);
    expect(slotAt(left + sizes.slot - 1, middle, sizes)).toBe(slot);
    expect(slotAt(left - 1, middle, sizes)).toBe(0);
    expect(slotAt(left + sizes.slot, middle, sizes)).toBe(0);
    expect(slotAt(left, sizes.padding - 1, sizes)).toBe(0);
  }
  expect(slotLeft(10, sizes) + sizes.slot + sizes.padding).toBe(sizes.width);
});

test("the small bar fits into the narrowest window", () => {
  expect(SMALL_BAR.width).toBeLessThanOrEqual(532);
  expect(USUAL_BAR.width).toBeGreaterThan(532);
});
