import { describe, expect, test } from "vitest";
import {
  FLOATS_PER_CHARACTER,
  facingOf,
  turnTowards,
  writeCharacter,
} from "../../../../scripts/game/character/character-buffer.ts";
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

describe("a strike", () => {
  /** The two numbers of a character's custom data that hold a pose besides gait and air. */
  function packed(stride: Stride): { gait: number; swing: number; air: number; flash: number } {
    const buffer = new Float32Array(FLOATS_PER_CHARACTER);
    writeCharacter(buffer, 0, 0, 0, 0, 0, stride, 0);
    const [, y = 0, z = 0] = buffer.subarray(16);
    // As the shader takes them apart.
    const swing = Math.floor((y + 1) / 4);
    const flash = Math.floor((z + 2) / 4);
    return { gait: y - 4 * swing, swing, air: z - 4 * flash, flash };
  }

  test("swings once, and lights up whom it strikes for a moment, whatever the legs do", () => {
    const stride = new Stride();
    for (let i = 0; i < 60; i++) stride.advance(frame, 7.5, AnimationState.run);
    stride.strike();
    stride.beStruck();
    const seen: ReturnType<typeof packed>[] = [];
    for (let i = 0; i < 60; i++) {
      seen.push(packed(stride));
      stride.advance(frame, 7.5, AnimationState.jump);
    }
    expect(seen[0]).toMatchObject({ swing: 1, flash: 15 });
    expect(Math.max(...seen.map(({ swing }) => swing))).toBe(15);
    expect(seen.every(({ gait }) => gait > 1.9 && gait <= 2.01)).toBe(true);
    expect(seen.every(({ air }) => air > -0.01 && air <= 1.01)).toBe(true);
    expect(seen.at(-1)).toMatchObject({ swing: 0, flash: 0 });
    // Rising to its end, and then none.
    const end = seen.findIndex(({ swing }) => swing === 0);
    expect(seen.slice(0, end).every(({ swing }, i) => i === 0 || swing >= (seen[i - 1]?.swing ?? 0))).toBe(true);
    expect(seen.slice(end).every(({ swing }) => swing === 0)).toBe(true);
  });
});
