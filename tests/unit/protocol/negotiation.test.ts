import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Capability, OWN_CAPABILITIES, RESERVED_CAPABILITIES } from "../../../scripts/protocol/capability.ts";
import { codecInUse, featuresInUse, namedIn, negotiate } from "../../../scripts/protocol/negotiation.ts";
import { CAPABILITY_PATTERN } from "../../../scripts/protocol/wire-limits.ts";

const { legacy, sequenced, snapshotDelta, inputDelta } = Capability;
const everything = { protocolMinor: 3, capabilities: OWN_CAPABILITIES };
const peers = fc.record({
  protocolMinor: fc.integer({ min: 0, max: 9 }),
  capabilities: fc.subarray([...OWN_CAPABILITIES, ...RESERVED_CAPABILITIES, "later_v9"]),
});
const codecs = fc.constantFrom(legacy, sequenced);

describe("[P47] capabilities", () => {
  it("have names that the wire can carry, none of them reserved", () => {
    for (const name of [...OWN_CAPABILITIES, ...RESERVED_CAPABILITIES]) expect(name).toMatch(CAPABILITY_PATTERN);
    expect(OWN_CAPABILITIES).not.toEqual(expect.arrayContaining([expect.stringMatching(/minimap|combo/)]));
  });

  it("hold where both sides have them; names that are not known do not matter, nor does their order", () => {
    const client = { protocolMinor: 2, capabilities: ["later_v9", snapshotDelta, "combo_v1"] };
    expect(negotiate(sequenced, client, everything).capabilities).toEqual([sequenced, snapshotDelta]);
    expect(negotiate(sequenced, everything, { ...everything, capabilities: [] }).capabilities).toEqual([sequenced]);
  });

  it("are agreed on by any two peers without one that only one of them has", () => {
    fc.assert(
      fc.property(codecs, peers, peers, (codec, client, server) => {
        const { capabilities, protocolMinor } = negotiate(codec, client, server);
        expect(protocolMinor).toBe(Math.min(client.protocolMinor, server.protocolMinor));
        expect(capabilities).toContain(codec);
        for (const capability of capabilities) {
          if (capability === codec) continue;
          expect(client.capabilities).toContain(capability);
          expect(server.capabilities).toContain(capability);
        }
      }),
    );
  });
});

describe("[P48] what is in use", () => {
  it("always has a codec, only what was agreed, and nothing that needs what is not in use", () => {
    fc.assert(
      fc.property(codecs, peers, peers, fc.subarray([...OWN_CAPABILITIES]), (codec, client, server, allowed) => {
        const agreement = negotiate(codec, client, server);
        const inUse = featuresInUse(agreement, (capability) => allowed.includes(capability));
        expect(inUse).toContain(codecInUse(inUse));
        expect(agreement.capabilities).toEqual(expect.arrayContaining([...inUse]));
        if (codecInUse(inUse) === legacy) expect(inUse).not.toEqual(expect.arrayContaining([snapshotDelta]));
        for (const capability of inUse) {
          if (capability !== legacy && capability !== sequenced) expect(allowed).toContain(capability);
        }
      }),
    );
  });

  it("falls back to the old protocol when the new one is switched off, and stays with the new one where there is no old one", () => {
    const both = negotiate(sequenced, everything, everything);
    expect(featuresInUse(both, (c) => c !== sequenced)).toEqual([legacy, Capability.rejectReason, Capability.action]);
    const old = negotiate(sequenced, { protocolMinor: 1, capabilities: [snapshotDelta] }, everything);
    expect(featuresInUse(old, (c) => c !== sequenced)).toEqual([sequenced, snapshotDelta]);
    expect(featuresInUse(old, () => false)).toEqual([sequenced]);
  });
});

describe("[P48] a HelloAck", () => {
  it("names to each version what that version has", () => {
    expect(namedIn(0, [sequenced])).toEqual([]);
    expect(namedIn(1, [sequenced, snapshotDelta])).toEqual([snapshotDelta]);
    expect(namedIn(2, [legacy, sequenced, snapshotDelta, inputDelta])).toHaveLength(4);
  });
});
