import fc from "fast-check";
import { expect, it } from "vitest";
import { type Box, overlayLayout } from "../../../../scripts/game/overlay/overlay-layout.ts";

const apart = (a: Box, b: Box) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;

it("at any shape of the window all parts lie within it, side by side, and the middle is free", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1280, max: 4000 }), fc.integer({ min: 720, max: 2400 }), (width, height) => {
      const boxes = Object.values(overlayLayout(width, height, 500)) as Box[];
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
