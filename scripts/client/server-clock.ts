// Gains of the filters. The round trip as in RFC 6298 (1/8); the arrival rhythm slower, because its jitter is what is measured.
const RTT_GAIN = 1 / 8;
const ARRIVAL_GAIN = 1 / 16;
const JITTER_GAIN = 1 / 16;
/** Deviation above which the rhythm is not jitter but something new: a stall, a step of a clock, a server that restarted. */
const RESYNC_MS = 400;
/** So many snapshots in a row must agree on it. */
const RESYNC_SAMPLES = 3;

/**
 * What the client knows about the server's time. Two questions: which tick does the server run now, and which tick's snapshot
 * arrives now. The second needs no round trip and is what remote entities are drawn by. Times are the client's, milliseconds.
 */
export class ServerClock {
  readonly #tickMs: number;
  /** Client time at which the snapshot of tick 0 would have arrived. */
  #arrivalOffsetMs = Number.NaN;
  #outliers = 0;
  /** Smoothed round-trip time, -1 while unknown. */
  rttMs = -1;
  /** Smoothed deviation of arrivals from the rhythm. */
  jitterMs = 0;

  constructor(tickRateHz: number) {
    this.#tickMs = 1000 / tickRateHz;
  }

  get synchronized(): boolean {
    return !Number.isNaN(this.#arrivalOffsetMs);
  }

  reset(): void {
    this.#arrivalOffsetMs = Number.NaN;
    this.#outliers = 0;
    this.rttMs = -1;
    this.jitterMs = 0;
  }

  /** The next arrival is believed at once: after a stall the rhythm is another one. */
  resync(): void {
    this.#outliers = RESYNC_SAMPLES;
  }

  /** A ping of `rttMs` came back. */
  addRoundTrip(rttMs: number): void {
    if (!(rttMs >= 0)) return;
    this.rttMs = this.rttMs < 0 ? rttMs : this.rttMs + (rttMs - this.rttMs) * RTT_GAIN;
  }

  /** The snapshot of a tick arrived. Call once per frame, with the newest. */
  addArrival(nowMs: number, serverTick: number): void {
    const offsetMs = nowMs - serverTick * this.#tickMs;
    const deviationMs = offsetMs - this.#arrivalOffsetMs;
    if (Number.isNaN(deviationMs)) {
      this.#arrivalOffsetMs = offsetMs;
      return;
    }
    if (Math.abs(deviationMs) > RESYNC_MS) {
      this.#outliers += 1;
      if (this.#outliers < RESYNC_SAMPLES) return;
      this.#arrivalOffsetMs = offsetMs;
      this.#outliers = 0;
      return;
    }
    this.#outliers = 0;
    this.#arrivalOffsetMs += deviationMs * ARRIVAL_GAIN;
    this.jitterMs += (Math.abs(deviationMs) - this.jitterMs) * JITTER_GAIN;
  }

  /** Tick, with fraction, whose snapshot arrives at `nowMs`; 0 before the first one. */
  arrivingTick(nowMs: number): number {
    return this.synchronized ? (nowMs - this.#arrivalOffsetMs) / this.#tickMs : 0;
  }

  /** Round-trip time in ticks, with fraction; 0 while unknown. */
  get rttTicks(): number {
    return Math.max(this.rttMs, 0) / this.#tickMs;
  }

  /** Tick, with fraction, that the server runs at `nowMs`: half a round trip ahead of what arrives. */
  serverTick(nowMs: number): number {
    return this.arrivingTick(nowMs) + this.rttTicks / 2;
  }
}
