import fc from "fast-check";
import { expect, it } from "vitest";
import { type Box, overlayLayout, rowBaselines } from "../../../../scripts/game/overlay/overlay-layout.ts";

/** As many as there are with every feature in use. */
const rows = [...Array<"heading" | "value">(4).fill("heading"), ...Array<"value">(21).fill("value")].map((kind) => ({
  kind,
}));

const apart = (a: Box, b: Box) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;

it("at any shape of the window all parts lie within it, side by side, and the middle is free", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1280, max: 4000 }), fc.integer({ min: 720, max: 2400 }), (width, height) => {
      const boxes = Object.values(overlayLayout(width, height, rows)) as Box[];
      const middle = { x: width / 2 - 200, y: 60, width: 400, height: height / 2 };
      for (const [index, box] of boxes.entries()) {
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.y).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(width);
        expect(box.y + box.height).toBeLessThanOrEqual(height);
        expect(apart(box, middle)).toBe(true);
        for (const other of boxes.slice(index + 1)) expect(apart(box, other)).toBe(true);
      }
    }),
  );
});

it("every line of the numbers has room in its box, each below the one before", () => {
  const { numbers } = overlayLayout(1280, 720, rows);
  const { left, right, baselines } = rowBaselines(numbers, rows);
  expect(left).toBeGreaterThan(numbers.x);
  expect(right).toBeLessThan(numbers.x + numbers.width);
  expect(baselines).toHaveLength(rows.length);
  for (const [index, baseline] of baselines.entries()) {
    expect(baseline - (baselines[index - 1] ?? numbers.y)).toBeGreaterThanOrEqual(14);
    expect(baseline).toBeLessThan(numbers.y + numbers.height - 4);
  }
});
