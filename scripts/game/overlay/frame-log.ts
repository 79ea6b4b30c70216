import type { Telemetry } from "../../client/telemetry.ts";

/** Time that one column of the lag graph stands for, and how many there are: 10 s. */
export const COLUMN_MS = 25;
export const COLUMNS = 400;
/** A gap longer than all columns leaves them empty. */
const NOTHING = Number.NaN;
/** More snapshots than this missing at once were no loss but a new session or a long hole. */
const MOST_LOST = 40;

type FrameFigures = Pick<
  Telemetry,
  "extrapolationMs" | "snapshotTick" | "snapshotTicks" | "snapshotLateMs" | "snapshotsReceived"
>;

/**
 * The last ten seconds of frames and snapshots by columns of equal time, so that the graph has the same scale at any frame rate. A frame that
 * took several columns fills them all; of several frames in a column the worst stays. Fixed memory; nothing is allocated after the start.
 */
export class FrameLog {
  readonly #extrapolationMs = new Float32Array(COLUMNS).fill(NOTHING);
  readonly #lateMs = new Float32Array(COLUMNS).fill(NOTHING);
  readonly #lost = new Uint8Array(COLUMNS);
  /** Number of the newest column, counted from the beginning of the clock. */
  #newest = Number.NaN;
  #newestSlot = 0;
  #snapshotTick = -1;
  #snapshotsReceived = 0;

  /** One frame that ends at `nowMs`, a steady clock. Whether the others are drawn at all is `playing`. */
  record(nowMs: number, playing: boolean, telemetry: Readonly<FrameFigures>): void {
    const column = Math.floor(nowMs / COLUMN_MS);
    const value = playing ? telemetry.extrapolationMs : NOTHING;
    this.#advance(column, value);
    this.#note(this.#extrapolationMs, column, value);
    this.#noteSnapshots(column, telemetry);
  }

  /** How far beyond the newest snapshot the others were drawn, ms; below 0 between two. `age` 0 is the newest column, `COLUMNS - 1` the oldest. NaN: nothing was drawn. */
  extrapolationMs(age: number): number {
    return this.#extrapolationMs[this.#slot(age)] ?? NOTHING;
  }

  /** How late the snapshot of a column came, behind the fastest, ms; NaN: none came. */
  lateMs(age: number): number {
    return this.#lateMs[this.#slot(age)] ?? NOTHING;
  }

  /** Snapshots found missing in a column. */
  lost(age: number): number {
    return this.#lost[this.#slot(age)] ?? 0;
  }

  #advance(column: number, value: number): void {
    const passed = column - this.#newest;
    this.#newest = column;
    this.#newestSlot = column % COLUMNS;
    // The very first frame, a clock that stepped back, or a hole longer than the log: begin anew.
    if (!(passed >= 0 && passed < COLUMNS)) {
      this.#extrapolationMs.fill(NOTHING);
      this.#lateMs.fill(NOTHING);
      this.#lost.fill(0);
      return;
    }
    for (let age = passed - 1; age >= 0; age -= 1) {
      const slot = this.#slot(age);
      this.#extrapolationMs[slot] = value;
      this.#lateMs[slot] = NOTHING;
      this.#lost[slot] = 0;
    }
  }

  #noteSnapshots(column: number, telemetry: Readonly<FrameFigures>): void {
    const { snapshotTick, snapshotTicks, snapshotsReceived } = telemetry;
    const before = this.#snapshotTick;
    const received = snapshotsReceived - this.#snapshotsReceived;
    this.#snapshotTick = snapshotTick;
    this.#snapshotsReceived = snapshotsReceived;
    if (received <= 0 || snapshotTick < 0) return;
    this.#note(this.#lateMs, column, telemetry.snapshotLateMs);
    if (before < 0 || snapshotTick <= before || snapshotTicks <= 0) return;
    const lost = Math.round((snapshotTick - before) / snapshotTicks) - received;
    const slot = column % COLUMNS;
    if (lost > 0) this.#lost[slot] = Math.min((this.#lost[slot] ?? 0) + lost, MOST_LOST);
  }

  #note(values: Float32Array, column: number, value: number): void {
    const slot = column % COLUMNS;
    const before = values[slot] ?? NOTHING;
    values[slot] = Number.isNaN(before) ? value : Math.max(before, value);
  }

  #slot(age: number): number {
    const slot = this.#newestSlot - age;
    return slot < 0 ? slot + COLUMNS : slot;
  }
}
