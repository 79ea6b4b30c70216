import type { RandomSource } from "./seeded-random.ts";

/**
 * Loss that comes in bursts: Gilbert's channel (Gilbert 1960; Elliott 1963), a chain of a good state, in which every packet
 * passes, and a bad one, in which none does. A burst is left with probability 1 / `meanBurst` after each packet, so its length
 * is geometric with that mean; a burst is entered just often enough to lose the share `lossRate` of all packets.
 */
export class BurstLoss {
  readonly #random: RandomSource;
  #bad = false;

  constructor(random: RandomSource) {
    this.#random = random;
  }

  /** Whether the next packet is lost. `lossRate` 0 to 1; `meanBurst` packets, at least 1. */
  takesNext(lossRate: number, meanBurst: number): boolean {
    if (lossRate <= 0) this.#bad = false;
    else if (lossRate >= 1) this.#bad = true;
    else if (this.#bad) this.#bad = this.#random() >= 1 / meanBurst;
    // More than the bursts' length allows is as much as it allows: every packet after a burst begins another one.
    else this.#bad = this.#random() < lossRate / (meanBurst * (1 - lossRate));
    return this.#bad;
  }
}
