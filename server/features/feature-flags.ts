import { type Capability, OWN_CAPABILITIES } from "../../scripts/protocol/capability.ts";
import type { FeatureGate, FeatureSubject } from "./feature-gate.ts";
import type { FeatureOverrides } from "./feature-overrides.ts";
import { decideFeature, type FeatureReason, type FeatureRule, featureRule, isOnReason } from "./feature-rule.ts";
import type { FeatureTable } from "./feature-settings.ts";
import { BUCKETS_PER_PERCENT, rolloutBucket } from "./rollout-bucket.ts";
import { ruleChanges } from "./rule-changes.ts";

/** Why a feature is on or off for somebody, with the numbers that it was decided by. */
export type FeatureExplanation = { readonly feature: Capability; readonly allowed: boolean } & (
  | { readonly reason: "kill_switch" | "not_enabled"; readonly source: string }
  | { readonly reason: "disabled_player" | "enabled_player"; readonly player: string }
  | { readonly reason: "disabled_zone" | "enabled_zone"; readonly zone: string }
  | { readonly reason: "disabled_platform" | "enabled_platform"; readonly platform: string }
  | { readonly reason: "unlisted" }
  | {
      readonly reason: "inside_rollout" | "outside_rollout";
      /** 0 to 9999. */
      readonly bucket: number;
      /** The buckets below this number have the feature. */
      readonly rolloutBuckets: number;
      readonly rolloutPercent: number;
      readonly source: string;
    }
);

/** What the feature file and the environment allow to whom. Knows no file and no clock: who reads the file hands it in. */
export class FeatureFlags implements FeatureGate {
  readonly #overrides: FeatureOverrides;
  readonly #rules = new Map<Capability, FeatureRule>();
  #revision = 1;

  constructor(table: FeatureTable, overrides: FeatureOverrides = new Map()) {
    this.#overrides = overrides;
    for (const feature of OWN_CAPABILITIES) {
      this.#rules.set(feature, featureRule(feature, table.get(feature), overrides.get(feature)));
    }
  }

  /** From 1. */
  get revision(): number {
    return this.#revision;
  }

  /**
   * Takes another table in place of the one before; the overrides stay. Returns what has changed in effect, a line for each
   * feature, for the log. The revision rises when there is any.
   */
  replace(table: FeatureTable): string[] {
    const changes: string[] = [];
    for (const [feature, before] of this.#rules) {
      const rule = featureRule(feature, table.get(feature), this.#overrides.get(feature));
      const changed = ruleChanges(before, rule);
      if (changed.length === 0) continue;
      changes.push(`${feature}: ${changed.join(", ")}`);
      this.#rules.set(feature, rule);
    }
    if (changes.length > 0) this.#revision += 1;
    return changes;
  }

  allows(feature: Capability, subject: FeatureSubject): boolean {
    const rule = this.#rules.get(feature);
    return rule !== undefined && isOnReason(decideFeature(rule, subject));
  }

  explain(feature: Capability, subject: FeatureSubject): FeatureExplanation {
    const rule = this.#rules.get(feature);
    if (rule === undefined) return { feature, allowed: false, reason: "unlisted" };
    const reason = decideFeature(rule, subject);
    return { feature, allowed: isOnReason(reason), ...withNumbers(reason, rule, subject) };
  }
}

type Omitted<T> = T extends unknown ? Omit<T, "feature" | "allowed"> : never;

function withNumbers(reason: FeatureReason, rule: FeatureRule, subject: FeatureSubject): Omitted<FeatureExplanation> {
  switch (reason) {
    case "kill_switch":
      return { reason, source: rule.killedBy ?? "file" };
    case "not_enabled":
      return { reason, source: rule.source };
    case "disabled_player":
    case "enabled_player":
      return { reason, player: subject.playerKey };
    case "disabled_zone":
    case "enabled_zone":
      return { reason, zone: subject.zone };
    case "disabled_platform":
    case "enabled_platform":
      return { reason, platform: subject.platform };
    case "unlisted":
      return { reason };
    case "inside_rollout":
    case "outside_rollout":
      return {
        reason,
        bucket: rolloutBucket(rule.seed, subject.playerKey),
        rolloutBuckets: rule.rolloutBuckets,
        rolloutPercent: rule.rolloutBuckets / BUCKETS_PER_PERCENT,
        source: rule.source,
      };
  }
}
