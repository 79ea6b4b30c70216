import type { HistoryRing } from "../../client/history-ring.ts";
import type { BarBuffer } from "./bar-buffer.ts";
import { COLUMNS, type FrameLog } from "./frame-log.ts";
import {
  BAND,
  BAND_EDGE,
  BUFFER,
  CORRECTION,
  EXTRAPOLATED,
  INTERPOLATED,
  LATE,
  LOST,
  SNAPSHOT,
} from "./overlay-colors.ts";
import type { Box } from "./overlay-layout.ts";

/** Height of the lane under a graph in which marks say what is missing. */
export const LANE_PIXELS = 6;
/** A snapshot that came in time is still to be seen. */
const LEAST_BAR_PIXELS = 3;
/** A mark is wider than its column, to be seen at all. */
const MARK_PIXELS = 3;
const SNAPSHOT_PIXELS = 1.25;
const CORRECTION_PIXELS = 2;
/** Bars of the two smaller graphs, and entries of the history in each: 20 s. */
export const SMALL_BARS = 200;
const ENTRIES_PER_BAR = 2;

/** Upper half of the lag graph: from its middle line up what was guessed, down what lay between two snapshots. Axis ends in ms. */
export function addInterpolation(bars: BarBuffer, log: FrameLog, plot: Box, endMs: number): void {
  const step = plot.width / COLUMNS;
  const middle = plot.y + plot.height / 2;
  const scale = plot.height / 2 / endMs;
  for (let age = 0; age < COLUMNS; age += 1) {
    const ms = log.extrapolationMs(age);
    if (Number.isNaN(ms)) continue;
    const x = plot.x + plot.width - (age + 1) * step;
    const length = Math.max(Math.min(Math.abs(ms), endMs) * scale, 0.5);
    if (ms > 0) bars.add(x, middle - length, step, length, EXTRAPOLATED);
    else bars.add(x, middle, step, length, INTERPOLATED);
  }
}

/** Lower half: a bar per snapshot, the higher the later it came; for lost ones a bar of full height and a mark below. */
export function addSnapshots(bars: BarBuffer, log: FrameLog, plot: Box, endMs: number, lateFromMs: number): void {
  const step = plot.width / COLUMNS;
  const ground = plot.y + plot.height;
  for (let age = 0; age < COLUMNS; age += 1) {
    const x = plot.x + plot.width - (age + 1) * step;
    if (log.lost(age) > 0) {
      bars.add(x, plot.y, Math.max(step, SNAPSHOT_PIXELS), plot.height, LOST);
      bars.add(x - MARK_PIXELS / 2, ground + 1, MARK_PIXELS, LANE_PIXELS - 1, LOST);
    }
    const ms = log.lateMs(age);
    if (Number.isNaN(ms)) continue;
    const height = LEAST_BAR_PIXELS + (Math.min(ms, endMs) / endMs) * (plot.height - LEAST_BAR_PIXELS);
    bars.add(x, ground - height, Math.max(step, SNAPSHOT_PIXELS), height, ms > lateFromMs ? LATE : SNAPSHOT);
  }
}

/** Corrections of the own character, the largest of each tenth of a second. */
export function addCorrections(bars: BarBuffer, history: HistoryRing, plot: Box, endMm: number): void {
  const step = plot.width / SMALL_BARS;
  for (let age = 0; age < SMALL_BARS; age += 1) {
    const mm = largest(history, age);
    if (!(mm > 0)) continue;
    const height = Math.max((Math.min(mm, endMm) / endMm) * plot.height, 1);
    const width = Math.max(step, CORRECTION_PIXELS);
    bars.add(plot.x + plot.width - (age + 1) * step, plot.y + plot.height - height, width, height, CORRECTION);
  }
}

/** Commands waiting on the server, the most of each tenth of a second, in their band; a mark below where there was none. */
export function addServerBuffer(bars: BarBuffer, history: HistoryRing, plot: Box, endTicks: number, band: Box): void {
  bars.add(band.x, band.y, band.width, band.height, BAND);
  const step = plot.width / SMALL_BARS;
  const ground = plot.y + plot.height;
  for (let age = 0; age < SMALL_BARS && age * ENTRIES_PER_BAR < history.length; age += 1) {
    const x = plot.x + plot.width - (age + 1) * step;
    const height = (Math.min(largest(history, age), endTicks) / endTicks) * plot.height;
    bars.add(x, ground - height, step, height, BUFFER);
    if (least(history, age) <= 0) bars.add(x, ground + 1, step, LANE_PIXELS - 1, LOST);
  }
  bars.add(band.x, band.y, band.width, 1, BAND_EDGE);
  bars.add(band.x, band.y + band.height - 1, band.width, 1, BAND_EDGE);
}

/** The largest value that is shown. */
export function largestShown(history: HistoryRing): number {
  let most = 0;
  const first = Math.max(0, history.length - SMALL_BARS * ENTRIES_PER_BAR);
  for (let i = first; i < history.length; i += 1) most = Math.max(most, history.at(i));
  return most;
}

function largest(history: HistoryRing, age: number): number {
  const last = history.length - 1 - age * ENTRIES_PER_BAR;
  return Math.max(history.at(last), history.at(last - 1));
}

function least(history: HistoryRing, age: number): number {
  const last = history.length - 1 - age * ENTRIES_PER_BAR;
  return last > 0 ? Math.min(history.at(last), history.at(last - 1)) : history.at(last);
}
