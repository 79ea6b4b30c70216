import { expect, test } from "vitest";
import { FLOATS_PER_QUAD, PlateBuffer } from "../../../../scripts/game/character/plate-buffer.ts";

/** Two letters of half a font's size, side by side. */
const TEXT = {
  width: 1,
  glyphs: 2,
  floats: Float32Array.of(0, -0.5, 0.5, 0.5, 8, 9, 20, 20, 0.5, -0.5, 0.5, 0.5, 40, 9, 20, 20),
};
const WHITE = [1, 1, 1, 1] as const;

function quad(buffer: PlateBuffer, index: number) {
  const [width = 0, , , x = 0, , height = 0, , y = 0, , , , alpha = 0, u = 0, , , v = 0] = buffer.floats.subarray(
    index * FLOATS_PER_QUAD,
    (index + 1) * FLOATS_PER_QUAD,
  );
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2, alpha, u, v };
}

test("a text stands around its middle on its base line; no outline lies over a letter", () => {
  const buffer = new PlateBuffer();
  Object.assign(buffer, { x: 100, y: 50, fontPixels: 20, opacity: 0.5 });
  buffer.addText(TEXT, WHITE);
  expect(buffer.count).toBe(4);
  const quads = [0, 1, 2, 3].map((index) => quad(buffer, index));
  expect(quads.map(({ v }) => Math.sign(v))).toEqual([-1, -1, 1, 1]);
  expect(quads[2]).toMatchObject({ left: 90, right: 100, top: 40, bottom: 50, alpha: 0.5, u: 8 });
  expect(quads[3]).toMatchObject({ left: 100, right: 110 });
});

test("a bar shows its share from the left, and a frame reaches farther on all sides", () => {
  const buffer = new PlateBuffer();
  Object.assign(buffer, { x: 100, y: 50, width: 60, height: 6, edge: 2, share: 1, opacity: 1 });
  buffer.addBar(WHITE);
  Object.assign(buffer, { edge: 0, share: 0.25 });
  buffer.addBar(WHITE);
  expect(quad(buffer, 0)).toMatchObject({ left: 68, right: 132, top: 42, bottom: 52 });
  expect(quad(buffer, 1)).toMatchObject({ left: 70, right: 85, top: 44, bottom: 50 });
});

test("room is made for whatever is added, and kept", () => {
  const buffer = new PlateBuffer();
  for (let round = 0; round < 3; round += 1) {
    buffer.clear();
    for (let i = 0; i < 500; i += 1) buffer.addText(TEXT, WHITE);
    expect(buffer.count).toBe(2000);
    expect(quad(buffer, 1999).u).toBe(40);
  }
  expect(buffer.capacity).toBeLessThan(2400);
});
