const RUNS = 9;

/**
 * Heap bytes that one call of `work` takes once warm, over `rounds` calls: the least of a few runs, because the first ones still compile, and other
 * things happen on the same heap.
 */
export function measureAllocation(rounds: number, work: (round: number) => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS; run += 1) {
    const before = process.memoryUsage().heapUsed;
    for (let round = 0; round < rounds; round += 1) work(round);
    const grown = process.memoryUsage().heapUsed - before;
    if (grown >= 0) least = Math.min(least, grown / rounds);
  }
  // Infinite when the collector ran in each of them, which is to say that a lot was allocated.
  return least;
}
