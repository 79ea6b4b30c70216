import type { FeatureExplanation } from "./feature-flags.ts";
import { ROLLOUT_BUCKETS } from "./rollout-bucket.ts";

/** The reason in words for operators, without the feature and whether it is on. */
export function explanationText(explanation: FeatureExplanation): string {
  switch (explanation.reason) {
    case "kill_switch":
      return explanation.source === "file" ? "killSwitch is true" : `killed by ${explanation.source}`;
    case "disabled_player":
      return `player "${explanation.player}" is in forceDisable.players`;
    case "disabled_zone":
      return `zone "${explanation.zone}" is in forceDisable.zones`;
    case "disabled_platform":
      return `platform "${explanation.platform}" is in forceDisable.platforms`;
    case "enabled_player":
      return `player "${explanation.player}" is in forceEnable.players`;
    case "enabled_zone":
      return `zone "${explanation.zone}" is in forceEnable.zones`;
    case "enabled_platform":
      return `platform "${explanation.platform}" is in forceEnable.platforms`;
    case "unlisted":
      return "not in the file";
    case "not_enabled":
      return explanation.source === "file" ? "enabled is false" : `by ${explanation.source}`;
    case "inside_rollout":
    case "outside_rollout": {
      const { bucket, rolloutBuckets, rolloutPercent, source } = explanation;
      const relation = explanation.reason === "inside_rollout" ? "<" : ">=";
      const by = source === "file" ? "rolloutPercent" : source;
      return `bucket ${bucket} of ${ROLLOUT_BUCKETS} ${relation} ${rolloutBuckets}: ${rolloutPercent.toFixed(2)} % by ${by}`;
    }
  }
}
