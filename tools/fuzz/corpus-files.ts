import { createHash } from "node:crypto";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join("tests", "fuzz", "corpus");
/** The corpus is committed, so each run adds only so much. */
const MAX_KEPT_BYTES = 4_096;

/** The inputs that were kept for a target, in the order of their names. */
export function readCorpus(target: string): Uint8Array[] {
  return globSync(join(FOLDER, target, "*.bin"))
    .sort()
    .map((file) => Uint8Array.from(readFileSync(file)));
}

/** Adds inputs of all lengths, 4 KiB at most together, named by their content. Returns how many there were. */
export function keepInputs(target: string, inputs: readonly Uint8Array[]): number {
  const total = inputs.reduce((sum, input) => sum + input.length, 0);
  const every = Math.max(1, Math.ceil(total / MAX_KEPT_BYTES));
  const sorted = inputs.toSorted((first, second) => first.length - second.length);
  const kept = sorted.filter((_, index) => index % every === 0);
  for (const input of kept) writeInput(join(FOLDER, target), input);
  return kept.length;
}

/** Writes an input into a folder under a name by its content, and returns its path. */
export function writeInput(folder: string, input: Uint8Array): string {
  mkdirSync(folder, { recursive: true });
  const name = createHash("sha256").update(input).digest("hex").slice(0, 16);
  const path = join(folder, `${name}.bin`);
  writeFileSync(path, input);
  return path;
}
