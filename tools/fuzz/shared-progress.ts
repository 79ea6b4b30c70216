const COUNTERS = 6;
/** Longer inputs are cut in reports of hangs; no decoder's limit is above it. */
const MAX_REPORTED_BYTES = 131_072;
const Counter = { beats: 0, decoder: 1, inputBytes: 2, executions: 3, corpus: 4, signals: 5 } as const;

/** What a worker is doing, in memory that its watcher can read while the worker does not answer. */
export class SharedProgress {
  readonly buffer: SharedArrayBuffer;
  readonly #counters: Int32Array;
  readonly #input: Uint8Array;

  constructor(buffer = new SharedArrayBuffer(COUNTERS * 4 + MAX_REPORTED_BYTES)) {
    this.buffer = buffer;
    this.#counters = new Int32Array(buffer, 0, COUNTERS);
    this.#input = new Uint8Array(buffer, COUNTERS * 4);
  }

  /** The worker is about to decode this. */
  beginInput(decoderIndex: number, input: Uint8Array): void {
    const reported = input.subarray(0, MAX_REPORTED_BYTES);
    this.#input.set(reported);
    this.#counters[Counter.inputBytes] = reported.length;
    this.#counters[Counter.decoder] = decoderIndex;
    Atomics.add(this.#counters, Counter.beats, 1);
  }

  count(executions: number, corpus: number, signals: number): void {
    this.#counters[Counter.executions] = executions;
    this.#counters[Counter.corpus] = corpus;
    this.#counters[Counter.signals] = signals;
  }

  /** Changes with every input. */
  get beats(): number {
    return Atomics.load(this.#counters, Counter.beats);
  }

  get decoderIndex(): number {
    return this.#counters[Counter.decoder] ?? 0;
  }

  get executions(): number {
    return this.#counters[Counter.executions] ?? 0;
  }

  get corpus(): number {
    return this.#counters[Counter.corpus] ?? 0;
  }

  get signals(): number {
    return this.#counters[Counter.signals] ?? 0;
  }

  /** A copy of the input that is being decoded. */
  input(): Uint8Array {
    return this.#input.slice(0, this.#counters[Counter.inputBytes]);
  }
}
