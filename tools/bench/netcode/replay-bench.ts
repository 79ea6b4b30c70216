import type { Zone } from "../../../scripts/simulation/zone-file.ts";
import { measureInterpolation } from "./measure-interpolation.ts";
import { measureReplay, REPLAY_TICKS } from "./measure-replay.ts";

/** A machine that does other things as well spoils single passes. */
const PASSES = 5;

/** The pass whose slowest hundredth is the median one. */
function medianPass<Figures extends { p99Ms: number }>(measure: () => Figures): Figures {
  const passes = Array.from({ length: PASSES }, measure).sort((a, b) => a.p99Ms - b.p99Ms);
  const median = passes[PASSES >> 1];
  if (median === undefined) throw new Error("expected a pass");
  return median;
}

/** Runs the benchmark of the client's two hot loops where it is called, and returns its JSON line. */
export function runReplayBench(zone: Zone, where: "godot" | "node"): string {
  const replay = medianPass(() => measureReplay(zone));
  const interpolation = medianPass(measureInterpolation);
  const digits = (value: number, count: number) => Number(value.toFixed(count));
  return JSON.stringify({
    bench: "replay",
    where,
    ticks: REPLAY_TICKS,
    p50Ms: digits(replay.p50Ms, 4),
    p99Ms: digits(replay.p99Ms, 4),
    meanTicks: digits(replay.meanTicks, 1),
    interpolate1000Ms: digits(interpolation.p50Ms, 4),
    interpolate1000P99Ms: digits(interpolation.p99Ms, 4),
    allocBytes: digits(replay.allocBytes + interpolation.allocBytes, 1),
  });
}
