import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type Crash, type Find, FuzzRun, MAX_CRASHES } from "./fuzz-run.ts";
import type { FuzzedDecoder } from "./fuzzed-decoder.ts";
import { SharedProgress } from "./shared-progress.ts";

/** What a worker is asked to do; crosses the thread boundary. */
export interface FuzzOrder {
  target: string;
  seed: number;
  /** Ends the run, whichever comes first. */
  seconds: number;
  executions: number;
  /** Goes to the decoders first. */
  corpus: Uint8Array[];
  /** Whether to return what was found. */
  keep: boolean;
  /** If given, only these inputs are run. */
  replay?: Uint8Array[];
  progress: SharedArrayBuffer;
}

/** What came of it. */
export interface FuzzResult {
  executions: number;
  seconds: number;
  corpus: number;
  signals: number;
  crashes: Crash[];
  finds: Find[];
  /** Memory that was kept from a quarter of the run to its end, bytes. */
  retainedBytes: number;
}

/** Growth that is not a leak: code that was compiled, tables of signals. */
const ALLOWED_GROWTH_BYTES = 32 << 20;
const BATCH = 64;

/** The whole life of a worker: fuzzes as ordered until time, executions or patience run out. */
export function runFuzzOrder(order: FuzzOrder, decoders: readonly FuzzedDecoder[]): FuzzResult {
  const progress = new SharedProgress(order.progress);
  const { seed, corpus } = order;
  const startMs = performance.now();
  const run = new FuzzRun({ decoders, seed, corpus, onInput: (index, input) => progress.beginInput(index, input) });
  for (const input of order.replay ?? []) run.replay(input);
  const start = heapBytes();
  let middle = order.replay === undefined ? -1 : start;
  const done = () => (performance.now() - startMs) / 1000;
  while (order.replay === undefined && run.crashes.length < MAX_CRASHES) {
    const seconds = done();
    if (seconds >= order.seconds || run.executions >= order.executions) break;
    if (middle < 0 && (seconds >= order.seconds / 4 || run.executions >= order.executions / 4)) {
      middle = heapBytes() - run.corpusBytes;
    }
    for (let left = BATCH; left > 0; left--) run.step();
    progress.count(run.executions, run.corpus, run.signals);
  }
  const seconds = done();
  const retainedBytes = middle < 0 ? 0 : heapBytes() - run.corpusBytes - middle;
  const crashes = [...run.crashes];
  if (retainedBytes > ALLOWED_GROWTH_BYTES) {
    const message = `keeps memory: ${retainedBytes} bytes more than after a quarter of the run, ${ALLOWED_GROWTH_BYTES} are allowed`;
    crashes.push({ decoder: decoders.map(({ name }) => name).join("+"), message, input: new Uint8Array() });
  }
  const { executions, corpus: inputs, signals } = run;
  const finds = order.keep ? run.smallFinds() : [];
  return { executions, seconds, corpus: inputs, signals, crashes, finds, retainedBytes };
}

/** Bytes that this thread holds after everything unreachable has been collected. */
function heapBytes(): number {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") collect();
  const { used_heap_size, external_memory } = getHeapStatistics();
  return used_heap_size + external_memory;
}
