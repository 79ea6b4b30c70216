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
/** What a server can still make up for when nothing got through for a while: its time bank. */
export const SERVER_BANK_TICKS = 30;
/** More commands than may be unanswered, so that it is known of each that a report names what was left out before it. */
const NOTED_COMMANDS = 256;
/** For so long after a silence, and a round trip, reports are asked whether it was one both ways. */
const EXCESS_TICKS = 20;

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
  /** Ticks that were left out in the last silence and for it, and the server's tick at its end. */
  #leftOutTicks = 0;
  #heardTick = 0;
  #excessUntilTicks = 0;
  /** Ticks ever left out, and how many of them before each of the newest commands: by so many its number is behind without being late. */
  #leftOutEver = 0;
  readonly #leftOutBefore = new Float64Array(NOTED_COMMANDS);
  #newestTick = 0;
  /** Ticks by which the numbers of commands are behind those of the server's ticks when all is on time and nothing is left out. */
  #behindTicks = Number.POSITIVE_INFINITY;
  #lastBehindTicks = 0;
  /** By how much more they were in the newest report: what has not run though it was due; and the tick since which it has. */
  #lateTicks = 0;
  #ranDryTick = 0;
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
   * The server, now at `serverTick`, is heard after a silence in which `leftOutTicks` were left out already. If its reports show that it did
   * not hear us either, what was held back comes to it now, as it comes to us. What it cannot make up for by then is left out
   * here, too, so that no queue is left.
   */
  afterSilence(leftOutTicks: number, serverTick: number, rttTicks: number): void {
    this.#leftOutTicks = leftOutTicks;
    this.#heardTick = serverTick;
    this.#excessUntilTicks = Math.ceil(rttTicks) + EXCESS_TICKS;
    this.#leaveOutLost(rttTicks);
  }

  /** Takes in a snapshot's report: `ticks` commands wait, the newest that ran is `ackTick`. */
  addServerBuffer(ticks: number, serverTick: number, ackTick: number, rttTicks: number): void {
    this.#noteLateness(ticks, serverTick, serverTick - ackTick - this.#leftOutBeforeCommand(ackTick));
    if (this.#excessUntilTicks > 0) this.#leaveOutLost(rttTicks);
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

  /** The command of a tick is given. */
  give(tick: number): void {
    this.#newestTick = tick;
    this.#leftOutBefore[tick % NOTED_COMMANDS] = this.#leftOutEver;
  }

  /** A tick that was due is left out, by `holds` or for another reason: all later commands are numbered one further behind. */
  leaveOut(): void {
    this.#leftOutEver += 1;
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
    this.#leftOutEver = 0;
    this.#leftOutBefore.fill(0);
    this.#newestTick = 0;
    this.#behindTicks = Number.POSITIVE_INFINITY;
    this.#lastBehindTicks = 0;
    this.#lateTicks = 0;
    this.timeScale = 1;
  }

  #leftOutBeforeCommand(tick: number): number {
    const known = tick <= this.#newestTick && tick > this.#newestTick - NOTED_COMMANDS;
    return known ? (this.#leftOutBefore[tick % NOTED_COMMANDS] ?? 0) : 0;
  }

  #noteLateness(waiting: number, serverTick: number, behindTicks: number): void {
    // One command ran per tick though more waited: none is late.
    const onTime = waiting > 0 && behindTicks === this.#lastBehindTicks;
    const catchesUp = behindTicks < this.#lastBehindTicks;
    this.#lastBehindTicks = behindTicks;
    this.#behindTicks = onTime ? behindTicks : Math.min(this.#behindTicks, behindTicks);
    this.#lateTicks = behindTicks - this.#behindTicks;
    // While it catches up it is less late than it was, which says nothing of when that began.
    if (!catchesUp) this.#ranDryTick = serverTick - this.#lateTicks;
  }

  /** Leaves out what the server has lost for good, or will have when it is heard again, when its newest report shows so. */
  #leaveOutLost(rttTicks: number): void {
    if (this.#lateTicks < SURELY_LATE_TICKS) return;
    const silentTicks = Math.max(this.#lateTicks, this.#heardTick - this.#ranDryTick);
    const ticks = Math.round(silentTicks - SERVER_BANK_TICKS - this.#leftOutTicks);
    if (ticks <= 0) return;
    this.#leftOutTicks += ticks;
    this.#hold(ticks, rttTicks);
  }

  #jump(rttTicks: number): void {
    this.#hold(Math.round(this.#least - this.#goalTicks), rttTicks);
  }

  #hold(ticks: number, rttTicks: number): void {
    this.#holdTicks += ticks;
    this.#deafTicks = this.#holdTicks + Math.ceil(rttTicks) + REPORT_DELAY_TICKS;
    this.#meanTicks = this.#goalTicks;
    this.timeScale = 1 + this.#drift;
    this.jumps += 1;
  }
}
