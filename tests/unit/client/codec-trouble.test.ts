import { describe, expect, it } from "vitest";
import { blamed, CodecTrouble } from "../../../scripts/client/codec-trouble.ts";
import { Capability } from "../../../scripts/protocol/capability.ts";

const { sequenced, snapshotDelta } = Capability;

/** How often trouble is called out while a packet of a capability is unreadable every `everyMs`. */
function callsIn(trouble: CodecTrouble, everyMs: number, forMs: number): number {
  let calls = 0;
  for (let nowMs = 0; nowMs < forMs; nowMs += everyMs) if (trouble.report(sequenced, nowMs)) calls += 1;
  return calls;
}

describe("CodecTrouble", () => {
  it("is called out when packets are unreadable one after the other, and not for each of them", () => {
    expect(callsIn(new CodecTrouble(), 50, 1_000)).toBe(1);
    expect(callsIn(new CodecTrouble(), 50, 12_000)).toBe(3);
  });

  it("is not called out for one now and then", () => {
    expect(callsIn(new CodecTrouble(), 1_500, 600_000)).toBe(0);
  });

  it("is counted for each capability by itself, and from the start after a change", () => {
    const trouble = new CodecTrouble();
    for (let i = 0; i < 5; i += 1) {
      expect(trouble.report(sequenced, i)).toBe(false);
      expect(trouble.report(snapshotDelta, i)).toBe(false);
    }
    trouble.reset();
    expect(trouble.report(sequenced, 6)).toBe(false);
  });
});

describe("blamed", () => {
  it("is what the packet belongs to, as long as that is in use", () => {
    expect(blamed(true, [sequenced, snapshotDelta])).toBe(snapshotDelta);
    expect(blamed(true, [sequenced])).toBe(sequenced);
    expect(blamed(false, [sequenced, snapshotDelta])).toBe(sequenced);
  });
});
