import { describe, expect, it } from "vitest";
import { createTelemetry, type Telemetry } from "../../../../scripts/client/telemetry.ts";
import { COLUMN_MS, COLUMNS, FrameLog } from "../../../../scripts/game/overlay/frame-log.ts";

/** In the middle of a column. */
const at = (column: number) => (column + 0.5) * COLUMN_MS;

/** A snapshot of three ticks later, and so many missing before it. */
function addSnapshot(telemetry: Telemetry, lateMs: number, missing = 0): void {
  telemetry.snapshotTicks = 3;
  telemetry.snapshotTick += 3 * (1 + missing);
  telemetry.snapshotsReceived += 1;
  telemetry.snapshotLateMs = lateMs;
}

describe("FrameLog", () => {
  it.each([10, 60, 240])("has the same ten seconds at %d frames per second", (framesPerSecond) => {
    const log = new FrameLog();
    const telemetry = createTelemetry();
    for (let frame = 0; frame <= framesPerSecond * 12; frame += 1) {
      const nowMs = (frame * 1000) / framesPerSecond + 0.01;
      telemetry.extrapolationMs = nowMs < 6000 ? -80 : 20;
      log.record(nowMs, true, telemetry);
    }
    const ages = Array.from({ length: COLUMNS }, (_, age) => log.extrapolationMs(age));
    expect(ages.every((ms) => ms === -80 || ms === 20)).toBe(true);
    const guessedMs = ages.filter((ms) => ms === 20).length * COLUMN_MS;
    expect(Math.abs(guessedMs - 6000)).toBeLessThanOrEqual(1000 / framesPerSecond + COLUMN_MS);
  });

  it("keeps the worst of the frames that share a column", () => {
    const log = new FrameLog();
    const telemetry = createTelemetry();
    for (const ms of [-50, 30, -10]) {
      telemetry.extrapolationMs = ms;
      log.record(at(7), true, telemetry);
    }
    expect(log.extrapolationMs(0)).toBe(30);
  });

  it("finds how late snapshots came and which are missing, and says it of their column only", () => {
    const log = new FrameLog();
    const telemetry = createTelemetry();
    telemetry.snapshotTick = 100;
    log.record(at(0), true, telemetry);
    addSnapshot(telemetry, 4);
    log.record(at(1), true, telemetry);
    log.record(at(2), true, telemetry);
    addSnapshot(telemetry, 25, 2);
    log.record(at(3), true, telemetry);
    expect([0, 1, 2, 3].map((age) => log.lost(age))).toEqual([2, 0, 0, 0]);
    expect([0, 1, 2, 3].map((age) => log.lateMs(age))).toEqual([25, Number.NaN, 4, Number.NaN]);
  });

  it("calls nothing lost when several came in one frame, in a new session, or when the first one comes", () => {
    const log = new FrameLog();
    const telemetry = createTelemetry();
    addSnapshot(telemetry, 0);
    log.record(at(0), true, telemetry);
    addSnapshot(telemetry, 0);
    addSnapshot(telemetry, 0);
    log.record(at(1), true, telemetry);
    telemetry.snapshotTick = -1;
    log.record(at(2), false, telemetry);
    telemetry.snapshotTick = 90_000;
    telemetry.snapshotsReceived += 1;
    log.record(at(3), true, telemetry);
    expect([0, 1, 2, 3].map((age) => log.lost(age))).toEqual([0, 0, 0, 0]);
  });

  it("is empty where nothing was drawn, after a clock that stepped back, and after a hole longer than itself", () => {
    const log = new FrameLog();
    const telemetry = createTelemetry();
    expect(log.extrapolationMs(0)).toBeNaN();
    telemetry.extrapolationMs = 5;
    log.record(at(10), true, telemetry);
    log.record(at(11), false, telemetry);
    expect([log.extrapolationMs(0), log.extrapolationMs(1)]).toEqual([Number.NaN, 5]);
    for (const column of [3, 3 + COLUMNS + 5]) {
      log.record(at(column), true, telemetry);
      expect(log.extrapolationMs(0)).toBe(5);
      for (let age = 1; age < COLUMNS; age += 1) expect(log.extrapolationMs(age)).toBeNaN();
    }
  });
});
