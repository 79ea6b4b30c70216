import { WASI } from "node:wasi";

/** Of the clocks of WASI: processor time of the calling thread. */
const THREAD_CPU_CLOCK = 3;
const PRECISION_NS = 1n;
const TIME_AT = 0;
/** Handed over as a list: in a plain call V8's best compiler takes the precision for a number, and throws its code away whenever it runs. */
const READING = [THREAD_CPU_CLOCK, PRECISION_NS, TIME_AT] as const;
/** A module of WebAssembly with nothing in it but one page of memory, exported as "memory". */
const MEMORY_MODULE = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x05, 0x03, 0x01, 0x00, 0x01],
  ...[0x07, 0x0a, 0x01, 0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02, 0x00],
]);

/** As much of the global `WebAssembly` as is used here: its own typings come with those of browsers. */
interface WasmGlobal {
  readonly WebAssembly: {
    readonly Module: new (bytes: Uint8Array) => object;
    readonly Instance: new (
      module: object,
    ) => { readonly exports: { readonly memory: { readonly buffer: ArrayBuffer } } };
  };
}

type ReadClock = (clock: number, precision: bigint, at: number) => number;

/**
 * Processor time of the thread that reads it: unlike the time of day it stands still while others have the processor. Node's own figure for a thread
 * moves in steps of the scheduler, milliseconds; the system's clock, which WASI hands through, in nanoseconds.
 */
export class ThreadClock {
  readonly #words: Uint32Array;
  readonly #read: ReadClock;

  constructor() {
    const wasi = new WASI({ version: "preview1" });
    const { Instance, Module } = (globalThis as unknown as WasmGlobal).WebAssembly;
    const instance = new Instance(new Module(MEMORY_MODULE));
    wasi.initialize(instance);
    this.#words = new Uint32Array(instance.exports.memory.buffer);
    this.#read = wasi.wasiImport.clock_time_get as ReadClock;
  }

  /** Milliseconds, with fraction. */
  nowMs(): number {
    const fault = Reflect.apply(this.#read, undefined, READING);
    if (fault !== 0)
      throw new Error(`expected the system to have a clock of the thread, WASI answered with error ${fault}`);
    return ((this.#words[1] ?? 0) * 2 ** 32 + (this.#words[0] ?? 0)) / 1e6;
  }
}
