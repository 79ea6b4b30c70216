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

  it("follows the fastest arrivals through jitter, to within a third of a tick", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 30, noNaN: true }), { minLength: 200, maxLength: 200 }),
        (jitter) => {
          const clock = new ServerClock(60);
          const fastestMs = Math.min(...jitter.slice(-32));
          const nowMs = arrive(clock, 600, 200, (i) => 75 + (jitter[i] ?? 0));
          const arrivedMs = clock.arrivingTick(nowMs) * TICK_MS;
          expect(Math.abs(nowMs - 75 - fastestMs - arrivedMs)).toBeLessThan(30);
          expect(nowMs - 75 - arrivedMs).toBeGreaterThanOrEqual(-1e-6);
        },
      ),
      { numRuns: 50 },
    );
    const clock = new ServerClock(60);
    const nowMs = arrive(clock, 600, 200, (i) => 75 + ((i * 7) % 30));
    expect(nowMs - 75 - clock.arrivingTick(nowMs) * TICK_MS).toBeLessThan(TICK_MS / 3);
  });

  it("measures lateness and jitter: none on an even link, some on a rough one", () => {
    const even = new ServerClock(60);
    arrive(even, 600, 100, () => 40);
    expect(even.jitterMs).toBeLessThan(0.01);
    const rough = new ServerClock(60);
    arrive(rough, 600, 100, (i) => 40 + (i % 2) * 30);
    expect(rough.latenessMs).toBeGreaterThan(12);
    expect(rough.latenessMs).toBeLessThan(18);
    expect(rough.jitterMs).toBeGreaterThan(10);
  });

  it("takes what a stall held up for no jitter, and much jitter for what it is", () => {
    const clock = new ServerClock(60);
    arrive(clock, 600, 100, (i) => 40 + (i % 4) * 5 + (i >= 90 ? 300 - (i - 90) * 30 : 0));
    expect(clock.latenessMs).toBeLessThan(30);
    const rough = new ServerClock(60);
    arrive(rough, 600, 400, (i) => 40 + ((i * 83) % 200));
    expect(rough.latenessMs).toBeGreaterThan(80);
    expect(rough.latenessMs).toBeLessThan(120);
    expect(rough.jitterMs).toBeGreaterThan(35);
  });

  it("knows how often snapshots come, whatever is lost", () => {
    const clock = new ServerClock(60);
    expect(clock.snapshotTicks).toBe(0);
    for (const tick of [600, 603, 609, 612, 621, 624]) clock.addSnapshot(tick);
    expect(clock.snapshotTicks).toBe(3);
    for (let tick = 636; tick < 780; tick += 12) clock.addSnapshot(tick);
    expect(clock.snapshotTicks).toBe(12);
  });

  it("follows a server that runs at half speed, and one that recovers, to within a snapshot", () => {
    const clock = new ServerClock(60);
    let nowMs = 0;
    let worst = 0;
    const run = (snapshots: number, msPerTick: number, from: number) => {
      let tick = from;
      for (let i = 0; i < snapshots; i += 1) {
        tick += 3;
        nowMs += 3 * msPerTick;
        clock.addArrival(nowMs, tick);
        if (i > 60) worst = Math.max(worst, Math.abs(clock.arrivingTick(nowMs) - tick));
      }
      return tick;
    };
    const slow = run(200, 2 * TICK_MS, run(100, TICK_MS, 600));
    expect(clock.rate).toBeCloseTo(0.5, 1);
    run(200, TICK_MS, slow);
    expect(clock.rate).toBe(1);
    expect(worst).toBeLessThan(3);
  });

  it("takes the drift of a cheap clock for jitter, and follows it", () => {
    const clock = new ServerClock(60);
    const nowMs = arrive(clock, 600, 2000, (i) => 40 + i * 50 * 0.0002);
    expect(clock.rate).toBe(1);
    expect(Math.abs(clock.arrivingTick(nowMs) - (600 + 1999 * 3))).toBeLessThan(0.1);
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
