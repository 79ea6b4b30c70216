import { Capability, OWN_CAPABILITIES } from "../../scripts/protocol/capability.ts";
import { featuresInUse } from "../../scripts/protocol/negotiation.ts";
import { PROTOCOL_MINOR } from "../../scripts/protocol/protocol-version.ts";
import { explanationText } from "../../server/features/explanation-text.ts";
import type { FeatureExplanation, FeatureFlags } from "../../server/features/feature-flags.ts";
import type { FeatureSubject } from "../../server/features/feature-gate.ts";

export type ExplainedFeature = FeatureExplanation & {
  /** Whether a client that offers everything, in packets, would be spoken to so. */
  readonly used: boolean;
  /** Features that are off and without which this one is not used though it is on. */
  readonly missing: readonly Capability[];
};

/** Every feature for one player, in the order of the closed set. */
export function explainPlayer(flags: FeatureFlags, subject: FeatureSubject): ExplainedFeature[] {
  const agreement = {
    protocolMinor: PROTOCOL_MINOR,
    capabilities: OWN_CAPABILITIES,
    codec: Capability.sequenced,
  };
  const inUse = (allows: (feature: Capability) => boolean) => featuresInUse(agreement, allows);
  const allowed = (feature: Capability): boolean => flags.allows(feature, subject);
  const used = inUse(allowed);
  return OWN_CAPABILITIES.map((feature) => ({
    ...flags.explain(feature, subject),
    used: used.includes(feature),
    missing:
      used.includes(feature) || !allowed(feature)
        ? []
        : OWN_CAPABILITIES.filter((other) => inUse((one) => one === other || allowed(one)).includes(feature)),
  }));
}

/** The same as lines for people. */
export function explainedLines(explained: readonly ExplainedFeature[]): string[] {
  const width = Math.max(...explained.map(({ feature }) => feature.length));
  return explained.map((one) => {
    const state = one.allowed ? "on " : "off";
    return `  ${one.feature.padEnd(width)}  ${state}  ${explanationText(one)}${unlike(one)}`;
  });
}

function unlike({ allowed, used, missing }: ExplainedFeature): string {
  if (allowed === used) return "";
  return allowed ? `; not used without ${missing.join(" or ")}` : "; used all the same, because no other codec is on";
}
