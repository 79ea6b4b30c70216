import { BitWriter } from "../../scripts/protocol/input-codec/bit-writer.ts";
import type { PrefixCode } from "../../scripts/protocol/input-codec/prefix-code.ts";

/** Writes like any writer and counts what it writes, code by code. */
export class CountingWriter extends BitWriter {
  readonly #weights = new Map<PrefixCode, number[]>();
  /** What one symbol counts. */
  weight = 1;

  override symbol(code: PrefixCode, symbol: number): void {
    const weights = this.weightsOf(code);
    weights[symbol] = (weights[symbol] ?? 0) + this.weight;
    super.symbol(code, symbol);
  }

  /** How often each symbol of the code was written, times its weight. */
  weightsOf(code: PrefixCode): number[] {
    let weights = this.#weights.get(code);
    if (weights === undefined) {
      weights = new Array<number>(code.symbols).fill(0);
      this.#weights.set(code, weights);
    }
    return weights;
  }
}
