import { collectGarbage } from "../../soak/memory/collect-garbage.ts";

/** A minute: everything has found its size by then. */
const SETTLED_TICKS = 60 * 60;
const BYTES_PER_MB = 1024 * 1024;

/** What a fight has of memory, after the collector ran, when it has gone on for a minute and at its end. */
export class FightMemory {
  /** NaN before it was looked at, and in fights of less than two minutes. */
  minuteMb = Number.NaN;
  endMb = Number.NaN;
  readonly #ticks: number;

  /** `ticks`: how long it will be. */
  constructor(ticks: number) {
    this.#ticks = ticks;
  }

  look(tick: number): void {
    if (this.#ticks < 2 * SETTLED_TICKS) return;
    if (tick === SETTLED_TICKS) this.minuteMb = liveMb();
    if (tick === this.#ticks) this.endMb = liveMb();
  }

  get grownMb(): number {
    return this.endMb - this.minuteMb;
  }
}

/** Objects of the heap, and the buffers of typed arrays, which are not in it. */
function liveMb(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / BYTES_PER_MB;
}
