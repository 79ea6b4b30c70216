import { describe, expect, test } from "vitest";
import {
  FLOATS_PER_CHARACTER,
  OTHER_DOTS,
  WHOLE,
  writeCharacter,
} from "../../../../scripts/game/character/character-buffer.ts";
import { facingOf, turnTowards } from "../../../../scripts/game/character/facing.ts";
import { Deed, Figures } from "../../../../scripts/game/character/figures.ts";
import { AnimationState } from "../../../../scripts/protocol/messages.ts";

const frame = 1 / 60;
const SLOT = 3;

function figure(tint = 0): Figures {
  const figures = new Figures();
  figures.reset(SLOT, 0, tint);
  return figures;
}

function advance(figures: Figures, speed: number, animation: number): void {
  figures.seconds = frame;
  figures.speed[SLOT] = speed;
  figures.animation[SLOT] = animation;
  figures.turnShare[SLOT] = 10;
  figures.advance(SLOT);
}

function stepsIn(seconds: number, speed: number, animation: number): { figures: Figures; steps: number } {
  const figures = figure();
  let steps = 0;
  for (let i = 0; i < seconds * 60; i++) {
    advance(figures, speed, animation);
    steps += figures.steps[SLOT] ?? 0;
  }
  return { figures, steps };
}

/** What the shader takes out of the numbers of an instance, which the engine keeps as half floats. */
function unpacked(figures: Figures, dots = WHOLE) {
  const buffer = new Float32Array(FLOATS_PER_CHARACTER);
  writeCharacter(buffer, 0, figures, SLOT, dots);
  const [, , , alpha = 0, x = 0, y = 0, z = 0, w = 0] = new Float16Array(buffer.subarray(12));
  return {
    whole: [alpha, x, y, z, w].every((value) => Number.isInteger(value) && value >= 0),
    tint: x % 8,
    phase: (Math.floor(x / 8) * Math.PI * 2) / 256,
    gait: (Math.floor(y / 32) * 2) / 62,
    air: ((y % 32) - 15) / 15,
    lift: z >= 1024 ? 0 : Math.floor(z / 32) / 31,
    cut: z >= 1024 ? 0 : (z % 32) / 31,
    guard: z < 1024 ? 0 : Math.floor((z % 1024) / 32) / 31,
    lean: z < 1024 ? 0 : (z % 32) / 31,
    cast: Math.floor(w / 64) / 31,
    dead: (w % 64) / 63,
    dots: alpha % 32,
    others: Math.floor(alpha / 32) % 2,
    flash: Math.floor((alpha % 1024) / 64) / 15,
    channels: alpha >= 1024,
  };
}

describe("walking", () => {
  test("stands still without speed", () => {
    const { figures, steps } = stepsIn(2, 0, AnimationState.idle);
    expect(steps).toBe(0);
    expect(figures.gait[SLOT]).toBeCloseTo(0);
  });

  test("walks at walking speed and runs at sprinting speed", () => {
    expect(stepsIn(2, 4.5, AnimationState.walk).figures.gait[SLOT]).toBeCloseTo(1, 2);
    expect(stepsIn(2, 7.5, AnimationState.run).figures.gait[SLOT]).toBeCloseTo(2, 2);
  });

  test("takes a few steps a second, more when running", () => {
    const walking = stepsIn(10, 4.5, AnimationState.walk).steps;
    const running = stepsIn(10, 7.5, AnimationState.run).steps;
    expect(walking).toBeGreaterThan(25);
    expect(running).toBeGreaterThan(walking);
    expect(running).toBeLessThan(60);
  });

  test("leaves the ground and comes back", () => {
    const { figures, steps } = stepsIn(1, 5, AnimationState.jump);
    expect(figures.air[SLOT]).toBeGreaterThan(0.95);
    expect(steps).toBe(0);
    for (let i = 0; i < 60; i++) advance(figures, 5, AnimationState.fall);
    expect(figures.air[SLOT]).toBeLessThan(-0.95);
    for (let i = 0; i < 60; i++) advance(figures, 5, AnimationState.walk);
    expect(Math.abs(figures.air[SLOT] ?? 1)).toBeLessThan(0.05);
  });
});

