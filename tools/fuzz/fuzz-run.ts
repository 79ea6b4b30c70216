import { FuzzRandom } from "./fuzz-random.ts";
import { type FuzzedDecoder, shapeOf } from "./fuzzed-decoder.ts";
import { minimise } from "./minimise.ts";

/** Distinct faults after which a run has seen enough. */
export const MAX_CRASHES = 10;
const MAX_CORPUS_BYTES = 8 << 20;
const GENERATED_SHARE = 0.1;
const MAX_FIND_BYTES = 512;

export interface Crash {
  decoder: string;
  message: string;
  /** The smallest input found that shows it. */
  input: Uint8Array;
}

export interface Find {
  decoder: string;
  input: Uint8Array;
}

export interface FuzzRunOptions {
  decoders: readonly FuzzedDecoder[];
  seed: number;
  /** Inputs that were interesting before. Each goes to every decoder: they all take any bytes. */
  corpus?: readonly Uint8Array[];
  /** Called before an input goes to a decoder: who watches knows then what hangs. */
  onInput?: (decoderIndex: number, input: Uint8Array) => void;
}

interface Lane {
  readonly index: number;
  readonly decoder: FuzzedDecoder;
  readonly inputs: Uint8Array[];
  readonly signals: Set<string>;
}

/** Feeds decoders with mutated inputs, keeps those with a new signal, and collects what breaks a promise. */
export class FuzzRun {
  executions = 0;
  readonly crashes: Crash[] = [];
  /** Inputs that were found by mutation and gave a new signal. */
  readonly #finds: { lane: Lane; input: Uint8Array; signal: string }[] = [];
  readonly #lanes: Lane[];
  readonly #random: FuzzRandom;
  readonly #onInput: (decoderIndex: number, input: Uint8Array) => void;
  readonly #crashShapes = new Set<string>();
  #corpusBytes = 0;

  constructor({ decoders, seed, corpus = [], onInput = () => {} }: FuzzRunOptions) {
    this.#random = new FuzzRandom(seed);
    this.#onInput = onInput;
    this.#lanes = decoders.map((decoder, index) => ({ index, decoder, inputs: [], signals: new Set() }));
    for (const lane of this.#lanes) {
      for (const input of [...lane.decoder.seeds(), ...corpus]) {
        this.#execute(lane, input);
        lane.inputs.push(input);
      }
    }
    this.#finds.length = 0;
  }

  get corpus(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.inputs.length, 0);
  }

  get corpusBytes(): number {
    return this.#corpusBytes;
  }

  get signals(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.signals.size, 0);
  }

  /** Everything that was seen so far, each once per decoder. */
  *signalTexts(): Iterable<string> {
    for (const lane of this.#lanes) yield* lane.signals;
  }

  /** One input for one of the decoders. */
  step(): void {
    const random = this.#random;
    const lane = random.pick(this.#lanes);
    const base = random.chance(GENERATED_SHARE) ? lane.decoder.generate(random) : random.pick(lane.inputs);
    if (random.chance(0.02)) this.#execute(lane, base);
    else this.#execute(lane, lane.decoder.mutate(base, random.pick(lane.inputs), random));
  }

  /** What was found, each made as small as it gets without losing its signal. Large inputs, which would take long, are left out. */
  smallFinds(): Find[] {
    return this.#finds
      .filter(({ input }) => input.length <= MAX_FIND_BYTES)
      .map(({ lane, input, signal }) => {
        const shows = (candidate: Uint8Array) => this.#signalsOf(lane, candidate).includes(signal);
        return { decoder: lane.decoder.name, input: minimise(input, shows) };
      });
  }

  /** One given input for every decoder. */
  replay(input: Uint8Array): void {
    for (const lane of this.#lanes) this.#execute(lane, input);
  }

  #execute(lane: Lane, input: Uint8Array): void {
    this.executions += 1;
    let signals: string[];
    try {
      signals = this.#decode(lane, input);
    } catch (reason) {
      this.#addCrash(lane, input, describe(reason));
      return;
    }
    for (const signal of signals) {
      if (lane.signals.has(signal)) continue;
      lane.signals.add(signal);
      this.#keep(lane, input, signal);
    }
  }

  #decode(lane: Lane, input: Uint8Array): string[] {
    this.#onInput(lane.index, input);
    return lane.decoder.run(input);
  }

  #signalsOf(lane: Lane, input: Uint8Array): string[] {
    try {
      return this.#decode(lane, input);
    } catch {
      return [];
    }
  }

  #keep(lane: Lane, input: Uint8Array, signal: string): void {
    if (this.#corpusBytes + input.length > MAX_CORPUS_BYTES) return;
    this.#corpusBytes += input.length;
    lane.inputs.push(input);
    this.#finds.push({ lane, input, signal });
  }

  #addCrash(lane: Lane, input: Uint8Array, message: string): void {
    const shape = `${lane.decoder.name} ${shapeOf(message)}`;
    if (this.#crashShapes.has(shape)) return;
    this.#crashShapes.add(shape);
    const smallest = minimise(input, (candidate) => {
      try {
        this.#decode(lane, candidate);
        return false;
      } catch (reason) {
        return shapeOf(describe(reason)) === shapeOf(message);
      }
    });
    this.crashes.push({ decoder: lane.decoder.name, message, input: smallest });
  }
}

function describe(reason: unknown): string {
  return reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
}
