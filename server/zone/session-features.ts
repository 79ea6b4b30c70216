import { Capability } from "../../scripts/protocol/capability.ts";
import { type Cohort, cohortOf } from "../../scripts/protocol/metering/cohort.ts";
import { type Agreement, type Codec, codecInUse, featuresInUse } from "../../scripts/protocol/negotiation.ts";
import type { FeatureGate, FeatureSubject } from "../features/feature-gate.ts";

/**
 * What one session uses: what both ends can do, less what the gate does not allow, less what has turned out not to work for this
 * player. Decides only about what is written: everything that was agreed on is read at any time.
 */
export class SessionFeatures {
  readonly agreement: Agreement;
  readonly #subject: FeatureSubject;
  readonly #gate: FeatureGate;
  readonly #givenUp = new Set<Capability>();
  #inUse: readonly Capability[];
  #codec: Codec;
  #differences: boolean;
  #combat: boolean;
  #cohort: Cohort;

  constructor(agreement: Agreement, subject: FeatureSubject, gate: FeatureGate) {
    this.agreement = agreement;
    this.#subject = subject;
    this.#gate = gate;
    this.#inUse = this.#decide();
    this.#codec = codecInUse(this.#inUse);
    this.#differences = this.#inUse.includes(Capability.snapshotDelta);
    this.#combat = this.#inUse.includes(Capability.combat);
    this.#cohort = cohortOf(this.#inUse);
  }

  get inUse(): readonly Capability[] {
    return this.#inUse;
  }

  /** How to write to the player. */
  get codec(): Codec {
    return this.#codec;
  }

  /** Whether snapshots go out as differences. */
  get differences(): boolean {
    return this.#differences;
  }

  /** Whether the combat family is spoken. */
  get combat(): boolean {
    return this.#combat;
  }

  /** What the session is counted under. */
  get cohort(): Cohort {
    return this.#cohort;
  }

  /** Asks the gate again. Returns whether something changed. */
  refresh(): boolean {
    const inUse = this.#decide();
    if (inUse.join() === this.#inUse.join()) return false;
    this.#inUse = inUse;
    this.#codec = codecInUse(inUse);
    this.#differences = inUse.includes(Capability.snapshotDelta);
    this.#combat = inUse.includes(Capability.combat);
    this.#cohort = cohortOf(inUse);
    return true;
  }

  /** It does not work here: not to be used any more as long as the session lasts, if anything else is left. Returns whether something changed. */
  giveUp(capability: Capability): boolean {
    this.#givenUp.add(capability);
    return this.refresh();
  }

  #decide(): readonly Capability[] {
    return featuresInUse(
      this.agreement,
      (capability) => !this.#givenUp.has(capability) && this.#gate.allows(capability, this.#subject),
    );
  }
}
