// Gain of the round trip's filter, as in RFC 6298, and of the deviation of arrivals, as in RFC 3550.
const RTT_GAIN = 1 / 8;
const JITTER_GAIN = 1 / 16;
/** Arrivals among which the fastest counts, twice over: 0.8 s to 1.6 s at 20 Hz. */
const BUCKET_ARRIVALS = 16;
const MIN_BUCKET_MS = 600;
/** Later than this by the rhythm so far is not jitter but something new: a stall, a step of a clock, a server that restarted. */
const RESYNC_MS = 400;
/** So many arrivals in a row must agree on it. */
const RESYNC_SAMPLES = 3;
/** Lateness above this, and above so many times what is usual, says nothing of the next packets: it was a stall. */
const STALL_MS = 100;
const STALL_SPREADS = 2.5;
/** Share by which the server's time must run slower or faster than ours before that is called drift: below, it is jitter. */
const DRIFT_FLOOR = 0.05;
const MAX_DRIFT = 0.9;
/** The same between the few arrivals that are agreed to be something new. */
const SUDDEN_DRIFT_FLOOR = 0.25;
/** Snapshots whose shortest distance is taken for their rhythm. */
const RHYTHM_SNAPSHOTS = 8;
/** Share by which one snapshot counts in the loss: the last two hundred or so. */
const LOSS_GAIN = 1 / 200;
/** More missing in a row were no loss but a hole. */
const MAX_MISSING = 40;

/**
 * What the client knows about the server's time. Two questions: which tick does the server run now, and which tick's snapshot
 * arrives now. The second needs no round trip and is what remote entities are drawn by. It follows the fastest arrivals of the
 * last second, because delays only ever add (the minimum filter of RFC 5905); how much later the others are is the jitter. When the fastest ones
 * keep coming later, the server's clock runs slower than ours: that is drift, and is followed too. Times are the client's, milliseconds.
 */
export class ServerClock {
  readonly #tickMs: number;
  /** Client time at which the snapshot of tick 0 would have arrived by the fastest way. */
  #offsetMs = Number.NaN;
  /** Client time for which that holds; drift counts from there. */
  #offsetAtMs = 0;
  /** Fastest arrival of this bucket and of the one before, and when they came. */
  #bucketMs = Number.POSITIVE_INFINITY;
  #bucketAtMs = 0;
  #lastBucketMs = Number.POSITIVE_INFINITY;
  #lastBucketAtMs = 0;
  #arrivals = 0;
  #outliers = 0;
  #outlierMs = 0;
  #outlierAtMs = 0;
  readonly #gaps = new Float64Array(RHYTHM_SNAPSHOTS);
  #snapshots = 0;
  #newestTick = -1;
  /** Milliseconds by which snapshots come later per millisecond of our time; 0 unless it is a lot, below 1. */
  drift = 0;
  /** Smoothed round-trip time, -1 while unknown. */
  rttMs = -1;
  /** Mean lateness of arrivals behind the fastest, and their mean deviation from that. */
  latenessMs = 0;
  jitterMs = 0;
  /** Share of snapshots that did not come, or not in order, smoothed. */
  snapshotLoss = 0;
  /** Ticks from one snapshot to the next, as they come; losses do not count. 0 before the second. */
  snapshotTicks = 0;

  constructor(tickRateHz: number) {
    this.#tickMs = 1000 / tickRateHz;
  }

