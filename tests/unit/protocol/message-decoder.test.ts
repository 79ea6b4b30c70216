import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isLegacyPacket } from "../../../scripts/protocol/legacy/legacy-decoder.ts";
import { MessageDecoder } from "../../../scripts/protocol/message-decoder.ts";
import { MessageEncoder } from "../../../scripts/protocol/message-encoder.ts";
import { MessageType } from "../../../scripts/protocol/messages.ts";
import { PacketDecoder } from "../../../scripts/protocol/packet-decoder.ts";
import { createPacketHeader } from "../../../scripts/protocol/packet-header.ts";
import { decodedMessage } from "../../../tools/schemas/decoded-message.ts";
import { readGoldenPackets } from "./frozen-packets.ts";

const decoder = new MessageDecoder();
const packets = new PacketDecoder();
const encoder = new MessageEncoder();
const header = { ...createPacketHeader(), sessionEpoch: 7, sequence: 9, ack: 3, ackBits: 5 };

describe("[P91] the first byte says which codec it is", () => {
  test("lists and maps of MessagePack are the one, everything else the other", () => {
    const legacy: number[] = [];
    for (let head = 0; head < 256; head++) {
      decoder.decode(Uint8Array.of(head, 0, 0, 0, 0, 0, 0, 0));
      expect(decoder.codec === "protocol_v1").toBe(isLegacyPacket(Uint8Array.of(head)));
      if (decoder.codec === "protocol_v1") legacy.push(head);
    }
    expect(legacy).toEqual([...Array.from({ length: 32 }, (_, i) => 0x80 + i), 0xdc, 0xdd, 0xde, 0xdf]);
    decoder.decode(new Uint8Array(0));
    expect(decoder.codec).toBe("protocol_v2_seq");
    expect(decoder.error).toBe("too_short");
  });

  test("packets of protocol_v2_seq are read as a PacketDecoder reads them", () => {
    for (const { name, bytes } of [...readGoldenPackets("1.0"), ...readGoldenPackets("1.1")]) {
      const type = decoder.decode(bytes);
      expect(type, name).toBe(packets.decode(bytes));
      expect(decoder.codec).toBe("protocol_v2_seq");
      if (type === 0) throw new Error(`${name}: ${decoder.detail}`);
      expect(decodedMessage(decoder, type)).toEqual(decodedMessage(packets, type));
      expect(decoder.header).toEqual(packets.header);
    }
  });

  test("any bytes are answered: taken, or refused with a reason, and as by a PacketDecoder where they are not MessagePack", () => {
    const bytes = fc.uint8Array({ maxLength: 40 });
    fc.assert(
      fc.property(bytes, fc.boolean(), (noise, list) => {
        if (list && noise.length > 0) noise[0] = 0x94;
        const type = decoder.decode(noise);
        expect(decoder.error === "").toBe(type !== 0);
        expect(decoder.detail === "").toBe(type !== 0);
        if (decoder.codec === "protocol_v1") return;
        expect(packets.decode(noise)).toBe(type);
        expect(decoder.detail).toBe(packets.detail);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("one decoder for a mixture of peers", () => {
  test("neither codec's error, header or codec outlives its packet", () => {
    const ping = { sentAtMs: 12 };
    const bad = { legacy: Uint8Array.of(0x90), sequenced: Uint8Array.of(0x44) };
    for (const [first, second] of [
      ["legacy", "sequenced"],
      ["sequenced", "legacy"],
      ["legacy", "legacy"],
    ] as const) {
      expect(decoder.decode(bad[first])).toBe(0);
      expect(decoder.error).not.toBe("");
      expect(decoder.decode(encoder[second].encodePing(header, ping))).toBe(MessageType.ping);
      expect([decoder.error, decoder.detail]).toEqual(["", ""]);
      expect(decoder.ping).toEqual(ping);
      expect(decoder.codec).toBe(second === "legacy" ? "protocol_v1" : "protocol_v2_seq");
      const { sequence, ack, ackBits } = second === "legacy" ? createPacketHeader() : header;
      expect(decoder.header).toMatchObject({ sessionEpoch: 7, sequence, ack, ackBits, type: MessageType.ping });
    }
  });
});
