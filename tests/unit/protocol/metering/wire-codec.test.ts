import { encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codecOf, WireCodec } from "../../../../scripts/protocol/metering/wire-codec.ts";
import { PacketEncoder } from "../../../../scripts/protocol/packet-encoder.ts";
import { createPacketHeader } from "../../../../scripts/protocol/packet-header.ts";

describe("codecOf", () => {
  it("takes every MessagePack array and map for v1", () => {
    const content = fc.oneof(
      fc.array(fc.nat(), { maxLength: 100 }),
      fc.dictionary(fc.string(), fc.nat(), { maxKeys: 40 }),
    );
    fc.assert(
      fc.property(content, (value) => {
        expect(codecOf(encode(value))).toBe(WireCodec.v1);
      }),
    );
    expect(codecOf(encode(new Array(70_000).fill(0)))).toBe(WireCodec.v1);
  });

  it("takes packets with a header for v2, and what is neither", () => {
    expect(codecOf(new PacketEncoder().encodePing(createPacketHeader(), { sentAtMs: 1 }))).toBe(WireCodec.v2);
    expect(codecOf(new Uint8Array(0))).toBe(WireCodec.v2);
    expect(codecOf(encode("text"))).toBe(WireCodec.v2);
    expect(codecOf(encode(7))).toBe(WireCodec.v2);
  });
});
