import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createSampledPose,
  EASE_TICKS,
  interpolateYaw,
  RING_SAMPLES,
  SampleRings,
} from "../../../scripts/client/sample-rings.ts";

const CAP = 15;

/** Metres as the wire has them, but not rounded. */
const steps = (meters: number): number => meters * 1024;

/** A walk along x at 0.1 m per tick, a sample every three ticks, from tick 300 on. */
function walk(samples: number): SampleRings {
  const rings = new SampleRings(4);
  for (let i = 0; i < samples; i += 1) rings.push(2, 300 + i * 3, steps(50 + i * 0.3), steps(10), steps(70), 0, 1);
  return rings;
}

function sampleX(rings: SampleRings, tick: number): number {
  const pose = createSampledPose();
  rings.sample(2, tick, CAP, pose);
  return pose.x;
}

describe("SampleRings", () => {
  it("gives the place between two samples", () => {
    const pose = createSampledPose();
    walk(5).sample(2, 304.5, CAP, pose);
    expect(pose.x).toBeCloseTo(50.45, 9);
    expect(pose.speedPerTick).toBeCloseTo(0.1, 9);
    expect(pose.beyondTicks).toBe(0);
  });

  it("is even: the same step for the same time, across samples and across lost ones", () => {
    const rings = new SampleRings(4);
    for (const i of [0, 1, 2, 5, 6, 9]) rings.push(2, 300 + i * 3, steps(50 + i * 0.3), steps(10), steps(70), 0, 1);
    for (let tick = 300; tick < 326; tick += 0.7) {
      expect(sampleX(rings, tick + 0.7) - sampleX(rings, tick)).toBeCloseTo(0.07, 9);
    }
  });

  it("stands on the first sample before it, and has the oldest kept one after a long time", () => {
    expect(sampleX(walk(3), 100)).toBe(50);
    const rings = walk(100);
    expect(sampleX(rings, 0)).toBeCloseTo(50 + (100 - RING_SAMPLES) * 0.3, 9);
    expect(sampleX(rings, 300 + 95 * 3)).toBeCloseTo(50 + 95 * 0.3, 9);
  });

  it("goes on after the newest sample up to the cap, then eases to rest, without sinking", () => {
    const rings = walk(3);
    rings.push(2, 309, steps(50.9), steps(9), steps(70), 0, 4);
    const pose = createSampledPose();
    rings.sample(2, 309 + 10, CAP, pose);
    expect(pose.x).toBeCloseTo(51.9, 9);
    expect(pose.y).toBe(9);
    let speed = pose.speedPerTick;
    let x = pose.x;
    for (let tick = 309 + CAP; tick <= 309 + CAP + EASE_TICKS; tick += 1) {
      rings.sample(2, tick, CAP, pose);
      expect(pose.x).toBeGreaterThanOrEqual(x);
      expect(pose.x - x).toBeLessThanOrEqual(0.5);
      expect(pose.speedPerTick).toBeLessThanOrEqual(speed);
      ({ x, speedPerTick: speed } = pose);
    }
    rings.sample(2, 309 + 500, CAP, pose);
    expect(pose.x).toBeCloseTo(50.9 + 0.1 * (CAP + EASE_TICKS / 2), 9);
    expect(pose.speedPerTick).toBe(0);
    expect(pose.beyondTicks).toBe(500);
  });

  it("follows a bend much closer than a straight line does, five snapshots a second", () => {
    const rings = new SampleRings(4);
    // A circle of 3 m at 4.5 m/s, which is 86 degrees a second.
    const place = (tick: number) => ({
      x: 50 + 3 * Math.cos((tick * 4.5) / 60 / 3),
      z: 50 + 3 * Math.sin((tick * 4.5) / 60 / 3),
    });
    for (let tick = 0; tick <= 180; tick += 12)
      rings.push(2, tick, steps(place(tick).x), steps(10), steps(place(tick).z), 0, 1);
    const pose = createSampledPose();
    let worst = 0;
    let chord = 0;
    for (let tick = 24; tick < 156; tick += 1) {
      rings.sample(2, tick, CAP, pose);
      const truth = place(tick);
      worst = Math.max(worst, Math.hypot(pose.x - truth.x, pose.z - truth.z));
      const [a, b, share] = [
        place(Math.floor(tick / 12) * 12),
        place(Math.floor(tick / 12) * 12 + 12),
        (tick % 12) / 12,
      ];
      chord = Math.max(chord, Math.hypot(a.x + (b.x - a.x) * share - truth.x, a.z + (b.z - a.z) * share - truth.z));
    }
    expect(chord).toBeGreaterThan(0.03);
    expect(worst).toBeLessThan(chord / 2);
  });

  it("stays between its samples, whatever they are: no overshoot on any axis", () => {
    const walks = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 4, maxLength: 12 });
    fc.assert(
      fc.property(walks, fc.array(fc.integer({ min: 3, max: 12 }), { minLength: 12, maxLength: 12 }), (ways, gaps) => {
        const rings = new SampleRings(4);
        const ticks = [300];
        const xs = [50];
        rings.push(2, 300, steps(50), steps(10), steps(70), 0, 1);
        for (const [i, way] of ways.entries()) {
          ticks.push((ticks.at(-1) ?? 0) + (gaps[i] ?? 3));
          xs.push((xs.at(-1) ?? 0) + way);
          rings.push(2, ticks.at(-1) ?? 0, steps(xs.at(-1) ?? 0), steps(10), steps(70), 0, 1);
        }
        for (let i = 0; i + 1 < ticks.length; i += 1) {
          const [from = 0, to = 0] = [ticks[i], ticks[i + 1]];
          const [a = 0, b = 0] = [xs[i], xs[i + 1]];
          for (let share = 0; share < 1; share += 0.1) {
            const x = sampleX(rings, from + (to - from) * share);
            expect(x).toBeGreaterThanOrEqual(Math.min(a, b) - 1e-9);
            expect(x).toBeLessThanOrEqual(Math.max(a, b) + 1e-9);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it("draws nobody on the way of a teleport", () => {
    const rings = walk(3);
    rings.push(2, 309, steps(200), steps(10), steps(70), 0, 1);
    expect(sampleX(rings, 308.9)).toBeCloseTo(50.6, 9);
    expect(sampleX(rings, 309)).toBe(200);
    expect(sampleX(rings, 320)).toBe(200);
  });

  it("takes no sample twice and none out of order, and keeps slots apart", () => {
    const rings = walk(3);
    rings.push(2, 306, steps(99), steps(99), steps(99), 9, 9);
    rings.push(2, 301, steps(99), steps(99), steps(99), 9, 9);
    expect(sampleX(rings, 306)).toBeCloseTo(50.6, 9);
    expect(rings.newestTick(1)).toBe(-1);
    rings.clear(2);
    expect(rings.newestTick(2)).toBe(-1);
  });
});

describe("interpolateYaw", () => {
  it("turns on the shorter way, also through 0", () => {
    expect(interpolateYaw(65000, 600, 0.5)).toBe(32);
    expect(interpolateYaw(600, 65000, 0.5)).toBe(32);
    expect(interpolateYaw(1000, 3000, 0.25)).toBe(1500);
  });

  it("never turns by more than half a turn, begins and ends where it should", () => {
    const yaw = fc.integer({ min: 0, max: 65535 });
    fc.assert(
      fc.property(yaw, yaw, fc.double({ min: 0, max: 1, noNaN: true }), (from, to, share) => {
        const apart = (a: number, b: number) => Math.min((a - b + 65536) % 65536, (b - a + 65536) % 65536);
        const between = interpolateYaw(from, to, share);
        expect(apart(from, between) + apart(between, to)).toBeCloseTo(apart(from, to), 6);
        expect(interpolateYaw(from, to, 0) % 65536).toBe(from);
        expect(apart(interpolateYaw(from, to, 1), to)).toBeCloseTo(0, 6);
      }),
    );
  });
});
