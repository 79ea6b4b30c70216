import { describe, expect, it } from "vitest";
import { agreedCapabilities, Capability, OWN_CAPABILITIES } from "../../../scripts/protocol/capability.ts";
import { CAPABILITY_PATTERN } from "../../../scripts/protocol/wire-limits.ts";

describe("[P47] capabilities", () => {
  it("hold where both sides have them; names that are not known do not matter, nor does their order", () => {
    expect(agreedCapabilities(["later_v9", Capability.snapshotDelta, "other_v2"])).toEqual([Capability.snapshotDelta]);
    expect(agreedCapabilities(["later_v9"])).toEqual([]);
    expect(agreedCapabilities([Capability.snapshotDelta], [])).toEqual([]);
    expect(agreedCapabilities(undefined)).toEqual([]);
  });

  it("have names that the wire can carry", () => {
    for (const name of OWN_CAPABILITIES) expect(name).toMatch(CAPABILITY_PATTERN);
  });
});
