import { type Capability, OWN_CAPABILITIES } from "../../scripts/protocol/capability.ts";
import { FEATURE_SWITCH_WORDS, type FeatureSwitch, readFeatureSwitch } from "./feature-switch.ts";

/** What the environment says of one feature. */
export interface FeatureOverride {
  /** As it is written: `DARKAGES_FEATURE_PROTOCOL_V2_SEQ=25%`. */
  readonly source: string;
  readonly setting: FeatureSwitch;
}

export type FeatureOverrides = ReadonlyMap<Capability, FeatureOverride>;

export type Environment = Readonly<Record<string, string | undefined>>;

const PREFIX = "DARKAGES_FEATURE_";

/** Where the feature file is when nobody says, from the project's folder. */
export const DEFAULT_FEATURES_FILE = "config/features.json";

/** What the command line says wins over `DARKAGES_FEATURES_FILE`, and that over the default. An empty variable is as good as none. */
export function featuresFilePath(option: string | undefined, environment: Environment): string {
  return option ?? (environment.DARKAGES_FEATURES_FILE || DEFAULT_FEATURES_FILE);
}

export function overrideVariable(feature: Capability): string {
  return PREFIX + feature.toUpperCase();
}

/** Reads the variables `DARKAGES_FEATURE_*`. Every fault names its variable, what was expected and what came. */
export function readFeatureOverrides(
  environment: Environment,
): { ok: true; overrides: FeatureOverrides } | { ok: false; faults: string[] } {
  const overrides = new Map<Capability, FeatureOverride>();
  const faults: string[] = [];
  const features = new Map(OWN_CAPABILITIES.map((feature) => [overrideVariable(feature), feature]));
  for (const [variable, text = ""] of Object.entries(environment)) {
    if (!variable.startsWith(PREFIX) || text === "") continue;
    const feature = features.get(variable);
    if (feature === undefined) {
      faults.push(`${variable}: there is no such feature, expected one of ${[...features.keys()].join(", ")}`);
      continue;
    }
    const setting = readFeatureSwitch(text);
    if (setting === undefined)
      faults.push(`${variable}: expected ${FEATURE_SWITCH_WORDS}, got ${JSON.stringify(text)}`);
    else overrides.set(feature, { source: `${variable}=${text}`, setting });
  }
  return faults.length === 0 ? { ok: true, overrides } : { ok: false, faults };
}
