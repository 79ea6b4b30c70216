import { measureReloads } from "./measure-reloads.ts";
import type { ReloadBenchOptions } from "./reload-options.ts";

/** From saving a file to the running game, as a JSON line. */
export async function runReloadBench(options: ReloadBenchOptions): Promise<string> {
  const { leafMs, sharedMs, errorMs } = await measureReloads(options);
  return JSON.stringify({
    bench: "reload",
    saves: options.saves,
    ...summary("leaf", leafMs),
    ...summary("shared", sharedMs),
    ...summary("error", errorMs),
  });
}

function summary(name: string, valuesMs: readonly number[]): Record<string, number> {
  process.stderr.write(`${name}: ${valuesMs.map(Math.round).join(" ")} ms\n`);
  const sorted = [...valuesMs].sort((a, b) => a - b);
  return {
    [`${name}P50Ms`]: Math.round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN),
    [`${name}MaxMs`]: Math.round(sorted.at(-1) ?? Number.NaN),
  };
}
