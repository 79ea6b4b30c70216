import type { FuzzRandom } from "./fuzz-random.ts";

/** One decoder as the fuzzer sees it. `run` must depend on nothing but its bytes, so that an input alone shows a fault again. */
export interface FuzzedDecoder {
  readonly name: string;
  /** Valid inputs to start from. */
  seeds(): Uint8Array[];
  /** A new valid input. */
  generate(random: FuzzRandom): Uint8Array;
  /** A damaged copy of `bytes`, perhaps with parts of `other`. */
  mutate(bytes: Uint8Array, other: Uint8Array, random: FuzzRandom): Uint8Array;
  /**
   * Decodes and holds the decoder to all its promises: throws when one is broken. Returns signals, texts that say what the
   * decoder did with the input: one that was not seen before makes an input worth keeping.
   */
  run(bytes: Uint8Array): string[];
}

/** A detail without what differs from input to input. */
export function shapeOf(detail: string): string {
  return detail
    .replace(/, got .*$/su, "")
    .replace(/\b[0-9a-f]{16}\b/gu, "#")
    .replace(/-?\d+(\.\d+)?(e[+-]?\d+)?/gu, "#");
}

/** A count as its order of magnitude, so that each power of two is a signal and each number is not. */
export function magnitude(count: number): number {
  return 32 - Math.clz32(count);
}
