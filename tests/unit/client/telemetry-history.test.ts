import { describe, expect, it } from "vitest";
import { HistoryRing } from "../../../scripts/client/history-ring.ts";
import { createTelemetry } from "../../../scripts/client/telemetry.ts";
import { HISTORY_ENTRIES, HISTORY_STEP_MS, TelemetryHistory } from "../../../scripts/client/telemetry-history.ts";

describe("HistoryRing", () => {
  it("keeps the newest values, oldest first", () => {
    const ring = new HistoryRing(4);
    expect(ring.newest).toBe(0);
    for (let value = 1; value <= 6; value += 1) ring.push(value);
    expect([-1, 0, 1, 2, 3, 4].map((index) => ring.at(index))).toEqual([0, 3, 4, 5, 6, 0]);
    expect(ring).toMatchObject({ length: 4, newest: 6 });
  });
});

describe("TelemetryHistory", () => {
  it("holds an entry per step, at any frame rate and through stalls, with what happened in between", () => {
    for (const fps of [10, 60, 240]) {
      const history = new TelemetryHistory();
      const telemetry = createTelemetry();
      for (let frame = 0; frame < fps * 10; frame += 1) {
        telemetry.underruns += 1;
        telemetry.rttMs = frame;
        if (frame === fps * 5) history.addCorrection(12);
        history.advance((frame * 1000) / fps, telemetry);
      }
      expect(history.rttMs.length).toBe(Math.min(10_000 / HISTORY_STEP_MS, fps * 10));
      let corrections = 0;
      let underruns = 0;
      for (let i = 0; i < history.rttMs.length; i += 1) {
        corrections += history.correctionMm.at(i);
        underruns += history.underruns.at(i);
      }
      expect(corrections).toBe(12);
      expect(underruns).toBeGreaterThan(fps * 10 - fps);
      history.advance(1e6, telemetry);
      history.advance(1e6, telemetry);
      expect(history.correctionMm.length).toBe(Math.min(10_000 / HISTORY_STEP_MS, fps * 10) + 1);
    }
  });

  it("keeps a minute", () => {
    const history = new TelemetryHistory();
    const telemetry = createTelemetry();
    for (let nowMs = 0; nowMs < 200_000; nowMs += HISTORY_STEP_MS) history.advance(nowMs, telemetry);
    expect(history.snapshots.length).toBe(HISTORY_ENTRIES);
    expect(HISTORY_ENTRIES * HISTORY_STEP_MS).toBe(60_000);
  });
});
