import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSampledPose, interpolateYaw, RING_SAMPLES, SampleRings } from "../../../scripts/client/sample-rings.ts";

const CAP = 15;

/** A walk along x at 0.1 m per tick, a sample every three ticks, from tick 300 on. */
function walk(samples: number): SampleRings {
  const rings = new SampleRings(4);
  for (let i = 0; i < samples; i += 1) rings.push(2, 300 + i * 3, 50 + i * 0.3, 10, 70, 0, 1);
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
    for (const i of [0, 1, 2, 5, 6, 9]) rings.push(2, 300 + i * 3, 50 + i * 0.3, 10, 70, 0, 1);
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

  it("goes on after the newest sample up to the cap, then stands, without sinking", () => {
    const rings = walk(3);
    rings.push(2, 309, 50.9, 9, 70, 0, 4);
    const pose = createSampledPose();
    rings.sample(2, 309 + 10, CAP, pose);
    expect(pose.x).toBeCloseTo(51.9, 9);
    expect(pose.y).toBe(9);
    rings.sample(2, 309 + 500, CAP, pose);
    expect(pose.x).toBeCloseTo(52.4, 9);
    expect(pose.speedPerTick).toBe(0);
    expect(pose.beyondTicks).toBe(500);
  });

  it("draws nobody on the way of a teleport", () => {
    const rings = walk(3);
    rings.push(2, 309, 200, 10, 70, 0, 1);
    expect(sampleX(rings, 308.9)).toBeCloseTo(50.6, 9);
    expect(sampleX(rings, 309)).toBe(200);
    expect(sampleX(rings, 320)).toBe(200);
  });

  it("takes no sample twice and none out of order, and keeps slots apart", () => {
    const rings = walk(3);
    rings.push(2, 306, 99, 99, 99, 9, 9);
    rings.push(2, 301, 99, 99, 99, 9, 9);
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
