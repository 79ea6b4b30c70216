import { Worker } from "node:worker_threads";
import type { FuzzOrder, FuzzResult } from "./fuzz-worker.ts";
import { SharedProgress } from "./shared-progress.ts";

const POLL_MS = 100;
const REPORT_EVERY_MS = 5_000;

export interface Hang {
  decoderIndex: number;
  input: Uint8Array;
}

export interface WatchedResult extends FuzzResult {
  hang: Hang | undefined;
}

export interface WatchOptions {
  /** Longest that one input may take, milliseconds; generous, since the machine may be busy. */
  patienceMs: number;
  onProgress?: (text: string) => void;
}

/**
 * Runs an order in a worker thread and watches it. A worker that stays with one input for longer than `patienceMs` is
 * terminated, and the result names the input. Rejects when the worker itself breaks.
 */
export function runWatched(
  worker: URL,
  order: Omit<FuzzOrder, "progress">,
  { patienceMs, onProgress = () => {} }: WatchOptions,
): Promise<WatchedResult> {
  const progress = new SharedProgress();
  const thread = new Worker(worker, { workerData: { ...order, progress: progress.buffer } satisfies FuzzOrder });
  const startMs = performance.now();
  return new Promise((resolve, reject) => {
    let beats = progress.beats;
    let beatMs = startMs;
    let reportMs = startMs;
    const poll = setInterval(() => {
      const nowMs = performance.now();
      const seconds = (nowMs - startMs) / 1000;
      if (progress.beats !== beats) {
        beats = progress.beats;
        beatMs = nowMs;
      } else if (nowMs - beatMs > patienceMs && beats > 0) {
        const { executions, corpus, signals, decoderIndex } = progress;
        const hang = { decoderIndex, input: progress.input() };
        end(() => resolve({ executions, seconds, corpus, signals, crashes: [], finds: [], retainedBytes: 0, hang }));
      }
      if (nowMs - reportMs > REPORT_EVERY_MS) {
        reportMs = nowMs;
        const { executions, corpus, signals } = progress;
        onProgress(`${seconds.toFixed(0)} s: ${executions} executions, ${corpus} inputs, ${signals} signals`);
      }
    }, POLL_MS);
    let ended = false;
    const end = (settle: () => void): void => {
      if (ended) return;
      ended = true;
      clearInterval(poll);
      thread.terminate().then(settle, settle);
    };
    thread.once("message", (result: FuzzResult) => end(() => resolve({ ...result, hang: undefined })));
    thread.once("error", (reason) => end(() => reject(reason)));
    thread.once("exit", (code) => end(() => reject(new Error(`the worker ended with ${code} and no result`))));
  });
}
