import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Capability } from "../../../scripts/protocol/capability.ts";
import { MessageDecoder } from "../../../scripts/protocol/message-decoder.ts";
import { MessageEncoder } from "../../../scripts/protocol/message-encoder.ts";
import { PacketDecoder } from "../../../scripts/protocol/packet-decoder.ts";
import { PacketEncoder } from "../../../scripts/protocol/packet-encoder.ts";
import { HEADER_BYTES } from "../../../scripts/protocol/packet-header.ts";
import { SnapshotReceiver } from "../../../scripts/protocol/snapshot-codec/snapshot-receiver.ts";
import { decodedMessage, encodeDecoded } from "../../../tools/schemas/decoded-message.ts";
import { GOLDEN_PACKETS } from "../../../tools/schemas/golden-packets.ts";
import { GOLDEN_PACKETS_1_1 } from "../../../tools/schemas/golden-packets-1-1.ts";
import { GOLDEN_PACKETS_1_2 } from "../../../tools/schemas/golden-packets-1-2.ts";
import { GOLDEN_PACKETS_1_3 } from "../../../tools/schemas/golden-packets-1-3.ts";
import { GOLDEN_PACKETS_1_4 } from "../../../tools/schemas/golden-packets-1-4.ts";
import { GOLDEN_PACKETS_1_5 } from "../../../tools/schemas/golden-packets-1-5.ts";
import { readGoldenPackets } from "./frozen-packets.ts";

const golden = readGoldenPackets("1.0");
/** What fields of later versions say when they are absent. */
const LATER_FIELDS: Readonly<Record<number, object>> = {
  1: { capabilities: [], platform: "" },
  2: { capabilities: [] },
  4: { keyframeNeeded: false },
};
const LATER_THAN_1_1: Readonly<Record<number, object>> = { 1: { platform: "" } };
const ROOT_TABLES: Readonly<Record<number, { table: string; schema: string }>> = {
  1: { table: "Hello", schema: "session" },
  2: { table: "HelloAck", schema: "session" },
  3: { table: "Reject", schema: "session" },
  4: { table: "Input", schema: "input" },
  5: { table: "Snapshot", schema: "snapshot" },
  6: { table: "Ping", schema: "session" },
  7: { table: "Pong", schema: "session" },
  8: { table: "Bye", schema: "session" },
  9: { table: "Presence", schema: "session" },
};

describe.each([
  ["1.2", GOLDEN_PACKETS_1_2],
  ["1.3", GOLDEN_PACKETS_1_3],
  ["1.4", GOLDEN_PACKETS_1_4],
  ["1.5", GOLDEN_PACKETS_1_5],
] as const)("[P46] golden packets of %s, in both codecs", (version, list) => {
  const golden = readGoldenPackets(version);

  test("every file is covered", () => {
    const files = readdirSync(`tests/golden/protocol-${version}`).filter((name) => name.endsWith(".bin"));
    expect(files.sort()).toEqual(golden.map((packet) => `${packet.name}.bin`).sort());
  });

  for (const packet of golden) {
    test(`${packet.name} says what it said`, () => {
      const decoder = new MessageDecoder();
      const type = decoder.decode(packet.bytes);
      expect(type, decoder.detail).toBe(packet.header.type);
      expect(decoder.codec).toBe(packet.name.startsWith("legacy-") ? Capability.legacy : Capability.sequenced);
      expect({ ...decoder.header }).toEqual(packet.header);
      if (type !== 0) expect(decodedMessage(decoder, type)).toEqual(packet.message);
    });
  }

  test("the list that they were written from still gives them", () => {
    const encoder = new MessageEncoder();
    for (const { name, encode } of list) {
      expect(Buffer.from(encode(encoder)), name).toEqual(golden.find((packet) => packet.name === name)?.bytes);
    }
  });
});

