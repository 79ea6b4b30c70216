import { Builder } from "flatbuffers";
import { describe, expect, test } from "vitest";
import { Hello as HelloTable } from "../../../scripts/protocol/generated/wire/hello.ts";
import { Presence as PresenceTable } from "../../../scripts/protocol/generated/wire/presence.ts";
import { PresenceEntry } from "../../../scripts/protocol/generated/wire/presence-entry.ts";
import { MessageType } from "../../../scripts/protocol/messages.ts";
import { PacketDecoder } from "../../../scripts/protocol/packet-decoder.ts";
import {
  createPacketHeader,
  HEADER_BYTES,
  MAX_BODY_BYTES,
  writePacketHeader,
} from "../../../scripts/protocol/packet-header.ts";
import { readGoldenPackets } from "./frozen-packets.ts";

const golden = readGoldenPackets("1.0");

function packetOf(type: MessageType, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + body.length);
  writePacketHeader(bytes, type, createPacketHeader(), body.length);
  bytes.set(body, HEADER_BYTES);
  return bytes;
}

function goldenBody(name: string): DataView {
  const bytes = Uint8Array.from(golden.find((packet) => packet.name === name)?.bytes.subarray(HEADER_BYTES) ?? []);
  return new DataView(bytes.buffer);
}

function refusal(type: MessageType, view: DataView): string {
  const decoder = new PacketDecoder();
  expect(decoder.decode(packetOf(type, new Uint8Array(view.buffer)))).toBe(0);
  return `${decoder.error} ${decoder.detail}`;
}

/** Where the vector or text of field `id` of the root table has its length. */
function lengthAt(view: DataView, id: number): number {
  const table = view.getUint32(0, true);
  const field = table + view.getUint16(table - view.getInt32(table, true) + 4 + 2 * id, true);
  return field + view.getUint32(field, true);
}

describe("[P22] no length and no offset is believed", () => {
  test("a body of no bytes", () => {
    expect(refusal(MessageType.ping, new DataView(new ArrayBuffer(0)))).toMatch(/^bad_structure/);
  });

  test("four billion entities, entries or commands", () => {
    for (const [name, type, id] of [
      ["snapshot", MessageType.snapshot, 4],
      ["input", MessageType.input, 2],
      ["presence", MessageType.presence, 0],
      ["presence", MessageType.presence, 1],
    ] as const) {
      const view = goldenBody(name);
      view.setUint32(lengthAt(view, id), 0xffff_ffff, true);
      expect(refusal(type, view)).toMatch(/^too_many .* got 4294967295$/);
    }
  });

  test("more elements than bytes, fewer than the limit", () => {
    const view = goldenBody("snapshot");
    view.setUint32(lengthAt(view, 4), 13, true);
    expect(refusal(MessageType.snapshot, view)).toMatch(
      /^bad_structure Snapshot.entities: expected all elements inside/,
    );
  });

  test("a text of four billion bytes, and one without its closing zero", () => {
    const long = goldenBody("hello");
    long.setUint32(lengthAt(long, 2), 0xffff_fff0, true);
    expect(refusal(MessageType.hello, long)).toMatch(/^string_too_long Hello.player_name/);
    const open = goldenBody("hello");
    open.setUint32(lengthAt(open, 2), 2, true);
    expect(refusal(MessageType.hello, open)).toMatch(
      /^bad_structure Hello.player_name: expected text inside the body with a zero/,
    );
  });

  test("a root, a vtable or a field that points outside, backwards or at itself", () => {
    for (const offset of [0xffff_ffff, 0x8000_0000, 1 << 16, 0, 2]) {
      const view = goldenBody("pong");
      view.setUint32(0, offset, true);
      expect(refusal(MessageType.pong, view)).toMatch(/^bad_structure/);
    }
    for (const offset of [-0x8000_0000, 0x7fff_ffff, -1_000, 1_000, 1]) {
      const view = goldenBody("pong");
      view.setInt32(view.getUint32(0, true), offset, true);
      expect(refusal(MessageType.pong, view)).toMatch(/^bad_structure/);
    }
    const view = goldenBody("pong");
    const table = view.getUint32(0, true);
    view.setUint16(table - view.getInt32(table, true) + 4, 0xfffc, true);
    expect(refusal(MessageType.pong, view)).toMatch(/^bad_structure Pong.sent_at_ms/);
  });

  test("tables and vtables so large that a reader of signed numbers would step backwards", () => {
    const tableAt = 0x7000;
    const body = (vtableBytes: number, tableBytes: number, fieldOffset: number) => {
      const view = new DataView(new ArrayBuffer(MAX_BODY_BYTES));
      view.setUint32(0, tableAt, true);
      view.setInt32(tableAt, tableAt - 4, true);
      view.setUint16(4, vtableBytes, true);
      view.setUint16(6, tableBytes, true);
      view.setUint16(8, fieldOffset, true);
      return view;
    };
    const decoder = new PacketDecoder();
    const fine = packetOf(MessageType.ping, new Uint8Array(body(0x7ffe, 0x7fff, 0x7ff8).buffer));
    expect(decoder.decode(fine), decoder.detail).toBe(MessageType.ping);
    expect(refusal(MessageType.ping, body(0x8002, 0x1000, 8))).toMatch(/^bad_structure Ping vtable/);
    expect(refusal(MessageType.ping, body(6, 0x8004, 0x8000))).toMatch(/^bad_structure Ping: expected a table size/);
  });

  test("a required field that is missing", () => {
    const view = goldenBody("snapshot");
    const table = view.getUint32(0, true);
    view.setUint16(table - view.getInt32(table, true) + 4 + 2 * 3, 0, true);
    expect(refusal(MessageType.snapshot, view)).toMatch(/^missing_field Snapshot.own/);
  });

  test("text that is not UTF-8", () => {
    const view = goldenBody("hello");
    view.setUint8(lengthAt(view, 2) + 4, 0xc0);
    expect(refusal(MessageType.hello, view)).toMatch(/^bad_utf8 Hello.player_name/);
  });
});

