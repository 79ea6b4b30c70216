import { OWN_CAPABILITIES } from "../../scripts/protocol/capability.ts";
import type { FeatureOverrides } from "../../server/features/feature-overrides.ts";
import { type FeatureRule, featureRule } from "../../server/features/feature-rule.ts";
import { type FeatureTable, SUBJECT_LISTS, type SubjectLists } from "../../server/features/feature-settings.ts";
import { BUCKETS_PER_PERCENT } from "../../server/features/rollout-bucket.ts";

/** What holds for each feature, a line for people each. */
export function featureLines(table: FeatureTable, overrides: FeatureOverrides): string[] {
  const width = Math.max(...OWN_CAPABILITIES.map((feature) => feature.length));
  return OWN_CAPABILITIES.map((feature) => {
    const settings = table.get(feature);
    const rule = featureRule(feature, settings, overrides.get(feature));
    const override = overrides.get(feature);
    const parts = [stateOf(rule), ...exceptions(rule), ...(override === undefined ? [] : [override.source])];
    const description = settings?.description ? ` - ${settings.description}` : "";
    return `  ${feature.padEnd(width)}  ${parts.join("; ")}${description}`;
  });
}

function stateOf(rule: FeatureRule): string {
  if (rule.killedBy !== undefined) return "killed";
  if (!rule.listed) return "unlisted";
  return rule.enabled ? `${(rule.rolloutBuckets / BUCKETS_PER_PERCENT).toFixed(2)} %`.padStart(8) : "off";
}

/** Lists count for nothing once the feature is killed. */
function exceptions(rule: FeatureRule): string[] {
  if (rule.killedBy !== undefined) return [];
  return [...counted("on for", rule.forceEnable), ...counted("off for", rule.forceDisable)];
}

function counted(words: string, lists: SubjectLists): string[] {
  const some = SUBJECT_LISTS.filter((list) => lists[list].size > 0);
  if (some.length === 0) return [];
  const counts = some.map((list) => `${lists[list].size} ${lists[list].size === 1 ? list.slice(0, -1) : list}`);
  return [`${words} ${counts.join(", ")}`];
}
