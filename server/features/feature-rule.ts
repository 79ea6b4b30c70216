import type { Capability } from "../../scripts/protocol/capability.ts";
import type { FeatureSubject } from "./feature-gate.ts";
import type { FeatureOverride } from "./feature-overrides.ts";
import { DEFAULT_SETTINGS, type FeatureSettings, type SubjectLists } from "./feature-settings.ts";
import { BUCKETS_PER_PERCENT, rolloutBucket, rolloutSeed } from "./rollout-bucket.ts";

/** Where a setting comes from: the feature file, or a variable as `NAME=value`. */
export type SettingSource = "file" | (string & {});

/** File and environment together, ready to decide by. */
export interface FeatureRule {
  /** Whether anything speaks of the feature. */
  readonly listed: boolean;
  /** Who has pulled the kill switch. */
  readonly killedBy: SettingSource | undefined;
  readonly forceDisable: SubjectLists;
  readonly forceEnable: SubjectLists;
  readonly enabled: boolean;
  /** Players in a bucket below this one have the feature: 0 to 10,000. */
  readonly rolloutBuckets: number;
  /** Of `enabled` and `rolloutBuckets`. */
  readonly source: SettingSource;
  readonly seed: number;
}

/** Why a feature is on or off for somebody; in the order in which it is looked at. */
export type FeatureReason =
  | "kill_switch"
  | "disabled_player"
  | "disabled_zone"
  | "disabled_platform"
  | "enabled_player"
  | "enabled_zone"
  | "enabled_platform"
  | "unlisted"
  | "not_enabled"
  | "inside_rollout"
  | "outside_rollout";

/**
 * An override takes the place of `enabled` and `rolloutPercent`; the lists of the file go on counting. A kill switch counts
 * wherever it is pulled: what is to stop at once must not go on because of a variable that somebody forgot.
 */
export function featureRule(
  feature: Capability,
  settings: FeatureSettings | undefined,
  override: FeatureOverride | undefined,
): FeatureRule {
  const file = settings ?? DEFAULT_SETTINGS;
  const setting = override?.setting;
  const kill = setting?.kind === "kill" ? override?.source : undefined;
  const overridden = setting !== undefined && setting.kind !== "kill";
  const percent = setting?.kind === "percent" ? setting.percent : file.rolloutPercent;
  return {
    listed: settings !== undefined || override !== undefined,
    killedBy: kill ?? (file.killSwitch ? "file" : undefined),
    forceDisable: file.forceDisable,
    forceEnable: file.forceEnable,
    enabled: overridden ? setting.kind === "percent" : file.enabled,
    rolloutBuckets: Math.round(percent * BUCKETS_PER_PERCENT),
    source: overridden ? (override?.source ?? "file") : "file",
    seed: rolloutSeed(feature),
  };
}

/** The one place where it is decided. Allocates nothing. */
export function decideFeature(rule: FeatureRule, subject: FeatureSubject): FeatureReason {
  if (rule.killedBy !== undefined) return "kill_switch";
  if (rule.forceDisable.players.has(subject.playerKey)) return "disabled_player";
  if (rule.forceDisable.zones.has(subject.zone)) return "disabled_zone";
  if (rule.forceDisable.platforms.has(subject.platform)) return "disabled_platform";
  if (rule.forceEnable.players.has(subject.playerKey)) return "enabled_player";
  if (rule.forceEnable.zones.has(subject.zone)) return "enabled_zone";
  if (rule.forceEnable.platforms.has(subject.platform)) return "enabled_platform";
  if (!rule.listed) return "unlisted";
  if (!rule.enabled) return "not_enabled";
  return rolloutBucket(rule.seed, subject.playerKey) < rule.rolloutBuckets ? "inside_rollout" : "outside_rollout";
}

/** Whether the feature is on for that reason. */
export function isOnReason(reason: FeatureReason): boolean {
  switch (reason) {
    case "enabled_player":
    case "enabled_zone":
    case "enabled_platform":
    case "inside_rollout":
      return true;
    case "kill_switch":
    case "disabled_player":
    case "disabled_zone":
    case "disabled_platform":
    case "unlisted":
    case "not_enabled":
    case "outside_rollout":
      return false;
  }
}