describe("[P41] a newer minor version", () => {
  test("fields that are not known are passed over", () => {
    const builder = new Builder();
    const name = builder.createString("Ada");
    const build = builder.createString("later");
    const extra = builder.createString("something new");
    builder.startObject(8);
    HelloTable.addProtocolMajor(builder, 1);
    HelloTable.addProtocolMinor(builder, 3);
    HelloTable.addPlayerName(builder, name);
    HelloTable.addClientBuild(builder, build);
    builder.addFieldOffset(6, extra, 0);
    builder.addFieldInt32(7, 77, 0);
    builder.finish(builder.endObject());
    const decoder = new PacketDecoder();
    expect(decoder.decode(packetOf(MessageType.hello, builder.asUint8Array())), decoder.detail).toBe(MessageType.hello);
    expect(decoder.hello).toEqual({
      protocolMajor: 1,
      protocolMinor: 3,
      playerName: "Ada",
      clientBuild: "later",
      capabilities: [],
      platform: "",
    });
  });

  test("[P43] values that are not known become the harmless one", () => {
    const decoder = new PacketDecoder();
    const bye = goldenBody("bye");
    const table = bye.getUint32(0, true);
    bye.setUint8(table + bye.getUint16(table - bye.getInt32(table, true) + 4, true), 200);
    expect(decoder.decode(packetOf(MessageType.bye, new Uint8Array(bye.buffer)))).toBe(MessageType.bye);
    expect(decoder.bye.reasonCode).toBe("internal");
    const snapshot = goldenBody("snapshot");
    snapshot.setUint8(lengthAt(snapshot, 4) + 4 + 20 + 18, 99);
    expect(decoder.decode(packetOf(MessageType.snapshot, new Uint8Array(snapshot.buffer)))).toBe(MessageType.snapshot);
    expect(Array.from(decoder.snapshot.animation.subarray(0, 3))).toEqual([0, 0, 2]);
    const input = goldenBody("input");
    input.setUint8(lengthAt(input, 2) + 4 + 6, 0xfd);
    expect(decoder.decode(packetOf(MessageType.input, new Uint8Array(input.buffer)))).toBe(MessageType.input);
    expect(decoder.input.commands[0]?.buttons).toBe(5);
  });
});

test("entries that all share one table are no way to grow", () => {
  const builder = new Builder();
  const name = builder.createString("x".repeat(96));
  PresenceEntry.startPresenceEntry(builder);
  PresenceEntry.addEntityId(builder, 5);
  PresenceEntry.addName(builder, name);
  const entry = PresenceEntry.endPresenceEntry(builder);
  const joined = PresenceTable.createJoinedVector(
    builder,
    Array.from({ length: 256 }, () => entry),
  );
  const left = PresenceTable.createLeftVector(builder, []);
  PresenceTable.startPresence(builder);
  PresenceTable.addJoined(builder, joined);
  PresenceTable.addLeft(builder, left);
  builder.finish(PresenceTable.endPresence(builder));
  const decoder = new PacketDecoder();
  expect(decoder.decode(packetOf(MessageType.presence, builder.asUint8Array()))).toBe(MessageType.presence);
  expect(decoder.presence.joined.length).toBe(256);
  const once = decoder.presence.joined;
  decoder.decode(golden.find((packet) => packet.name === "presence-empty")?.bytes ?? new Uint8Array(0));
  expect(decoder.presence.joined).toBe(once);
  expect(once).toEqual([]);
});
