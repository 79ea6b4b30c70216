import { describe, expect, test } from "vitest";
import { MessageType } from "../../../scripts/protocol/messages.ts";
import { PacketDecoder } from "../../../scripts/protocol/packet-decoder.ts";
import { PacketEncoder } from "../../../scripts/protocol/packet-encoder.ts";
import { createPacketHeader, HEADER_BYTES, type PacketHeader } from "../../../scripts/protocol/packet-header.ts";
import { MAX_PACKET_BYTES } from "../../../scripts/protocol/wire-limits.ts";

const encoder = new PacketEncoder();

function ping(header: Partial<PacketHeader> = {}): Uint8Array {
  return encoder.encodePing({ ...createPacketHeader(), ...header }, { sentAtMs: 7 }).slice();
}

function refusal(bytes: Uint8Array): { error: string; detail: string } {
  const decoder = new PacketDecoder();
  expect(decoder.decode(bytes)).toBe(0);
  return { error: decoder.error, detail: decoder.detail };
}

function changed(at: number, value: number): Uint8Array {
  const bytes = ping();
  bytes[at] = value;
  return bytes;
}

describe("packet header", () => {
  test("[P10] lies in the bytes as it is drawn", () => {
    const bytes = ping({ sessionEpoch: 0x0102, sequence: 0x0304, ack: 0x0506, ackBits: 0x0708_090a });
    const body = bytes.length - HEADER_BYTES;
    expect(Array.from(bytes.subarray(0, HEADER_BYTES))).toEqual([
      ...Buffer.from("DARK"),
      ...[1, 0, 6, 0],
      ...[body, 0, 0x02, 0x01],
      ...[0x04, 0x03, 0x06, 0x05],
      ...[0x0a, 0x09, 0x08, 0x07],
    ]);
  });

  test("[P21] what is wrong with it is said, with what was expected and what came", () => {
    expect(refusal(new Uint8Array(0))).toMatchObject({ error: "too_short", detail: expect.stringContaining("got 0") });
    expect(refusal(ping().subarray(0, 19)).error).toBe("too_short");
    expect(refusal(new Uint8Array(MAX_PACKET_BYTES + 1))).toMatchObject({
      error: "too_long",
      detail: "packet: expected at most 65536 bytes, got 65537",
    });
    expect(refusal(changed(3, 0x21)).error).toBe("bad_magic");
    expect(refusal(changed(4, 2))).toMatchObject({
      error: "bad_version",
      detail: "protocol version: expected 1.x, got 2.0",
    });
    expect(refusal(changed(6, 0)).error).toBe("bad_type");
    expect(refusal(changed(6, 25))).toMatchObject({
      error: "bad_type",
      detail: "message type: expected 1 to 24, got 25",
    });
    expect(refusal(changed(8, 0)).error).toBe("bad_length");
    const extended = new Uint8Array(ping().length + 1);
    extended.set(ping());
    expect(refusal(extended).error).toBe("bad_length");
  });

  test("[P13] flags 4 to 7 are refused, flags 0 to 3 ignored", () => {
    for (const flag of [0x10, 0x20, 0x40, 0x80]) expect(refusal(changed(7, flag)).error).toBe("bad_flags");
    expect(new PacketDecoder().decode(changed(7, 0x0f))).toBe(MessageType.ping);
  });

  test("[P40] any minor version of the same major is taken", () => {
    const decoder = new PacketDecoder();
    expect(decoder.decode(changed(5, 200))).toBe(MessageType.ping);
    expect(decoder.header).toMatchObject({ versionMajor: 1, versionMinor: 200 });
  });

  test("[P42] a Hello of another major version is recognised, whatever follows its first eight bytes", () => {
    const decoder = new PacketDecoder();
    const bytes = Uint8Array.from([...Buffer.from("DARK"), 3, 4, MessageType.hello, 0xff]);
    expect(decoder.decode(bytes)).toBe(0);
    expect(decoder.error).toBe("bad_version");
    expect(decoder.header).toMatchObject({ type: MessageType.hello, versionMajor: 3, versionMinor: 4 });
  });

  test("an error leaves nothing of the packet before in the header", () => {
    const decoder = new PacketDecoder();
    decoder.decode(ping({ sessionEpoch: 9, sequence: 9, ack: 9, ackBits: 9 }));
    decoder.decode(changed(0, 0));
    expect(decoder.header).toEqual(createPacketHeader());
  });

  test("[P3] the writer refuses fields that do not fit", () => {
    for (const wrong of [
      { sequence: 65_536 },
      { ack: -1 },
      { sessionEpoch: 1.5 },
      { ackBits: -1 },
      { ackBits: Number.NaN },
    ]) {
      expect(() => ping(wrong), JSON.stringify(wrong)).toThrow(RangeError);
    }
  });
});
