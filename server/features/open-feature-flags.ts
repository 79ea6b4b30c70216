import { FeatureFileError, readFeatureFile } from "./feature-file.ts";
import { FeatureFlags } from "./feature-flags.ts";
import { type Environment, type FeatureOverrides, readFeatureOverrides } from "./feature-overrides.ts";
import type { FeatureTable } from "./feature-settings.ts";
import { readFeatureTable } from "./read-feature-table.ts";

export type OpenedFeatureFlags =
  | { ok: true; flags: FeatureFlags; text: string; table: FeatureTable; overrides: FeatureOverrides }
  /** A line for each, with the file or the variable, the place in it, what was expected and what came. */
  | { ok: false; faults: string[] };

/** Reads a feature file and the variables `DARKAGES_FEATURE_*`, and tells all that is wrong with either. */
export function openFeatureFlags(path: string, environment: Environment): OpenedFeatureFlags {
  const overrides = readFeatureOverrides(environment);
  const faults = overrides.ok ? [] : [...overrides.faults];
  let text: string;
  try {
    text = readFeatureFile(path);
  } catch (error) {
    if (!(error instanceof FeatureFileError)) throw error;
    return { ok: false, faults: [...faults, `${path}: ${error.message}`] };
  }
  const reading = readFeatureTable(text);
  if (!reading.ok) faults.push(...reading.faults.map((fault) => `${path}: ${fault}`));
  if (!reading.ok || !overrides.ok) return { ok: false, faults };
  const { table } = reading;
  return { ok: true, flags: new FeatureFlags(table, overrides.overrides), text, table, overrides: overrides.overrides };
}
