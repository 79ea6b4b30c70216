import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  COHORT_COUNT,
  COHORT_FEATURES,
  cohortFeatures,
  cohortLabel,
  cohortOf,
  labelFeatures,
  NEWCOMER_COHORT,
} from "../../../../scripts/protocol/metering/cohort.ts";

describe("cohortOf", () => {
  it("is the same for the same features in any order, with any names that are not known", () => {
    const features = fc.shuffledSubarray([...COHORT_FEATURES]);
    fc.assert(
      fc.property(features, fc.array(fc.string()), (names, strangers) => {
        const cohort = cohortOf([...names, ...strangers.map((name) => `x${name}`)]);
        expect(cohort).toBe(cohortOf(names.toReversed()));
        expect(cohort).toBeGreaterThan(NEWCOMER_COHORT);
        expect(cohort).toBeLessThan(COHORT_COUNT);
      }),
    );
  });

  it("differs where another feature than a codec differs", () => {
    fc.assert(
      fc.property(fc.subarray([...COHORT_FEATURES]), fc.constantFrom(...COHORT_FEATURES.slice(2)), (names, feature) => {
        const without = names.filter((name) => name !== feature);
        expect(cohortOf([...without, feature])).not.toBe(cohortOf(without));
      }),
    );
  });

  it("is in one codec: the sequenced one if that is in use, or if none is named", () => {
    expect(cohortFeatures(cohortOf(["protocol_v1"]))).toEqual(["protocol_v1"]);
    expect(cohortOf(["protocol_v1", "protocol_v2_seq"])).toBe(cohortOf(["protocol_v2_seq"]));
    expect(cohortOf([])).toBe(cohortOf(["protocol_v2_seq"]));
    expect(cohortOf(["snapshot_delta_v1"])).toBe(cohortOf(["protocol_v2_seq", "snapshot_delta_v1"]));
  });
});

describe("cohortLabel", () => {
  it("names the codec and then the features", () => {
    expect(cohortLabel(cohortOf(["snapshot_delta_v1", "protocol_v2_seq"]))).toBe("v2+snapshot_delta_v1");
    expect(cohortLabel(cohortOf(["protocol_v1"]))).toBe("v1");
    expect(cohortLabel(NEWCOMER_COHORT)).toBe("newcomer");
  });

  it("can be read again, also with features of another version", () => {
    for (let cohort = 0; cohort < COHORT_COUNT; cohort += 1) {
      expect(labelFeatures(cohortLabel(cohort))).toEqual(cohortFeatures(cohort));
    }
    expect(labelFeatures("v2+combo_v1")).toEqual(["protocol_v2_seq", "combo_v1"]);
  });
});
