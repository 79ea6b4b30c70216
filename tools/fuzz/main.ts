import { readFileSync } from "node:fs";
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { readCommandLine } from "../command-line/read-command-line.ts";
import { FUZZ_USAGE, type FuzzOptions, parseFuzzOptions } from "./fuzz-options.ts";
import { fuzzTarget } from "./fuzz-target.ts";
import { type FuzzOrder, runFuzzOrder } from "./fuzz-worker.ts";
import { createDecoders } from "./targets.ts";

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

/** Throws when the file cannot be read. */
function readInput({ input }: FuzzOptions): Uint8Array[] | undefined {
  return input === "" ? undefined : [Uint8Array.from(readFileSync(input))];
}

async function fuzz(options: FuzzOptions, inputs: Uint8Array[] | undefined): Promise<void> {
  for (const target of options.targets) {
    const report = await fuzzTarget(new URL(import.meta.url), target, options, inputs, tell);
    process.stdout.write(`${JSON.stringify(report)}\n`);
    if (report.crashes + report.hangs > 0) process.exitCode = 1;
  }
}

// This file is the worker, too: it is the one whose place is known in the bundle.
if (!isMainThread) {
  const order: FuzzOrder = workerData;
  parentPort?.postMessage(runFuzzOrder(order, createDecoders(order.target)));
} else {
  const order = readCommandLine(FUZZ_USAGE, (args) => {
    const options = parseFuzzOptions(args, Math.floor(Math.random() * 2 ** 32));
    return { options, inputs: readInput(options) };
  });
  if (order !== undefined) await fuzz(order.options, order.inputs);
}
