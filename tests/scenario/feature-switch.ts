import type { Capability } from "../../scripts/protocol/capability.ts";
import type { FeatureGate, FeatureSubject } from "../../server/features/feature-gate.ts";

/** A gate for tests: allows all but what is off, to everybody or as a rule says. */
export class FeatureSwitch implements FeatureGate {
  revision = 1;
  #rule: (feature: Capability, subject: FeatureSubject) => boolean = () => true;

  allows(feature: Capability, subject: FeatureSubject): boolean {
    return this.#rule(feature, subject);
  }

  allow(rule: (feature: Capability, subject: FeatureSubject) => boolean): void {
    this.#rule = rule;
    this.revision += 1;
  }
}
