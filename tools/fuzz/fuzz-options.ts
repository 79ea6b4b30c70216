import { parseArgs } from "node:util";
import { TARGETS } from "./targets.ts";

export const FUZZ_USAGE = `npm run fuzz -- [TARGET] [--seconds 60] [--seed N] [--executions N] [--keep] [--input FILE]

  protocol      packets of every message type in both codecs, and sessions of the snapshot codec
  zone          baked zone files
  recording     recordings of sessions
  all           one after the other (this is what it does without a name)

  --seconds     how long each target is fuzzed
  --executions  inputs per target after which it ends earlier
  --seed        the same seed makes the same inputs; without, a random one, which is printed
  --keep        adds small inputs with a new signal to tests/fuzz/corpus
  --input       runs one file through the target's decoders and does nothing else
`;

export interface FuzzOptions {
  targets: string[];
  seconds: number;
  executions: number;
  seed: number;
  keep: boolean;
  /** Path of the one input to run, "" without. */
  input: string;
}

/** Reads the command line. Throws an error for people on what it does not understand. */
export function parseFuzzOptions(args: readonly string[], randomSeed: number): FuzzOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      seconds: { type: "string", default: "60" },
      executions: { type: "string", default: String(Number.MAX_SAFE_INTEGER) },
      seed: { type: "string", default: String(randomSeed) },
      keep: { type: "boolean", default: false },
      input: { type: "string", default: "" },
    },
  });
  if (positionals.length > 1) throw new RangeError(`expected one target, got ${positionals.join(" ")}`);
  const [name = "all"] = positionals;
  const known = Object.keys(TARGETS);
  if (name !== "all" && !known.includes(name)) {
    throw new RangeError(`target: expected ${known.join(", ")} or all, got "${name}"`);
  }
  return {
    targets: name === "all" ? known : [name],
    seconds: readNumber("seconds", values.seconds, 0.1, 86_400),
    executions: readNumber("executions", values.executions, 1, Number.MAX_SAFE_INTEGER),
    seed: readNumber("seed", values.seed, 0, 0xffff_ffff),
    keep: values.keep,
    input: values.input,
  };
}

function readNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= least && value <= most)) {
    throw new RangeError(`--${name}: expected a number from ${least} to ${most}, got "${text}"`);
  }
  return value;
}
