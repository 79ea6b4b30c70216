import { describe, expect, it } from "vitest";
import { HistoryRing } from "../../../../scripts/client/history-ring.ts";
import { createTelemetry } from "../../../../scripts/client/telemetry.ts";
import { BarBuffer, FLOATS_PER_BAR } from "../../../../scripts/game/overlay/bar-buffer.ts";
import { COLUMN_MS, COLUMNS, FrameLog } from "../../../../scripts/game/overlay/frame-log.ts";
import {
  addCorrections,
  addInterpolation,
  addServerBuffer,
  addSnapshots,
  SMALL_BARS,
} from "../../../../scripts/game/overlay/graph-bars.ts";
import {
  CORRECTION,
  EXTRAPOLATED,
  INTERPOLATED,
  LATE,
  LOST,
  SNAPSHOT,
} from "../../../../scripts/game/overlay/overlay-colors.ts";

const plot = { x: 100, y: 50, width: COLUMNS, height: 40 };
const middle = plot.y + plot.height / 2;
const ground = plot.y + plot.height;

/** The bars as rectangles by their edges. */
function readBars(bars: BarBuffer) {
  return Array.from({ length: bars.count }, (_, index) => {
    const floats = bars.floats.subarray(index * FLOATS_PER_BAR, (index + 1) * FLOATS_PER_BAR);
    const [width = 0, , , centerX = 0, , height = 0, , centerY = 0, ...color] = floats;
    const edges = { left: centerX - width / 2, top: centerY - height / 2, bottom: centerY + height / 2 };
    return { ...edges, right: centerX + width / 2, color: color.map((part) => Math.round(part * 1000) / 1000) };
  });
}

function logOf(frames: readonly { extrapolationMs?: number; lateMs?: number; missing?: number }[]): FrameLog {
  const log = new FrameLog();
  const telemetry = createTelemetry();
  telemetry.snapshotTick = 0;
  telemetry.snapshotTicks = 3;
  for (const [index, { extrapolationMs = 0, lateMs, missing = 0 }] of frames.entries()) {
    telemetry.extrapolationMs = extrapolationMs;
    if (lateMs !== undefined) {
      telemetry.snapshotTick += 3 * (1 + missing);
      telemetry.snapshotsReceived += 1;
      telemetry.snapshotLateMs = lateMs;
    }
    log.record((index + 0.5) * COLUMN_MS, true, telemetry);
  }
  return log;
}

describe("the lag graph", () => {
  it("stands upwards where it was guessed and hangs down where not, the newest frame at the right edge", () => {
    const bars = new BarBuffer(COLUMNS);
    addInterpolation(bars, logOf([{ extrapolationMs: -50 }, { extrapolationMs: 25 }]), plot, 100);
    const [newest, older] = readBars(bars);
    expect(newest).toMatchObject({ right: plot.x + plot.width, bottom: middle, top: middle - 5, color: EXTRAPOLATED });
    expect(older).toMatchObject({
      right: plot.x + plot.width - 1,
      top: middle,
      bottom: middle + 10,
      color: INTERPOLATED,
    });
  });

  it("never leaves its plot", () => {
    const bars = new BarBuffer(2 * COLUMNS);
    addInterpolation(bars, logOf([{ extrapolationMs: -9000 }, { extrapolationMs: 9000 }]), plot, 100);
    for (const bar of readBars(bars)) {
      expect(bar.top).toBeGreaterThanOrEqual(plot.y);
      expect(bar.bottom).toBeLessThanOrEqual(ground);
    }
  });

  it("draws a snapshot the higher the later it came, and a missing one in full height with a mark in the lane below", () => {
    const bars = new BarBuffer(3 * COLUMNS);
    const log = logOf([{ lateMs: 0 }, { lateMs: 30 }, { lateMs: 2, missing: 1 }]);
    addSnapshots(bars, log, plot, 50, 25);
    const drawn = readBars(bars);
    const heights = (color: readonly number[]) =>
      drawn.filter((bar) => bar.color.every((part, index) => part === color[index])).map((bar) => bar.bottom - bar.top);
    expect(heights(LOST)[0]).toBeCloseTo(plot.height, 4);
    expect(drawn.filter((bar) => bar.top > ground)).toHaveLength(1);
    expect(heights(LATE)).toHaveLength(1);
    expect(heights(SNAPSHOT)).toHaveLength(2);
    expect(Math.min(...heights(SNAPSHOT))).toBeGreaterThan(0);
    expect(Math.max(...heights(SNAPSHOT))).toBeLessThan(heights(LATE)[0] ?? 0);
  });
});

describe("the small graphs", () => {
  const ring = (values: readonly number[]) => {
    const history = new HistoryRing(1200);
    for (const value of values) history.push(value);
    return history;
  };

  it("shows the larger of two corrections, and nothing where there was none", () => {
    const bars = new BarBuffer(SMALL_BARS);
    addCorrections(bars, ring([0, 0, 4, 8, 0, 0]), plot, 10);
    const drawn = readBars(bars);
    expect(drawn).toHaveLength(1);
    expect(drawn[0]).toMatchObject({ bottom: ground, color: CORRECTION });
    expect(drawn[0]?.top).toBeCloseTo(ground - 32, 4);
  });

  it("marks where the server had run out of commands, and only there", () => {
    const bars = new BarBuffer(2 * SMALL_BARS);
    const band = { x: plot.x, y: plot.y + 8, width: plot.width, height: 16 };
    addServerBuffer(bars, ring([2, 2, 3, 0, 2, 1]), plot, 5, band);
    const marks = readBars(bars).filter((bar) => bar.top > ground);
    expect(marks).toHaveLength(1);
    const step = plot.width / SMALL_BARS;
    expect(marks[0]?.right).toBeCloseTo(plot.x + plot.width - step, 4);
    // The edges of the band lie over the bars.
    expect(readBars(bars).slice(-2)).toMatchObject([{ top: band.y }, { bottom: band.y + band.height }]);
  });
});

it("a buffer of bars that is full leaves the rest out", () => {
  const bars = new BarBuffer(2);
  for (let i = 0; i < 5; i += 1) bars.add(i, 0, 1, 1, LOST);
  bars.add(0, 0, 0, 1, LOST);
  expect(bars.count).toBe(2);
  bars.clear();
  bars.add(0, 0, Number.NaN, 1, LOST);
  expect(bars.count).toBe(0);
});