  get synchronized(): boolean {
    return !Number.isNaN(this.#offsetMs);
  }

  reset(): void {
    this.#offsetMs = Number.NaN;
    this.#outliers = 0;
    this.#snapshots = 0;
    this.#newestTick = -1;
    this.drift = 0;
    this.rttMs = -1;
    this.latenessMs = 0;
    this.jitterMs = 0;
    this.snapshotTicks = 0;
    this.snapshotLoss = 0;
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

  /** A snapshot newer than all before: its tick says how often they come. */
  addSnapshot(serverTick: number): void {
    if (this.#newestTick >= 0 && serverTick > this.#newestTick) {
      this.#gaps[this.#snapshots % RHYTHM_SNAPSHOTS] = serverTick - this.#newestTick;
      this.#snapshots += 1;
      const known = Math.min(this.#snapshots, RHYTHM_SNAPSHOTS);
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < known; i += 1) least = Math.min(least, this.#gaps[i] ?? least);
      this.snapshotTicks = least;
      const missing = Math.round((serverTick - this.#newestTick) / least) - 1;
      for (let i = Math.min(missing, MAX_MISSING); i > 0; i -= 1)
        this.snapshotLoss += (1 - this.snapshotLoss) * LOSS_GAIN;
      this.snapshotLoss -= this.snapshotLoss * LOSS_GAIN;
    }
    this.#newestTick = serverTick;
  }

  /** The snapshot of a tick arrived. Call once per frame, with the newest. */
  addArrival(nowMs: number, serverTick: number): void {
    const offsetMs = nowMs - serverTick * this.#tickMs;
    const lateMs = offsetMs - this.#offsetAt(nowMs);
    if (Number.isNaN(lateMs)) {
      this.#restart(nowMs, offsetMs);
      return;
    }
    if (Math.abs(lateMs) > RESYNC_MS) {
      this.#addOutlier(nowMs, offsetMs, lateMs);
      return;
    }
    if (this.#outliers >= RESYNC_SAMPLES) this.#restart(nowMs, offsetMs);
    this.#outliers = 0;
    this.#follow(nowMs, offsetMs);
    const late = Math.max(offsetMs - this.#offsetAt(nowMs), 0);
    if (late > Math.max(STALL_MS, STALL_SPREADS * (this.latenessMs + this.jitterMs))) return;
    this.latenessMs += (late - this.latenessMs) * JITTER_GAIN;
    this.jitterMs += (Math.abs(late - this.latenessMs) - this.jitterMs) * JITTER_GAIN;
  }

  /** Tick, with fraction, whose snapshot arrives at `nowMs` by the fastest way; 0 before the first one. */
  arrivingTick(nowMs: number): number {
    return this.synchronized ? (nowMs - this.#offsetAt(nowMs)) / this.#tickMs : 0;
  }

  /** Ticks of the server per tick of ours. */
  get rate(): number {
    return 1 - this.drift;
  }

  /** Round-trip time in ticks, with fraction; 0 while unknown. */
  get rttTicks(): number {
    return Math.max(this.rttMs, 0) / this.#tickMs;
  }

  /** Tick, with fraction, that the server runs at `nowMs`: half a round trip ahead of what arrives. */
  serverTick(nowMs: number): number {
    return this.arrivingTick(nowMs) + this.rttTicks / 2;
  }

  #offsetAt(nowMs: number): number {
    return this.#offsetMs + (nowMs - this.#offsetAtMs) * this.drift;
  }

  #addOutlier(nowMs: number, offsetMs: number, lateMs: number): void {
    this.#outliers += 1;
    if (this.#outliers === 1) {
      this.#outlierMs = offsetMs;
      this.#outlierAtMs = nowMs;
    }
    if (this.#outliers < RESYNC_SAMPLES && lateMs > 0) return;
    const later = (offsetMs - this.#outlierMs) / (nowMs - this.#outlierAtMs);
    this.#restart(nowMs, offsetMs);
    if (later > SUDDEN_DRIFT_FLOOR) this.drift = Math.min(later, MAX_DRIFT);
  }

  #restart(nowMs: number, offsetMs: number): void {
    this.#offsetMs = offsetMs;
    this.#offsetAtMs = nowMs;
    this.#bucketMs = offsetMs;
    this.#bucketAtMs = nowMs;
    this.#lastBucketMs = Number.POSITIVE_INFINITY;
    this.#arrivals = 0;
    this.#outliers = 0;
    this.drift = 0;
  }

  #follow(nowMs: number, offsetMs: number): void {
    if (offsetMs < this.#bucketMs) {
      this.#bucketMs = offsetMs;
      this.#bucketAtMs = nowMs;
    }
    this.#arrivals += 1;
    if (this.#arrivals >= BUCKET_ARRIVALS) this.#closeBucket(nowMs);
    else if (this.drift === 0) this.#anchor(nowMs, Math.min(this.#bucketMs, this.#lastBucketMs));
    else if (offsetMs < this.#offsetAt(nowMs)) this.#anchor(nowMs, offsetMs);
  }

  /** The bucket before the last is forgotten. How far the fastest of two in a row are apart shows the drift. */
  #closeBucket(nowMs: number): void {
    // Two that came close together say nothing but jitter.
    const apartMs = Math.max(this.#bucketAtMs - this.#lastBucketAtMs, MIN_BUCKET_MS);
    const later = (this.#bucketMs - this.#lastBucketMs) / apartMs;
    if (Number.isFinite(later))
      this.drift = Math.abs(later) < DRIFT_FLOOR ? 0 : Math.min(Math.max(later, -MAX_DRIFT), MAX_DRIFT);
    this.#anchor(nowMs, this.#bucketMs + (nowMs - this.#bucketAtMs) * this.drift);
    this.#lastBucketMs = this.#bucketMs;
    this.#lastBucketAtMs = this.#bucketAtMs;
    this.#bucketMs = Number.POSITIVE_INFINITY;
    this.#arrivals = 0;
  }

  #anchor(nowMs: number, offsetMs: number): void {
    this.#offsetMs = offsetMs;
    this.#offsetAtMs = nowMs;
  }
}
