import { HistoryRing } from "./history-ring.ts";
import type { Telemetry } from "./telemetry.ts";

/** Time from one entry to the next. */
export const HISTORY_STEP_MS = 50;
/** Entries kept: a minute. */
export const HISTORY_ENTRIES = 1200;

/**
 * The last minute of what a player's connection went through, an entry per 50 ms, all rings in step: for graphs. Fixed memory; nothing is
 * allocated after the start.
 */
export class TelemetryHistory {
  readonly rttMs = new HistoryRing(HISTORY_ENTRIES);
  readonly jitterMs = new HistoryRing(HISTORY_ENTRIES);
  /** Shares of lost packets, 0 to 1, up and down. */
  readonly lossUp = new HistoryRing(HISTORY_ENTRIES);
  readonly lossDown = new HistoryRing(HISTORY_ENTRIES);
  readonly tickLead = new HistoryRing(HISTORY_ENTRIES);
  readonly serverBufferTicks = new HistoryRing(HISTORY_ENTRIES);
  readonly commandsInFlight = new HistoryRing(HISTORY_ENTRIES);
  /** The largest correction of the step, millimetres; 0 without one. Teleports are not in it. */
  readonly correctionMm = new HistoryRing(HISTORY_ENTRIES);
  readonly interpolationDelayMs = new HistoryRing(HISTORY_ENTRIES);
  /** Entities drawn beyond the extrapolation cap in the step, summed over frames. */
  readonly underruns = new HistoryRing(HISTORY_ENTRIES);
  /** Snapshots that came in the step: a gap shows where none did. */
  readonly snapshots = new HistoryRing(HISTORY_ENTRIES);
  #nextAtMs = 0;
  #correctionMm = 0;
  #underruns = 0;
  #snapshots = 0;

  /** A correction of the own character. */
  addCorrection(millimeters: number): void {
    this.#correctionMm = Math.max(this.#correctionMm, millimeters);
  }

  /** Call once per frame, when the frame's figures are there; `nowMs` never goes back. */
  advance(nowMs: number, telemetry: Readonly<Telemetry>): void {
    if (nowMs < this.#nextAtMs) return;
    this.#nextAtMs += HISTORY_STEP_MS;
    if (this.#nextAtMs <= nowMs) this.#nextAtMs = nowMs + HISTORY_STEP_MS;
    this.rttMs.push(telemetry.rttMs);
    this.jitterMs.push(telemetry.jitterMs);
    this.lossUp.push(telemetry.lossUp);
    this.lossDown.push(telemetry.lossDown);
    this.tickLead.push(telemetry.tickLead);
    this.serverBufferTicks.push(telemetry.serverBufferTicks);
    this.commandsInFlight.push(telemetry.commandsInFlight);
    this.correctionMm.push(this.#correctionMm);
    this.interpolationDelayMs.push(telemetry.interpolationDelayMs);
    this.underruns.push(telemetry.underruns - this.#underruns);
    this.snapshots.push(telemetry.snapshotsReceived - this.#snapshots);
    this.#correctionMm = 0;
    this.#underruns = telemetry.underruns;
    this.#snapshots = telemetry.snapshotsReceived;
  }
}
