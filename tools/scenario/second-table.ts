import type { InputWatch } from "./input-watch.ts";
import type { Participant } from "./participant.ts";
import type { RemoteWatch } from "./remote-watch.ts";

const COLUMNS = [
  "second",
  "corrections",
  "maxCorrMm",
  "given",
  "unrun",
  "unserved",
  "buffer",
  "inFlight",
  "rttMs",
  "jitterMs",
  "interpMs",
  "delayMs",
  "underruns",
  "freezeMs",
  "standMs",
] as const;

/** One line per simulated second: sums over all players, or means, of what happened in it. For people who look for a cause. */
export class SecondTable {
  readonly #participants: readonly Participant[];
  readonly #inputs: InputWatch;
  readonly #remotes: RemoteWatch;
  readonly #tell: (line: string) => void;
  #before: number[] = [];
  #delay = { sum: 0, count: 0 };

  constructor(
    participants: readonly Participant[],
    inputs: InputWatch,
    remotes: RemoteWatch,
    tell: (line: string) => void,
  ) {
    this.#participants = participants;
    this.#inputs = inputs;
    this.#remotes = remotes;
    this.#tell = tell;
    this.#before = this.#totals();
    tell(COLUMNS.map((column) => column.padStart(11)).join(""));
  }

  write(second: number): void {
    const totals = this.#totals();
    const grown = totals.map((total, index) => total - (this.#before[index] ?? 0));
    this.#before = totals;
    const [
      corrections = 0,
      underruns = 0,
      given = 0,
      executed = 0,
      playerTicks = 0,
      servedTicks = 0,
      bufferedTicks = 0,
    ] = grown;
    const { delays } = this.#remotes;
    const sum = delays.mean * delays.count;
    const delayMs = (sum - this.#delay.sum) / Math.max(delays.count - this.#delay.count, 1);
    this.#delay = { sum, count: delays.count };
    const values = [
      second,
      corrections,
      Math.max(...this.#telemetry("maxCorrectionMm")),
      given,
      given - executed,
      playerTicks - servedTicks,
      bufferedTicks / Math.max(playerTicks, 1),
      mean(this.#telemetry("commandsInFlight")),
      mean(this.#telemetry("rttMs")),
      mean(this.#telemetry("jitterMs")),
      mean(this.#telemetry("interpolationDelayMs")),
      delayMs,
      underruns,
      this.#remotes.longestFreezeMs,
      this.#remotes.longestStandMs,
    ];
    this.#tell(values.map((value) => String(Math.round(value * 100) / 100).padStart(11)).join(""));
  }

  #totals(): number[] {
    const { given, executed, playerTicks, servedTicks, bufferedTicks } = this.#inputs;
    const sum = (key: "corrections" | "underruns") => this.#telemetry(key).reduce((total, value) => total + value, 0);
    return [sum("corrections"), sum("underruns"), given, executed, playerTicks, servedTicks, bufferedTicks];
  }

  #telemetry(
    key:
      | "corrections"
      | "underruns"
      | "maxCorrectionMm"
      | "commandsInFlight"
      | "rttMs"
      | "jitterMs"
      | "interpolationDelayMs",
  ): number[] {
    return this.#participants.map(({ player }) => player.client.telemetry[key]);
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}
