import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ServerClock } from "../../../scripts/client/server-clock.ts";

const TICK_MS = 1000 / 60;

/** A snapshot every three ticks from `fromTick` on, each `delayMs(i)` late. Returns the time of the last arrival. */
function arrive(clock: ServerClock, fromTick: number, count: number, delayMs: (i: number) => number): number {
  let nowMs = 0;
  for (let i = 0; i < count; i += 1) {
    const tick = fromTick + i * 3;
    nowMs = tick * TICK_MS + delayMs(i);
    clock.addArrival(nowMs, tick);
  }
  return nowMs;
}

describe("ServerClock", () => {
  it("knows which tick arrives after the first snapshot, and which tick the server runs after a ping", () => {
    const clock = new ServerClock(60);
    expect(clock.synchronized).toBe(false);
    clock.addArrival(500, 1200);
    clock.addRoundTrip(100);
    expect(clock.arrivingTick(500)).toBeCloseTo(1200, 6);
    expect(clock.arrivingTick(1500)).toBeCloseTo(1260, 6);
    expect(clock.serverTick(500)).toBeCloseTo(1203, 6);
  });

  it("finds the middle of jittery arrivals, to within a tick", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 30, noNaN: true }), { minLength: 200, maxLength: 200 }),
        (jitter) => {
          const clock = new ServerClock(60);
          const meanMs = jitter.slice(-60).reduce((sum, ms) => sum + ms, 0) / 60;
          const nowMs = arrive(clock, 600, 200, (i) => 75 + (jitter[i] ?? 0));
          const arrivedMs = clock.arrivingTick(nowMs) * TICK_MS;
          expect(Math.abs(nowMs - 75 - meanMs - arrivedMs)).toBeLessThan(15);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("measures jitter: none on an even link, some on a rough one", () => {
    const even = new ServerClock(60);
    arrive(even, 600, 100, () => 40);
    expect(even.jitterMs).toBeLessThan(0.01);
    const rough = new ServerClock(60);
    arrive(rough, 600, 100, (i) => 40 + (i % 2) * 30);
    expect(rough.jitterMs).toBeGreaterThan(10);
  });

  it("is not moved by one packet that is half a second late", () => {
    const clock = new ServerClock(60);
    const nowMs = arrive(clock, 600, 100, (i) => (i === 98 ? 540 : 40));
    expect(clock.arrivingTick(nowMs)).toBeCloseTo((nowMs - 40) / TICK_MS, 3);
  });

  it("follows a lasting change within three snapshots, and at once after a stall", () => {
    const clock = new ServerClock(60);
    arrive(clock, 600, 100, () => 40);
    arrive(clock, 900, 3, () => 2040);
    expect(clock.arrivingTick(906 * TICK_MS + 2040)).toBeCloseTo(906, 3);
    clock.resync();
    const nowMs = arrive(clock, 909, 1, () => 9000);
    expect(clock.arrivingTick(nowMs)).toBeCloseTo(909, 3);
  });

  it("smooths the round trip and ignores impossible ones", () => {
    const clock = new ServerClock(60);
    clock.addRoundTrip(100);
    clock.addRoundTrip(180);
    clock.addRoundTrip(-5);
    clock.addRoundTrip(Number.NaN);
    expect(clock.rttMs).toBe(110);
  });
});