describe("a figure that moves in some frames only", () => {
  /** A walker who lights up, seen after frames of these lengths; it moves in those that `moves` says. */
  function walk(frames: readonly number[], moves: (frame: number) => boolean) {
    const figures = figure();
    figures.beStruck(SLOT);
    figures.speed[SLOT] = 4.5;
    figures.animation[SLOT] = AnimationState.walk;
    frames.forEach((seconds, i) => {
      figures.seconds = seconds;
      if (moves(i)) figures.advance(SLOT);
      else figures.wait(SLOT);
    });
    return figures;
  }

  test("moves by the time that has passed, however long each frame was", () => {
    const frames = Array.from({ length: 24 }, (_, i) => [0.004, 0.03, 0.011, 0.007][i % 4] ?? 0);
    const smooth = walk(frames, () => true);
    for (const every of [4, 8]) {
      const rare = walk(frames, (i) => i % every === every - 1);
      expect(rare.phase[SLOT]).toBeCloseTo(smooth.phase[SLOT] ?? 0, 4);
      expect(rare.flash[SLOT]).toBeCloseTo(smooth.flash[SLOT] ?? 0, 4);
    }
  });

  test("catches up at once when it moves in every frame again, and who comes in its place waits for nothing", () => {
    const frames = [0.02, 0.02, 0.02, 0.02, 0.02];
    const late = walk(frames, (i) => i === 4);
    expect(late.phase[SLOT]).toBeCloseTo(walk(frames, () => true).phase[SLOT] ?? 0, 4);
    late.wait(SLOT);
    late.reset(SLOT, 0, 0);
    late.speed[SLOT] = 4.5;
    late.animation[SLOT] = AnimationState.walk;
    late.advance(SLOT);
    expect(late.phase[SLOT]).toBeCloseTo(walk([0.02], () => true).phase[SLOT] ?? 0, 6);
  });
});

test("facing turns the short way", () => {
  expect(turnTowards(3, -3, 1)).toBeCloseTo(-3 + Math.PI * 2);
  expect(turnTowards(0, 1, 0.5)).toBeCloseTo(0.5);
  expect(facingOf(0, -1)).toBeCloseTo(0);
  expect(facingOf(-1, 0)).toBeCloseTo(Math.PI / 2);
});

