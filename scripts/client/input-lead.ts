/** Commands that wait on the server in the mean: enough that jitter and one lost packet seldom let it run dry, and 30 ms of delay at most. */
export const GOAL_TICKS = 1.85;
/** Share by which a report counts: half a second of them at 20 Hz. */
const GAIN = 0.1;
/** Stretch per command that waits too long or is missing. Slow enough that half a second of round trip lets nothing swing. */
const STRETCH_PER_TICK = 0.012;
export const MAX_STRETCH = 0.05;
/** What of that lasts is drift of one of the clocks: learned within some ten seconds, so that it does not cost half a tick of buffer per cent. */
const DRIFT_PER_REPORT = 0.0001;
const MAX_DRIFT = 0.03;
/** Commands of one packet: those come together at any frame rate. */
const PACKET_TICKS = 2;
const FRAME_GAIN = 0.05;
/** Commands above the goal, over all of the last quarter of a second, that are not worked off by slowing down: 133 ms. */
export const JUMP_TICKS = 8;
const JUMP_REPORTS = 5;
/** A report may be older than what was done about the last one by a round trip and so many ticks: for the next snapshot, and its way into a frame. */
const REPORT_DELAY_TICKS = 8;
/** Commands that are so late were held up by the network, not by jitter. */
const SURELY_LATE_TICKS = 20;
/** For so long after a silence, and a round trip, reports are asked whether it was one both ways. */
const EXCESS_TICKS = 20;
/** Per report: numbers shift when time was lost for good. */
const BEHIND_LEAK = 0.1;

/**
 * How far the client's ticks run ahead of the server's: so far that its commands arrive just in time, as the reports about the queue
 * there show. Time is stretched by up to 5 % either way. Only a queue that is 133 ms too long, as after a hole of the network
 * or of the server, is waited for instead.
 */
export class InputLead {
  #meanTicks = GOAL_TICKS;
  #goalTicks = GOAL_TICKS;
  #frameTicks = 1;
  /** Share by which the client's clock is slower than the server's. */
  #drift = 0;
  #lastAckTick = 0;
  #least = Number.POSITIVE_INFINITY;
  #reports = 0;
  #deafTicks = 0;
  #holdTicks = 0;
  #excessTicks = 0;
  #excessUntilTicks = 0;
  /** Ticks by which the numbers of commands are behind those of the server's ticks when all is on time: their least, lately. */
  #behindTicks = Number.POSITIVE_INFINITY;
  timeScale = 1;
  /** Times that the client waited for a long queue. */
  jumps = 0;

  /** Mean of the queue, by the reports, and what it should be. */
  get meanTicks(): number {
    return this.#meanTicks;
  }

  get goalTicks(): number {
    return this.#goalTicks;
  }

  /**
   * The server is heard after a silence that was `excessTicks` longer than it can make up for. When reports say that commands did not get
   * through either, so many have been given in vain: as many ticks are left out.
   */
  afterSilence(excessTicks: number, rttTicks: number): void {
    this.#excessTicks = excessTicks;
    this.#excessUntilTicks = Math.ceil(rttTicks) + EXCESS_TICKS;
  }

  /** Takes in a snapshot's report: `ticks` commands wait, the newest that ran is `ackTick`. */
  addServerBuffer(ticks: number, serverTick: number, ackTick: number, rttTicks: number): void {
    this.#behindTicks = Math.min(this.#behindTicks + BEHIND_LEAK, serverTick - ackTick);
    const held = serverTick - ackTick - this.#behindTicks >= SURELY_LATE_TICKS;
    if (held && this.#excessUntilTicks > 0) this.#hold(this.#excessTicks, rttTicks);
    // Commands wait and none runs: one before them is missing. That says nothing of how early they came.
    const waitsForGap = ticks > 0 && ackTick === this.#lastAckTick;
    this.#lastAckTick = ackTick;
    if (waitsForGap || this.#deafTicks > 0) return;
    this.#meanTicks += (ticks - this.#meanTicks) * GAIN;
    const late = this.#goalTicks - this.#meanTicks;
    this.#drift = Math.min(Math.max(this.#drift + late * DRIFT_PER_REPORT, -MAX_DRIFT), MAX_DRIFT);
    const stretch = late * STRETCH_PER_TICK + this.#drift;
    this.timeScale = 1 + Math.min(Math.max(stretch, -MAX_STRETCH), MAX_STRETCH);
    this.#least = Math.min(this.#least, ticks);
    this.#reports += 1;
    if (this.#reports < JUMP_REPORTS) return;
    if (this.#least > this.#goalTicks + JUMP_TICKS) this.#jump(rttTicks);
    this.#least = Number.POSITIVE_INFINITY;
    this.#reports = 0;
  }

  /** A frame ran so many ticks. The fewer frames, the more commands arrive at once, and have to wait. */
  addFrame(ticks: number): void {
    if (ticks === 0) return;
    this.#frameTicks += (ticks - this.#frameTicks) * FRAME_GAIN;
    this.#goalTicks = GOAL_TICKS + Math.max(0, this.#frameTicks - PACKET_TICKS) / 2;
  }

  /** Whether the tick that is due is to be left out. Call once per tick. */
  holds(): boolean {
    if (this.#deafTicks > 0) this.#deafTicks -= 1;
    if (this.#excessUntilTicks > 0) this.#excessUntilTicks -= 1;
    if (this.#holdTicks === 0) return false;
    this.#holdTicks -= 1;
    return true;
  }

  reset(): void {
    this.#meanTicks = GOAL_TICKS;
    this.#frameTicks = 1;
    this.#drift = 0;
    this.#goalTicks = GOAL_TICKS;
    this.#lastAckTick = 0;
    this.#least = Number.POSITIVE_INFINITY;
    this.#reports = 0;
    this.#deafTicks = 0;
    this.#holdTicks = 0;
    this.#excessUntilTicks = 0;
    this.#behindTicks = Number.POSITIVE_INFINITY;
    this.timeScale = 1;
  }

  #jump(rttTicks: number): void {
    this.#hold(Math.round(this.#least - this.#goalTicks), rttTicks);
  }

  #hold(ticks: number, rttTicks: number): void {
    this.#holdTicks = ticks;
    this.#excessUntilTicks = 0;
    this.#deafTicks = this.#holdTicks + Math.ceil(rttTicks) + REPORT_DELAY_TICKS;
    this.#meanTicks = this.#goalTicks;
    this.timeScale = 1 + this.#drift;
    this.jumps += 1;
  }
}
