import { Capability, OWN_CAPABILITIES } from "../capability.ts";

/**
 * The set of features in use by a session as a number, so that sessions with and without a feature can be compared: bit i stands
 * for the i-th name of `COHORT_FEATURES`. Numbers hold within one process only; what goes out of it are labels.
 */
export type Cohort = number;

/** Every feature that tells cohorts apart, in the order of their bits: the closed set of `capability.ts`. */
export const COHORT_FEATURES: readonly string[] = OWN_CAPABILITIES;

/** Tables by cohort have as many places. */
export const COHORT_COUNT = 1 << COHORT_FEATURES.length;

/** Connections that have not said a valid Hello yet: nothing is in use. */
export const NEWCOMER_COHORT: Cohort = 0;

/**
 * The cohort of a session. A session is in one codec: with `protocol_v2_seq` in use `protocol_v1` does not count, and with neither,
 * as with clients of 1.0 and 1.1, who cannot name it, it is `protocol_v2_seq`. Names that are not known do not count.
 */
export function cohortOf(features: Iterable<string>): Cohort {
  let mask = 0;
  for (const feature of features) {
    const bit = COHORT_FEATURES.indexOf(feature);
    if (bit >= 0) mask |= 1 << bit;
  }
  const v1 = 1 << COHORT_FEATURES.indexOf(Capability.legacy);
  const v2 = 1 << COHORT_FEATURES.indexOf(Capability.sequenced);
  return (mask & v1) !== 0 && (mask & v2) === 0 ? mask : (mask | v2) & ~v1;
}

/** Names of the features of a cohort, in the order of their bits. */
export function cohortFeatures(cohort: Cohort): string[] {
  return COHORT_FEATURES.filter((_, bit) => (cohort & (1 << bit)) !== 0);
}

/** For people and for metrics: the codec, then the other features, such as "v2+snapshot_delta_v1"; "newcomer" before there is one. */
export function cohortLabel(cohort: Cohort): string {
  if (cohort === NEWCOMER_COHORT) return "newcomer";
  return cohortFeatures(cohort)
    .map((feature) => (feature === Capability.legacy ? "v1" : feature === Capability.sequenced ? "v2" : feature))
    .join("+");
}

/** The features that a label of `cohortLabel` names, also those that are not known here; none for newcomers. */
export function labelFeatures(label: string): string[] {
  if (label === cohortLabel(NEWCOMER_COHORT)) return [];
  return label.split("+").map((part) => {
    if (part === "v1") return Capability.legacy;
    return part === "v2" ? Capability.sequenced : part;
  });
}
