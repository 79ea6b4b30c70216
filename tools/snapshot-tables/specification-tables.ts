import {
  BIT_CONTEXTS,
  Context,
  LENGTH_SYMBOLS,
  NUMBER_CONTEXTS,
  NumberContext,
} from "../../scripts/protocol/snapshot-codec/contexts.ts";
import { TRAINED_BITS, TRAINED_NUMBERS } from "../../scripts/protocol/snapshot-codec/trained-tables.ts";

/** Where the specification keeps the tables. */
export const SPECIFICATION_TABLES = "docs/snapshot-codec-tables.json";

/** How the contexts of one name are told apart, outermost first; others are a plain list, or a single one. */
const ROWS: Readonly<Record<string, number>> = { animation: 8, x: 3, z: 5, y: 5 };

type Nested = readonly (number | Nested)[];

/** The codec's tables by name and index, as docs/snapshot-codec.md speaks of them. Text of a JSON file. */
export function specificationTables(): string {
  const bits = byName(Context, BIT_CONTEXTS, probability);
  const numbers = byName(NumberContext, NUMBER_CONTEXTS, frequencies);
  return `{\n  "bits": ${print(bits)},\n  "numbers": ${print(numbers)}\n}\n`;
}

/** Of 4096, in the middle of the 256th that the codec keeps. */
function probability(context: number): number {
  return Number.parseInt(TRAINED_BITS.slice(2 * context, 2 * context + 2), 16) * 16 + 8;
}

function frequencies(context: number): Nested {
  return Array.from({ length: LENGTH_SYMBOLS }, (_, symbol) => {
    const at = 3 * (context * LENGTH_SYMBOLS + symbol);
    return Number.parseInt(TRAINED_NUMBERS.slice(at, at + 3), 16);
  });
}

function byName(
  contexts: Readonly<Record<string, number>>,
  end: number,
  value: (context: number) => number | Nested,
): Map<string, Nested> {
  const names = Object.keys(contexts);
  return new Map(
    names.map((name, place) => {
      const first = contexts[name] ?? 0;
      const next = contexts[names[place + 1] ?? ""] ?? end;
      const list = Array.from({ length: next - first }, (_, index) => value(first + index));
      const row = ROWS[name];
      return [name, row === undefined ? list : inRows(list, row)];
    }),
  );
}

function inRows(list: Nested, row: number): Nested {
  return Array.from({ length: list.length / row }, (_, index) => list.slice(index * row, (index + 1) * row));
}

function print(tables: ReadonlyMap<string, Nested>): string {
  const lines = Array.from(tables, ([name, values]) => `    "${name}": ${printList(values, "    ")}`);
  return `{\n${lines.join(",\n")}\n  }`;
}

/** A list of lists takes a line for each, as the formatter has it. */
function printList(values: Nested, indent: string): string {
  const items = values.map((value) => (typeof value === "number" ? `${value}` : printList(value, `${indent}  `)));
  if (values.length === 1 || typeof values[0] === "number") return `[${items.join(", ")}]`;
  return `[\n${indent}  ${items.join(`,\n${indent}  `)}\n${indent}]`;
}
