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

  /**
   * Whether the next packet is lost. `lossRate` 0 to 1; `meanBurst` packets, at least 1. The share comes first: where it cannot be
   * reached with bursts so short, they are longer.
   */
  takesNext(lossRate: number, meanBurst: number): boolean {
    if (lossRate <= 0 || lossRate >= 1) {
      this.#bad = lossRate >= 1;
      return this.#bad;
    }
    const passedPerLost = (1 - lossRate) / lossRate;
    const leaves = Math.min(1 / meanBurst, passedPerLost);
    this.#bad = this.#bad ? this.#random() >= leaves : this.#random() < leaves / passedPerLost;
    return this.#bad;
  }

  /**
   * Whether a packet is lost that goes out when any burst of now is long over, as one that is sent again after a round trip: by `lossRate` alone.
   * The state of the channel is that of the packets in a row, and stays.
   */
  takesLater(lossRate: number): boolean {
    return this.#random() < lossRate;
  }
}
