import type { ThreadClock } from "./thread-clock.ts";

/** About a fifth of a millisecond. */
const ROUNDS = 150_000;

/** The same arithmetic each time, in registers alone: what its processor time varies by is the machine's doing, and no frame can vary by less. */
export class SteadyWork {
  readonly #clock: ThreadClock;
  readonly #us: number[] = [];
  /** What comes of it, so that it is not left out. */
  result = 0;

  constructor(clock: ThreadClock) {
    this.#clock = clock;
  }

  run(): void {
    const fromMs = this.#clock.nowMs();
    this.result = compute(this.result);
    this.#us.push((this.#clock.nowMs() - fromMs) * 1000);
  }

  /** What was measured so far. */
  forget(): void {
    this.#us.length = 0;
  }

  /** Microseconds that such a share of the runs stayed below. */
  quantiles(shares: readonly number[]): number[] {
    const sorted = [...this.#us].sort((a, b) => a - b);
    return shares.map((share) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN);
  }
}

function compute(from: number): number {
  let x = from | 0;
  for (let i = 0; i < ROUNDS; i += 1) x = (Math.imul(x, 1_103_515_245) + 12_345) | 0;
  return x;
}
