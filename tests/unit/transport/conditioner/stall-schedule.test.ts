import { describe, expect, it } from "vitest";
import { createSeededRandom } from "../../../../scripts/transport/conditioner/seeded-random.ts";
import { StallSchedule } from "../../../../scripts/transport/conditioner/stall-schedule.ts";

function create(seed: number, stallMs: number, stallEveryMs: number, startMs = 5000): StallSchedule {
  const schedule = new StallSchedule(createSeededRandom(seed));
  schedule.stallMs = stallMs;
  schedule.stallEveryMs = stallEveryMs;
  schedule.start(startMs);
  return schedule;
}

describe("StallSchedule", () => {
  it.each([1, 2, 3, 4])("stalls for 500 ms once a minute, to the millisecond, not at once (seed %d)", (seed) => {
    const schedule = create(seed, 500, 60_000);
    const stalled: number[] = [];
    for (let atMs = 5000; atMs < 5000 + 600_000; atMs += 1) if (schedule.nextOpenMs(atMs) > atMs) stalled.push(atMs);
    expect(stalled.length).toBe(5000);
    expect(stalled[0]).toBeGreaterThan(5000 + 5000);
    const starts = stalled.filter((atMs, index) => atMs - (stalled[index - 1] ?? 0) > 1);
    for (let index = 1; index < starts.length; index += 1) {
      expect((starts[index] ?? 0) - (starts[index - 1] ?? 0)).toBe(60_000);
    }
  });

  it("lets everything out at the end of a stall", () => {
    const schedule = create(7, 500, 10_000, 0);
    let startMs = 0;
    while (schedule.nextOpenMs(startMs) === startMs) startMs += 1;
    const endMs = schedule.nextOpenMs(startMs);
    expect(schedule.nextOpenMs(startMs + 250)).toBeCloseTo(endMs, 6);
    expect(schedule.nextOpenMs(endMs)).toBe(endMs);
  });

  it("differs from link to link", () => {
    const first = [1, 2, 3, 4, 5].map((seed) => {
      const schedule = create(seed, 500, 60_000, 0);
      let atMs = 0;
      while (schedule.nextOpenMs(atMs) === atMs) atMs += 1;
      return atMs;
    });
    expect(new Set(first).size).toBe(5);
  });

  it("stalls on demand, and never without one or a period", () => {
    const schedule = create(1, 500, 0);
    expect(schedule.nextOpenMs(6000)).toBe(6000);
    schedule.hold(7000);
    schedule.hold(6500);
    expect(schedule.nextOpenMs(6000)).toBe(7000);
    expect(schedule.nextOpenMs(7001)).toBe(7001);
  });
});
