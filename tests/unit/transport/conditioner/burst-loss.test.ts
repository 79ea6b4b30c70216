import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BurstLoss } from "../../../../scripts/transport/conditioner/burst-loss.ts";
import { createSeededRandom } from "../../../../scripts/transport/conditioner/seeded-random.ts";

const PACKETS = 200_000;

/** What a long run over a channel loses: the share, and how long the bursts are. */
function measure(seed: number, lossRate: number, meanBurst: number): { share: number; burst: number } {
  const loss = new BurstLoss(createSeededRandom(seed));
  let lost = 0;
  let bursts = 0;
  let before = false;
  for (let packet = 0; packet < PACKETS; packet += 1) {
    const taken = loss.takesNext(lossRate, meanBurst);
    if (taken) lost += 1;
    if (taken && !before) bursts += 1;
    before = taken;
  }
  return { share: lost / PACKETS, burst: lost / Math.max(bursts, 1) };
}

describe("BurstLoss", () => {
  it.each([1, 2, 3])("loses 5 %% in bursts of 3 on the reference link (seed %d)", (seed) => {
    const { share, burst } = measure(seed, 0.05, 3);
    expect(share).toBeCloseTo(0.05, 2);
    expect(burst).toBeGreaterThan(2.85);
    expect(burst).toBeLessThan(3.15);
  });

  it("loses the share that is asked for, whatever the bursts", () => {
    const channels = fc.record({
      seed: fc.integer(),
      lossRate: fc.double({ min: 0.01, max: 0.95, noNaN: true }),
      meanBurst: fc.double({ min: 1, max: 20, noNaN: true }),
    });
    fc.assert(
      fc.property(channels, ({ seed, lossRate, meanBurst }) => {
        const { share, burst } = measure(seed, lossRate, meanBurst);
        const wanted = Math.max(meanBurst, lossRate / (1 - lossRate));
        // Six standard deviations of a mean over so many bursts: lengths are geometric, and so are the gaps.
        const tolerance = 6 / Math.sqrt((PACKETS * lossRate) / wanted);
        expect(Math.abs(burst / wanted - 1)).toBeLessThan(tolerance);
        expect(Math.abs(share / lossRate - 1)).toBeLessThan(2 * tolerance);
      }),
      { numRuns: 40 },
    );
  });

  it("has bursts of geometric length: those of one packet are as many as their mean says", () => {
    const loss = new BurstLoss(createSeededRandom(9));
    const lengths = new Map<number, number>();
    let length = 0;
    for (let packet = 0; packet < PACKETS; packet += 1) {
      if (loss.takesNext(0.05, 3)) length += 1;
      else if (length > 0) {
        lengths.set(length, (lengths.get(length) ?? 0) + 1);
        length = 0;
      }
    }
    const bursts = [...lengths.values()].reduce((sum, count) => sum + count, 0);
    expect((lengths.get(1) ?? 0) / bursts).toBeCloseTo(1 / 3, 1);
    expect((lengths.get(2) ?? 0) / bursts).toBeCloseTo(2 / 9, 1);
    expect(Math.max(...lengths.keys())).toBeGreaterThan(8);
  });

  it("loses nothing at 0 and everything at 1, also after it was otherwise", () => {
    const loss = new BurstLoss(createSeededRandom(1));
    const run = (lossRate: number) => Array.from({ length: 100 }, () => loss.takesNext(lossRate, 3));
    expect(run(1)).not.toContain(false);
    expect(run(0)).not.toContain(true);
  });
});
