import type { FeatureRule } from "./feature-rule.ts";
import { SUBJECT_LISTS } from "./feature-settings.ts";
import { BUCKETS_PER_PERCENT } from "./rollout-bucket.ts";

/** What is different between two rules of one feature, a few words each; empty when they decide the same for everybody. */
export function ruleChanges(before: FeatureRule, after: FeatureRule): string[] {
  const changes: string[] = [];
  const compare = (name: string, from: string, to: string): void => {
    if (from !== to) changes.push(`${name} ${from} -> ${to}`);
  };
  compare("listed", yesNo(before.listed), yesNo(after.listed));
  compare("killSwitch", yesNo(before.killedBy !== undefined), yesNo(after.killedBy !== undefined));
  compare("enabled", yesNo(before.enabled), yesNo(after.enabled));
  compare("rolloutPercent", percentOf(before), percentOf(after));
  for (const force of ["forceDisable", "forceEnable"] as const) {
    for (const list of SUBJECT_LISTS) {
      const added = missingIn(before[force][list], after[force][list]);
      const removed = missingIn(after[force][list], before[force][list]);
      if (added + removed > 0) changes.push(`${force}.${list} +${added} -${removed}`);
    }
  }
  return changes;
}

/** How many of `entries` are not in `list`. */
function missingIn(list: ReadonlySet<string>, entries: ReadonlySet<string>): number {
  let missing = 0;
  for (const entry of entries) if (!list.has(entry)) missing += 1;
  return missing;
}

function percentOf(rule: FeatureRule): string {
  return String(rule.rolloutBuckets / BUCKETS_PER_PERCENT);
}

function yesNo(value: boolean): string {
  return value ? "true" : "false";
}
