import type { TelemetryHistory } from "../../client/telemetry-history.ts";
import { BarBuffer } from "./bar-buffer.ts";
import { COLUMNS, type FrameLog } from "./frame-log.ts";
import {
  addCorrections,
  addInterpolation,
  addServerBuffer,
  addSnapshots,
  LANE_PIXELS,
  largestShown,
  SMALL_BARS,
} from "./graph-bars.ts";
import { axisEnd } from "./graph-scale.ts";
import type { Box, OverlayLayout } from "./overlay-layout.ts";

const PADDING = 10;
export const HEADER_PIXELS = 26;
/** For the ends of the lag graph's axes. */
export const GUTTER_PIXELS = 46;
const LAG_GAP = 6;

const LEAST_INTERPOLATION_MS = 100;
const LEAST_LATE_MS = 50;
const LEAST_CORRECTION_MM = 10;
const LEAST_BUFFER_TICKS = 5;
/** A snapshot that comes later than this share of the distance between two is called late. */
const LATE_SHARE = 0.5;
const TICK_MS = 1000 / 60;

/** Per column: one of the upper half, a lost one with its mark and a snapshot in the lower. Per small bar: one, and a mark; and the band. */
const CAPACITY = 4 * COLUMNS + 3 * SMALL_BARS + 3;

const NO_BOX: Box = { x: 0, y: 0, width: 0, height: 0 };

/** The three graphs: where they are drawn, how far their axes reach, and their bars. Allocates nothing but when the layout changes. */
export class OverlayGraphs {
  readonly bars = new BarBuffer(CAPACITY);
  readonly #log: FrameLog;
  #band = NO_BOX;
  interpolation = NO_BOX;
  snapshots = NO_BOX;
  corrections = NO_BOX;
  buffer = NO_BOX;
  interpolationEndMs = LEAST_INTERPOLATION_MS;
  lateEndMs = LEAST_LATE_MS;
  correctionEndMm = LEAST_CORRECTION_MM;
  bufferEndTicks = LEAST_BUFFER_TICKS;
  /** Whether there is any correction to be shown. */
  corrected = false;

  constructor(log: FrameLog) {
    this.#log = log;
  }

  arrange(layout: OverlayLayout): void {
    const lag = plotOf(layout.lag, GUTTER_PIXELS);
    const half = (lag.height - LAG_GAP) / 2;
    this.interpolation = { ...lag, height: half };
    this.snapshots = { ...lag, y: lag.y + half + LAG_GAP, height: half };
    this.corrections = plotOf(layout.corrections, 0);
    this.buffer = plotOf(layout.buffer, 0);
  }

  /** Lets the axes follow what is shown; their labels have to be drawn anew. `bufferGoalTicks` shall be on its axis, too. */
  rescale(history: TelemetryHistory, bufferGoalTicks: number): void {
    let beyondMs = 0;
    let lateMs = 0;
    for (let age = 0; age < COLUMNS; age += 1) {
      const shown = Math.abs(this.#log.extrapolationMs(age));
      const late = this.#log.lateMs(age);
      if (shown > beyondMs) beyondMs = shown;
      if (late > lateMs) lateMs = late;
    }
    this.interpolationEndMs = axisEnd(beyondMs, LEAST_INTERPOLATION_MS);
    this.lateEndMs = axisEnd(lateMs, LEAST_LATE_MS);
    const correctionMm = largestShown(history.correctionMm);
    this.corrected = correctionMm > 0;
    this.correctionEndMm = axisEnd(correctionMm, LEAST_CORRECTION_MM);
    const bufferTicks = Math.max(largestShown(history.serverBufferTicks), bufferGoalTicks + 2);
    this.bufferEndTicks = axisEnd(bufferTicks, LEAST_BUFFER_TICKS);
    this.#band = this.#bandAround(bufferGoalTicks);
  }

  /** Makes the bars anew. `snapshotTicks`: from one snapshot to the next. */
  fill(history: TelemetryHistory, snapshotTicks: number): void {
    const { bars } = this;
    bars.clear();
    const lateFromMs = Math.max(snapshotTicks, 1) * TICK_MS * LATE_SHARE;
    addInterpolation(bars, this.#log, this.interpolation, this.interpolationEndMs);
    addSnapshots(bars, this.#log, this.snapshots, this.lateEndMs, lateFromMs);
    addCorrections(bars, history.correctionMm, this.corrections, this.correctionEndMm);
    addServerBuffer(bars, history.serverBufferTicks, this.buffer, this.bufferEndTicks, this.#band);
  }

  /** The band in which the mean of the server's buffer should lie: one command around its goal. */
  #bandAround(goalTicks: number): Box {
    const { buffer, bufferEndTicks } = this;
    const high = Math.min(goalTicks + 1, bufferEndTicks);
    const low = Math.max(goalTicks - 1, 0);
    const perTick = buffer.height / bufferEndTicks;
    return {
      x: buffer.x,
      y: buffer.y + buffer.height - high * perTick,
      width: buffer.width,
      height: (high - low) * perTick,
    };
  }
}

function plotOf(box: Box, gutter: number): Box {
  return {
    x: box.x + PADDING + gutter,
    y: box.y + HEADER_PIXELS,
    width: box.width - 2 * PADDING - gutter,
    height: box.height - HEADER_PIXELS - PADDING - LANE_PIXELS,
  };
}