describe("deeds", () => {
  /** All poses of some time, the first of them before anything. */
  function poses(figures: Figures, seconds: number, speed = 7.5): ReturnType<typeof unpacked>[] {
    const seen = [unpacked(figures)];
    for (let i = 0; i < seconds * 60; i++) {
      advance(figures, speed, AnimationState.run);
      seen.push(unpacked(figures));
    }
    return seen;
  }

  /** The farthest that a limb goes from one frame to the next. */
  function largestStep(seen: readonly ReturnType<typeof unpacked>[]): number {
    let most = 0;
    seen.forEach((pose, i) => {
      const before = seen[i - 1] ?? pose;
      for (const limb of ["lift", "cut", "guard", "lean", "cast", "dead", "flash"] as const) {
        most = Math.max(most, Math.abs(pose[limb] - before[limb]));
      }
    });
    return most;
  }

  test("a strike raises the arm, brings it down, and ends, whatever the legs do", () => {
    const { figures } = stepsIn(1, 7.5, AnimationState.run);
    figures.begin(SLOT, Deed.strike, 1);
    const seen = poses(figures, 0.3);
    const raised = seen.findIndex(({ lift }) => lift > 0.9);
    const down = seen.findIndex(({ cut }) => cut > 0.9);
    expect(raised).toBeGreaterThan(0);
    expect(down).toBeGreaterThan(raised);
    expect(figures.facing[SLOT]).toBeGreaterThan(0.9);
    const end = poses(figures, 0.5).at(-1);
    expect(end).toMatchObject({ lift: 0, cut: 0 });
    expect(end?.gait).toBeGreaterThan(1.9);
    // It looks where it goes again.
    expect(Math.abs(figures.facing[SLOT] ?? 1)).toBeLessThan(0.05);
  });

  test("whoever is ready strikes at once, and what is cast goes on until it is over", () => {
    const ready = figure();
    ready.begin(SLOT, Deed.prepare, 0);
    expect(poses(ready, 3).at(-1)).toMatchObject({ lift: 1, cut: 0 });
    ready.begin(SLOT, Deed.strike, 0);
    const downAt = poses(ready, 1).findIndex(({ cut }) => cut > 0.9);
    const slow = figure();
    slow.begin(SLOT, Deed.strike, 0);
    expect(downAt).toBeLessThan(poses(slow, 1).findIndex(({ cut }) => cut > 0.9));
    slow.begin(SLOT, Deed.cast, 0);
    expect(poses(slow, 3).at(-1)?.cast).toBe(1);
    slow.begin(SLOT, Deed.none, 0);
    expect(poses(slow, 1).at(-1)?.cast).toBe(0);
  });

  test("no limb jumps, whatever is broken off by what", () => {
    const figures = figure();
    const seen: ReturnType<typeof unpacked>[] = [];
    const first = [Deed.strike, Deed.cast, Deed.prepare, Deed.strike, Deed.none, Deed.cast, Deed.strike];
    const deeds = [...first, Deed.dash, Deed.strike, Deed.channel, Deed.cast, Deed.none, Deed.block, Deed.prepare];
    deeds.forEach((deed, i) => {
      figures.begin(SLOT, deed, i);
      figures.beStruck(SLOT);
      if (i === 4) figures.lie(SLOT, true);
      if (i === 5) figures.lie(SLOT, false);
      seen.push(...poses(figures, 0.05 + 0.07 * i).slice(1));
    });
    // Light may come within three frames; a limb takes four at least.
    expect(largestStep(seen)).toBeLessThan(0.5);
    expect(largestStep(seen.map((pose) => ({ ...pose, flash: 0 })))).toBeLessThan(0.28);
  });

  test("a blow is blocked with both arms for a moment, but not by who is busy; a leap stretches the body", () => {
    const figures = figure();
    figures.begin(SLOT, Deed.block, 0);
    const seen = poses(figures, 1);
    expect(Math.max(...seen.map(({ guard }) => guard))).toBe(1);
    expect(seen.at(-1)).toMatchObject({ guard: 0, lift: 0, cut: 0 });
    figures.begin(SLOT, Deed.cast, 0);
    figures.begin(SLOT, Deed.block, 0);
    expect(poses(figures, 0.4).at(-1)).toMatchObject({ guard: 0, cast: 1 });
    figures.begin(SLOT, Deed.dash, 0);
    const leap = poses(figures, 1);
    expect(Math.max(...leap.map(({ lean }) => lean))).toBe(1);
    expect(leap.at(-1)).toMatchObject({ lean: 0, cast: 0 });
  });

  test("a channel is another pose than a cast, and one becomes the other only when nothing is seen of either", () => {
    const figures = figure();
    figures.begin(SLOT, Deed.cast, 0);
    const cast = poses(figures, 0.5);
    expect(cast.at(-1)).toMatchObject({ cast: 1, channels: false });
    figures.begin(SLOT, Deed.channel, 0);
    const seen = [...cast.slice(-1), ...poses(figures, 1).slice(1)];
    expect(seen.at(-1)).toMatchObject({ cast: 1, channels: true });
    seen.forEach((pose, i) => {
      const before = seen[i - 1];
      if (before !== undefined && before.channels !== pose.channels) expect(before.cast).toBe(0);
    });
  });

  test("who is struck lights up for a moment; who dies lies, and gets up again", () => {
    const figures = figure();
    figures.beStruck(SLOT);
    const seen = poses(figures, 1);
    expect(Math.max(...seen.map(({ flash }) => flash))).toBeGreaterThan(0.9);
    expect(seen.at(-1)?.flash).toBe(0);
    figures.lie(SLOT, true);
    expect(poses(figures, 1).at(-1)?.dead).toBe(1);
    figures.lie(SLOT, false);
    expect(poses(figures, 1.2).at(-1)?.dead).toBe(0);
  });

  test("half floats hold every pose, and a place is used again by somebody else without a trace", () => {
    const figures = figure(7);
    for (const array of ["lift", "cut", "cast", "dead", "flash", "air"] as const) figures[array][SLOT] = 1;
    figures.gait[SLOT] = 2;
    figures.phase[SLOT] = Math.PI * 2 - 1e-4;
    expect(unpacked(figures, 7 + OTHER_DOTS)).toMatchObject({
      ...{ whole: true, tint: 7, gait: 2, air: 1, lift: 1, cut: 1, cast: 1, dead: 1, flash: 1, dots: 7, others: 1 },
    });
    expect(unpacked(figures).phase).toBeGreaterThan(6.2);
    for (const array of ["guard", "lean", "channels"] as const) figures[array][SLOT] = 1;
    expect(unpacked(figures, 7 + OTHER_DOTS)).toMatchObject({
      ...{ whole: true, guard: 1, lean: 1, channels: true, flash: 1, dots: 7, others: 1, dead: 1 },
    });
    figures.reset(SLOT, 0.5, 2);
    expect(unpacked(figures)).toMatchObject({ tint: 2, gait: 0, air: 0, lift: 0, cut: 0, cast: 0, dead: 0, flash: 0 });
    expect(figures.facing[SLOT]).toBe(0.5);
  });
});
