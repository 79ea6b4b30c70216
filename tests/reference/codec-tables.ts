import { readFileSync } from "node:fs";

type Nested = readonly (number | Nested)[];

interface Tables {
  /** By name, then by index: the probability with which a context begins. */
  bits: Readonly<Record<string, Nested>>;
  /** By name, then by index: 16 frequencies. */
  numbers: Readonly<Record<string, Nested>>;
}

/** The tables that belong to the specification, and nothing else. */
export const TABLES: Tables = JSON.parse(readFileSync("docs/snapshot-codec-tables.json", "utf8"));

/** What stands in a table under a name and indices. */
export function entry(table: Readonly<Record<string, Nested>>, name: string, indices: readonly number[]): unknown {
  let found: unknown = table[name];
  for (const index of indices) found = Array.isArray(found) ? found[index] : undefined;
  if (found === undefined) throw new Error(`the tables have no ${name}[${indices.join("][")}]`);
  return found;
}
