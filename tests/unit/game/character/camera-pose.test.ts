import { expect, test } from "vitest";
import { CameraPose } from "../../../../scripts/game/character/camera-pose.ts";

type Way = CameraPose["right"];

function dot(a: Way, b: Way): number {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

function turned(yaw: number, pitch: number, roll: number): CameraPose {
  const pose = new CameraPose();
  pose.turn(yaw, pitch, roll);
  return pose;
}

test("not turned it looks north, and a quarter to the left west", () => {
  const ahead = turned(0, 0, 0);
  expect([ahead.back.x, ahead.back.y, ahead.back.z].map(Math.round)).toEqual([0, -0, 1]);
  const west = turned(Math.PI / 2, 0, 0);
  expect(west.back.x).toBeCloseTo(1);
  expect(west.right.z).toBeCloseTo(-1);
});

test("a positive pitch looks up, and a roll leaves what it looks at and turns its sides to the left", () => {
  const up = turned(0.7, 0.5, 0);
  expect(up.back.y).toBeCloseTo(-Math.sin(0.5));
  const rolled = turned(0.7, 0.5, 0.2);
  expect(dot(rolled.back, up.back)).toBeCloseTo(1);
  expect(dot(rolled.right, up.right)).toBeCloseTo(Math.cos(0.2));
  expect(dot(rolled.right, up.up)).toBeCloseTo(Math.sin(0.2));
});

test("however it is turned, its ways are of one metre and at right angles, and to the right, up and back are those of a right hand", () => {
  for (let i = 0; i < 200; i += 1) {
    const { right, up, back } = turned(i * 0.7, Math.sin(i) * 1.35, Math.cos(i * 3) * 0.3);
    for (const way of [right, up, back]) expect(dot(way, way)).toBeCloseTo(1);
    for (const [a, b] of [[right, up] as const, [up, back] as const, [back, right] as const])
      expect(dot(a, b)).toBeCloseTo(0);
    expect(right.y * up.z - right.z * up.y).toBeCloseTo(back.x);
  }
});
