import { type Capability, OWN_CAPABILITIES } from "../../scripts/protocol/capability.ts";

/** A feature file that allows everything but what is off; `halfOff` is off for about every second player. */
export function featureText(off: readonly Capability[], halfOff: readonly Capability[] = []): string {
  const entries = OWN_CAPABILITIES.map((feature) => {
    const rolloutPercent = halfOff.includes(feature) ? 50 : 100;
    return [feature, { enabled: !off.includes(feature), rolloutPercent }];
  });
  return `${JSON.stringify(Object.fromEntries(entries), undefined, 2)}\n`;
}
