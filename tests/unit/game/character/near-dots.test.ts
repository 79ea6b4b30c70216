import { expect, test } from "vitest";
import { WHOLE } from "../../../../scripts/game/character/character-buffer.ts";
import { nearDots } from "../../../../scripts/game/character/near-dots.ts";

test("the own body is whole at every distance that the wheel chooses, and gone where a wall pushes the view into it", () => {
  expect([8, 4.2, 1.6].map(nearDots)).toEqual([WHOLE, WHOLE, WHOLE]);
  expect([0, 0.3, 0.7].map(nearDots)).toEqual([0, 0, 0]);
});

test("the nearer the eye, the fewer dots: whole numbers of them", () => {
  let before = WHOLE;
  for (let meters = 1.6; meters > 0.5; meters -= 0.01) {
    const dots = nearDots(meters);
    expect(Number.isInteger(dots)).toBe(true);
    expect(dots).toBeLessThanOrEqual(before);
    before = dots;
  }
});
