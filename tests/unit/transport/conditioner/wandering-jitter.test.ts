import { describe, expect, it } from "vitest";
import { createSeededRandom } from "../../../../scripts/transport/conditioner/seeded-random.ts";
import { WanderingJitter } from "../../../../scripts/transport/conditioner/wandering-jitter.ts";

/** Values at every `stepMs`. */
function run(seed: number, stepMs: number, correlationMs: number, count: number): number[] {
  const jitter = new WanderingJitter(createSeededRandom(seed));
  return Array.from({ length: count }, (_, index) => jitter.at(index * stepMs, correlationMs));
}

function correlation(values: readonly number[], lag: number): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let together = 0;
  let alone = 0;
  for (let index = 0; index + lag < values.length; index += 1) {
    together += ((values[index] ?? 0) - mean) * ((values[index + lag] ?? 0) - mean);
    alone += ((values[index] ?? 0) - mean) ** 2;
  }
  return together / alone;
}

describe("WanderingJitter", () => {
  it("is spread evenly from -1 to 1", () => {
    const values = run(1, 500, 50, 50_000).sort((a, b) => a - b);
    expect(values[0]).toBeGreaterThanOrEqual(-1);
    expect(values.at(-1)).toBeLessThanOrEqual(1);
    for (const share of [0.1, 0.25, 0.5, 0.75, 0.9]) {
      expect(Math.abs((values[Math.floor(share * values.length)] ?? 0) - (2 * share - 1)), `at ${share}`).toBeLessThan(
        0.03,
      );
    }
  });

  it("resembles itself for its correlation time, and not much longer", () => {
    const values = run(2, 10, 100, 200_000);
    expect(correlation(values, 1)).toBeGreaterThan(0.85);
    expect(Math.abs(correlation(values, 10) - Math.exp(-1))).toBeLessThan(0.05);
    expect(Math.abs(correlation(values, 60))).toBeLessThan(0.05);
  });

  it("knows nothing of the moment before without a correlation time", () => {
    expect(Math.abs(correlation(run(3, 1, 0, 50_000), 1))).toBeLessThan(0.02);
  });

  it("is the same at the same moment", () => {
    const jitter = new WanderingJitter(createSeededRandom(4));
    expect(jitter.at(100, 50)).toBe(jitter.at(100, 50));
  });
});
