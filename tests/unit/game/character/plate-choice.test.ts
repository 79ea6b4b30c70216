import fc from "fast-check";
import { expect, test } from "vitest";
import { PlateChoice } from "../../../../scripts/game/character/plate-choice.ts";

interface Plate {
  meters: number;
  importance: number;
  x: number;
  y: number;
  width: number;
}

const HEIGHT = 20;

function chosen(plates: readonly Plate[], most: number): number[] {
  const choice = new PlateChoice(most);
  const shown = new Uint8Array(plates.length);
  choice.clear();
  plates.forEach(({ meters, importance, x, y, width }, slot) => {
    Object.assign(choice, { meters, importance, x, y, width, height: HEIGHT });
    if (choice.consider(false)) choice.add(slot);
  });
  choice.choose(shown);
  return plates.map((_, slot) => slot).filter((slot) => shown[slot] === 1);
}

const plate = fc.record({
  meters: fc.double({ min: 0.5, max: 100, noNaN: true }),
  importance: fc.integer({ min: 0, max: 3 }),
  x: fc.double({ min: 0, max: 1280, noNaN: true }),
  y: fc.double({ min: 0, max: 720, noNaN: true }),
  width: fc.double({ min: 30, max: 160, noNaN: true }),
});

test("no plate lies over another one, there are never more than asked for, and what matters most is always there", () => {
  fc.assert(
    fc.property(fc.array(plate, { minLength: 1, maxLength: 300 }), (plates) => {
      const shown = chosen(plates, 72);
      expect(shown.length).toBeGreaterThan(0);
      expect(shown.length).toBeLessThanOrEqual(72);
      for (const a of shown) {
        for (const b of shown) {
          const [p, q] = [plates[a], plates[b]];
          if (a >= b || p === undefined || q === undefined) continue;
          const share = 0.88 / 2;
          const apart = Math.abs(p.x - q.x) >= (p.width + q.width) * share || Math.abs(p.y - q.y) >= 2 * HEIGHT * share;
          expect(apart).toBe(true);
        }
      }
      const best = plates.reduce((least, { meters, importance }) => Math.min(least, meters - importance * 1000), 1e9);
      expect(shown.some((slot) => (plates[slot]?.meters ?? 0) - (plates[slot]?.importance ?? 0) * 1000 === best)).toBe(
        true,
      );
    }),
  );
});

test("of two at one place the one that matters is shown, then the nearer one, then the one that was shown before", () => {
  const at = { x: 100, y: 100, width: 80 };
  expect(
    chosen(
      [
        { ...at, meters: 3, importance: 0 },
        { ...at, meters: 60, importance: 2 },
      ],
      8,
    ),
  ).toEqual([1]);
  expect(
    chosen(
      [
        { ...at, meters: 9, importance: 0 },
        { ...at, meters: 8, importance: 0 },
      ],
      8,
    ),
  ).toEqual([1]);
  const choice = new PlateChoice(8);
  const shown = new Uint8Array(2);
  for (const [slot, meters] of [9, 8].entries()) {
    Object.assign(choice, { ...at, meters, importance: 0, height: HEIGHT });
    if (choice.consider(slot === 0)) choice.add(slot);
  }
  choice.choose(shown);
  expect([...shown]).toEqual([1, 0]);
});
