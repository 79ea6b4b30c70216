/** Plays residents: their commands of the next tick, handed in before it. */
export interface ResidentPlay {
  play(serverTick: number): void;
}
