import { FeatureFileError, readFeatureFile } from "./feature-file.ts";
import { FeatureFlags } from "./feature-flags.ts";
import { type Environment, readFeatureOverrides } from "./feature-overrides.ts";
import { readFeatureTable } from "./read-feature-table.ts";

export type OpenedFeatureFlags =
  | { ok: true; flags: FeatureFlags; text: string }
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
  return { ok: true, flags: new FeatureFlags(reading.table, overrides.overrides), text };
}
