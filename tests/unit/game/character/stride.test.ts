import { describe, expect, test } from "vitest";
import { facingOf, turnTowards } from "../../../../scripts/game/character/character-buffer.ts";
import { Stride } from "../../../../scripts/game/character/stride.ts";
import { AnimationState } from "../../../../scripts/protocol/messages.ts";

const frame = 1 / 60;
function stepsIn(seconds: number, speed: number, animation: number): { stride: Stride; steps: number } {
  const stride = new Stride();
  let steps = 0;
  for (let i = 0; i < seconds * 60; i++) {
    stride.advance(frame, speed, animation);
    steps += stride.steps;
  }
  return { stride, steps };
}

describe("Stride", () => {
  test("stands still without speed", () => {
    const { stride, steps } = stepsIn(2, 0, AnimationState.idle);
    expect(steps).toBe(0);
    expect(stride.gait).toBeCloseTo(0);
  });

  test("walks at walking speed and runs at sprinting speed", () => {
    expect(stepsIn(2, 4.5, AnimationState.walk).stride.gait).toBeCloseTo(1, 2);
    expect(stepsIn(2, 7.5, AnimationState.run).stride.gait).toBeCloseTo(2, 2);
  });

  test("takes a few steps a second, more when running", () => {
    const walking = stepsIn(10, 4.5, AnimationState.walk).steps;
    const running = stepsIn(10, 7.5, AnimationState.run).steps;
    expect(walking).toBeGreaterThan(25);
    expect(running).toBeGreaterThan(walking);
    expect(running).toBeLessThan(60);
  });

  test("leaves the ground and comes back", () => {
    const { stride, steps } = stepsIn(1, 5, AnimationState.jump);
    expect(stride.air).toBeGreaterThan(0.95);
    expect(steps).toBe(0);
    for (let i = 0; i < 60; i++) stride.advance(frame, 5, AnimationState.fall);
    expect(stride.air).toBeLessThan(-0.95);
    for (let i = 0; i < 60; i++) stride.advance(frame, 5, AnimationState.walk);
    expect(Math.abs(stride.air)).toBeLessThan(0.05);
  });
});

test("facing turns the short way", () => {
  expect(turnTowards(3, -3, 1)).toBeCloseTo(-3 + Math.PI * 2);
  expect(turnTowards(0, 1, 0.5)).toBeCloseTo(0.5);
  expect(facingOf(0, -1)).toBeCloseTo(0);
  expect(facingOf(-1, 0)).toBeCloseTo(Math.PI / 2);
});
