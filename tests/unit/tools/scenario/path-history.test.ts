import { describe, expect, it } from "vitest";
import { PathHistory } from "../../../../tools/scenario/path-history.ts";

/** Walks east at 5 m/s for a second, 10 ms apart. */
function walked(): PathHistory {
  const path = new PathHistory();
  for (let atMs = 0; atMs <= 1000; atMs += 10) path.push(atMs, atMs * 0.005, 7);
  return path;
}

describe("PathHistory", () => {
  it("finds when it was nearest to a place, between entries too", () => {
    const path = walked();
    expect(path.findNearest(1000, 4.512, 7.3, 500)).toBe(true);
    expect(path.ageMs).toBeCloseTo(1000 - 902.4, 6);
    expect(path.distanceMeters).toBeCloseTo(0.3, 6);
  });

  it("counts on from its last entry", () => {
    const path = walked();
    path.findNearest(1030, 5, 7, 500);
    expect(path.ageMs).toBeCloseTo(30, 6);
  });

  it("looks no further back than asked", () => {
    const path = walked();
    path.findNearest(1000, 0, 7, 200);
    expect(path.ageMs).toBeLessThanOrEqual(210);
    expect(path.distanceMeters).toBeGreaterThan(3.9);
  });

  it("takes the newest moment of those as near: who stands is where it came to", () => {
    const path = walked();
    for (let atMs = 1010; atMs <= 1500; atMs += 10) path.push(atMs, 5, 7);
    path.findNearest(1500, 5, 7, 1000);
    expect(path.ageMs).toBe(0);
  });

  it("knows nothing without two entries, and forgets the oldest", () => {
    const path = new PathHistory();
    expect(path.findNearest(0, 0, 0, 1000)).toBe(false);
    expect(path.displacementMeters(0, 100)).toBe(0);
    for (let atMs = 0; atMs < 5000; atMs += 1) path.push(atMs, atMs, 0);
    path.findNearest(4999, 0, 0, 10_000);
    expect(path.ageMs).toBeLessThan(1024);
  });

  it("measures how far away it was some time ago", () => {
    expect(walked().displacementMeters(1000, 200)).toBeCloseTo(1, 6);
    expect(walked().displacementMeters(1000, 0)).toBe(0);
  });
});
