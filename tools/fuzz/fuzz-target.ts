import { join } from "node:path";
import { keepInputs, readCorpus, writeInput } from "./corpus-files.ts";
import type { FuzzOptions } from "./fuzz-options.ts";
import { createDecoders } from "./targets.ts";
import { runWatched } from "./watched-run.ts";

/** One input takes microseconds; a busy machine or a collection of garbage never this long. */
const PATIENCE_MS = 10_000;

export interface FuzzReport {
  fuzz: string;
  seconds: number;
  seed: number;
  executions: number;
  executionsPerSecond: number;
  /** Inputs in memory at the end. */
  corpus: number;
  /** Different things that decoders did. */
  signals: number;
  crashes: number;
  hangs: number;
}

/** Fuzzes one target in a worker and tells people on `tell` what was found. `inputs`: run these and nothing else. */
export async function fuzzTarget(
  worker: URL,
  target: string,
  options: FuzzOptions,
  inputs: Uint8Array[] | undefined,
  tell: (line: string) => void,
): Promise<FuzzReport> {
  const { seed, seconds, executions, keep } = options;
  tell(`${target}: seed ${seed}`);
  const order = { target, seed, seconds, executions, keep, corpus: inputs === undefined ? readCorpus(target) : [] };
  const result = await runWatched(worker, inputs === undefined ? order : { ...order, replay: inputs }, {
    patienceMs: PATIENCE_MS,
    onProgress: (text) => tell(`${target}: ${text}`),
  });
  const faults = [...result.crashes];
  if (result.hang !== undefined) {
    const decoder = createDecoders(target)[result.hang.decoderIndex]?.name ?? target;
    faults.push({ decoder, message: `hangs: no end after ${PATIENCE_MS} ms`, input: result.hang.input });
  }
  for (const { decoder, message, input } of faults) {
    tell(`${target}: ${decoder}: ${message}`);
    tell(`  input of ${input.length} bytes: ${Buffer.from(input).toString("hex")}`);
    tell(`  again: npm run fuzz -- ${target} --input ${writeInput(join("out", "fuzz"), input)}`);
    tell(`  the whole run: npm run fuzz -- ${target} --seed ${seed} --seconds ${seconds}`);
  }
  if (keep) {
    const kept = keepInputs(
      target,
      result.finds.map(({ input }) => input),
    );
    tell(`${target}: kept ${kept} of ${result.finds.length} inputs with a new signal`);
  }
  return {
    fuzz: target,
    seconds: Number(result.seconds.toFixed(3)),
    seed,
    executions: result.executions,
    executionsPerSecond: Math.round(result.executions / result.seconds),
    corpus: result.corpus,
    signals: result.signals,
    crashes: result.crashes.length,
    hangs: result.hang === undefined ? 0 : 1,
  };
}
