import type { DecodeError } from "../decode-error.ts";
import type { SnapshotError } from "../snapshot-codec/snapshot-error.ts";

/** Why something that came could not be used: the closed set of reasons that are counted. */
export type Refusal =
  | DecodeError
  /** The codec of differences could not read its packet. */
  | `snapshot_${SnapshotError}`
  /** The other side could not read what was sent, and said so: `FeatureProblem`. */
  | "feature_problem";

/** Every refusal with its place in tables. Exhaustive by type. */
const PLACES: Readonly<Record<Refusal, number>> = {
  too_short: 0,
  too_long: 1,
  bad_magic: 2,
  bad_version: 3,
  bad_flags: 4,
  bad_type: 5,
  bad_length: 6,
  bad_structure: 7,
  missing_field: 8,
  too_many: 9,
  string_too_long: 10,
  bad_utf8: 11,
  out_of_range: 12,
  snapshot_too_short: 13,
  snapshot_too_long: 14,
  snapshot_bad_length: 15,
  snapshot_out_of_range: 16,
  snapshot_stale: 17,
  snapshot_bad_number: 18,
  snapshot_unknown_baseline: 19,
  feature_problem: 20,
};

/** By place. */
export const REFUSALS = Object.keys(PLACES) as readonly Refusal[];

export function refusalPlace(refusal: Refusal): number {
  return PLACES[refusal];
}