describe("[P46] golden packets of 1.1", () => {
  const golden = readGoldenPackets("1.1");

  test("every file is covered", () => {
    const files = readdirSync("tests/golden/protocol-1.1").filter((name) => name.endsWith(".bin"));
    expect(files.sort()).toEqual(golden.map((packet) => `${packet.name}.bin`).sort());
  });

  for (const packet of golden) {
    test(`${packet.name} says what it said, and is encoded to the same bytes again`, () => {
      const decoder = new PacketDecoder();
      const type = decoder.decode(packet.bytes);
      expect(type, decoder.detail).toBe(packet.header.type);
      if (type === 0) return;
      expect({ ...decoder.header }).toEqual(packet.header);
      expect(decodedMessage(decoder, type)).toEqual({ ...(packet.message as object), ...LATER_THAN_1_1[type] });
      expect(Buffer.from(encodeDecoded(new PacketEncoder(), decoder, type))).toEqual(packet.bytes);
    });
  }

  test("the list that they were written from still gives them: the codec's bytes do not change either", () => {
    const encoder = new PacketEncoder();
    for (const { name, encode } of GOLDEN_PACKETS_1_1) {
      expect(Buffer.from(encode(encoder)), name).toEqual(golden.find((packet) => packet.name === name)?.bytes);
    }
  });

  test("their differences, read one after the other, tell the world that they were made of", () => {
    const receiver = new SnapshotReceiver();
    const decoder = new PacketDecoder();
    for (const { name, bytes } of golden.filter((packet) => /^snapshot-delta-(keyframe|\d)/.test(packet.name))) {
      decoder.decode(bytes);
      expect(receiver.decode(decoder.snapshotDelta.entities), `${name}: ${receiver.detail}`).toBe(true);
    }
    const { update } = receiver;
    expect(update).toMatchObject({ tick: 7_209, count: 11, leftCount: 1 });
    expect(update.leftEntityId[0]).toBe(35);
    expect(Array.from(update.z.subarray(0, 3))).toEqual([523_598, 522_590, 521_582]);
    expect(update.animation(4)).toBe(4);
  });
});

describe("[P46] golden packets of 1.0", () => {
  test("every type and every file is covered", () => {
    expect(new Set(golden.map((packet) => packet.header.type)).size).toBe(Object.keys(ROOT_TABLES).length);
    const files = readdirSync("tests/golden/protocol-1.0").filter((name) => name.endsWith(".bin"));
    expect(files.sort()).toEqual(golden.map((packet) => `${packet.name}.bin`).sort());
  });

  for (const packet of golden) {
    test(`${packet.name} says what it said`, () => {
      const decoder = new PacketDecoder();
      const type = decoder.decode(packet.bytes);
      expect(type, decoder.detail).toBe(packet.header.type);
      if (type === 0) return;
      expect({ ...decoder.header }).toEqual(packet.header);
      expect(decodedMessage(decoder, type)).toEqual({ ...LATER_FIELDS[type], ...(packet.message as object) });
    });

    test(`${packet.name} is encoded to the same bytes again`, () => {
      const decoder = new PacketDecoder();
      const type = decoder.decode(packet.bytes);
      if (type === 0) throw new Error(decoder.detail);
      expect(Buffer.from(encodeDecoded(new PacketEncoder(), decoder, type))).toEqual(packet.bytes);
    });
  }

  test("the list that they were written from still gives them", () => {
    const encoder = new PacketEncoder();
    for (const { name, encode } of GOLDEN_PACKETS) {
      expect(Buffer.from(encode(encoder)), name).toEqual(golden.find((packet) => packet.name === name)?.bytes);
    }
  });

  test("[P15] another FlatBuffers implementation reads the bodies by the schemas", () => {
    const scratch = mkdtempSync(join(tmpdir(), "darkages-golden-"));
    try {
      for (const { name, bytes, header } of golden) {
        const root = ROOT_TABLES[header.type];
        if (root === undefined) throw new Error(`type ${header.type}`);
        const body = join(scratch, `${name}.bin`);
        writeFileSync(body, bytes.subarray(HEADER_BYTES));
        const json = [
          "--json",
          "--strict-json",
          "--raw-binary",
          "--defaults-json",
          "--root-type",
          `wire.${root.table}`,
        ];
        execFileSync("flatc", [...json, "-o", scratch, `schemas/${root.schema}.fbs`, "--", body]);
        const text = readFileSync(join(scratch, `${name}.json`), "utf8");
        if (root.table === "Ping") {
          expect(JSON.parse(text)).toEqual({ sent_at_ms: (packetMessage(name) as { sentAtMs: number }).sentAtMs });
        }
        if (root.table === "Hello") {
          expect(JSON.parse(text)).toMatchObject({
            player_name: (packetMessage(name) as { playerName: string }).playerName,
          });
        }
      }
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
});

function packetMessage(name: string): unknown {
  return golden.find((packet) => packet.name === name)?.message;
}
