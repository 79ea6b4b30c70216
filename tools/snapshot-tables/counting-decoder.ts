import {
  BIT_CONTEXTS,
  FREQUENCY_BITS,
  LENGTH_SYMBOLS,
  NUMBER_CONTEXTS,
} from "../../scripts/protocol/snapshot-codec/contexts.ts";
import { RangeDecoder } from "../../scripts/protocol/snapshot-codec/range-decoder.ts";

/** No symbol gets less, so that every one can be written: 10 bits at most. */
const MIN_FREQUENCY = 4;
/** Contexts that are rarely seen stay close to even chances: so many observations of an even one are added. */
const PRIOR_BITS = 1.6;
const PRIOR_SYMBOLS = 8;
const HEX_LINE = 96;

/** Reads packets like any decoder and counts what it reads, context by context. */
export class CountingDecoder extends RangeDecoder {
  private readonly ones = new Float64Array(BIT_CONTEXTS);
  private readonly bits = new Float64Array(BIT_CONTEXTS);
  private readonly symbols = new Float64Array(NUMBER_CONTEXTS * LENGTH_SYMBOLS);

  override bit(context: number): 0 | 1 {
    const bit = super.bit(context);
    this.bits[context] = (this.bits[context] ?? 0) + 1;
    this.ones[context] = (this.ones[context] ?? 0) + bit;
    return bit;
  }

  override symbol(context: number): number {
    const symbol = super.symbol(context);
    const at = context * LENGTH_SYMBOLS + symbol;
    this.symbols[at] = (this.symbols[at] ?? 0) + 1;
    return symbol;
  }

  /** The counts as the text of `trained-tables.ts`. */
  writeTables(): string {
    return `// Counted over a recorded trace: written by \`node dist/tools/snapshot-tables/main.js\`, not by hand. Part of the wire format:
// changes only with the protocol's version. What the places mean is in \`contexts.ts\`.

/** Probability of a 0 in each bit context, of 256, two hexadecimal digits each. */
export const TRAINED_BITS = ${literal(this.bitLevels())};

/** Frequency of each length in each number context, of 4096, three hexadecimal digits each, 16 lengths a context. */
export const TRAINED_NUMBERS = ${literal(this.symbolFrequencies())};
`;
  }

  private bitLevels(): string {
    return Array.from(this.bits, (count, context) => {
      const zeros = count - (this.ones[context] ?? 0);
      const level = Math.round((256 * (zeros + PRIOR_BITS / 2)) / (count + PRIOR_BITS) - 0.5);
      return hex(Math.min(253, Math.max(2, level)), 2);
    }).join("");
  }

  private symbolFrequencies(): string {
    let text = "";
    for (let context = 0; context < NUMBER_CONTEXTS; context++) {
      const counts = this.symbols.subarray(context * LENGTH_SYMBOLS, (context + 1) * LENGTH_SYMBOLS);
      for (const frequency of frequencies(counts)) text += hex(frequency, 3);
    }
    return text;
  }
}

/** Counts scaled to the sum that the coder wants, none too small; what rounding leaves over goes to the largest. */
function frequencies(counts: Float64Array): number[] {
  const sum = counts.reduce((total, count) => total + count, 0) + PRIOR_SYMBOLS;
  const free = (1 << FREQUENCY_BITS) - MIN_FREQUENCY * LENGTH_SYMBOLS;
  const scaled = Array.from(counts, (count) => {
    return MIN_FREQUENCY + Math.floor((free * (count + PRIOR_SYMBOLS / LENGTH_SYMBOLS)) / sum);
  });
  const largest = scaled.indexOf(Math.max(...scaled));
  const rest = (1 << FREQUENCY_BITS) - scaled.reduce((total, frequency) => total + frequency, 0);
  scaled[largest] = (scaled[largest] ?? 0) + rest;
  return scaled;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}

function literal(text: string): string {
  const lines = text.match(new RegExp(`.{1,${HEX_LINE}}`, "g")) ?? [];
  return `[\n${lines.map((line) => `  "${line}",`).join("\n")}\n].join("")`;
}
