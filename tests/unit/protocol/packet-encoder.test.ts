import { describe, expect, test } from "vitest";
import { createInput, createInputCommand, createSnapshot } from "../../../scripts/protocol/create-messages.ts";
import type { HelloAck, InputCommand, OwnState, Snapshot } from "../../../scripts/protocol/messages.ts";
import { PacketDecoder } from "../../../scripts/protocol/packet-decoder.ts";
import { PacketEncoder } from "../../../scripts/protocol/packet-encoder.ts";
import { createPacketHeader } from "../../../scripts/protocol/packet-header.ts";

const encoder = new PacketEncoder();
const decoder = new PacketDecoder();
const header = createPacketHeader();
const traceId = "0123456789abcdef";

function inputOf(...changes: Partial<InputCommand>[]) {
  const commands = changes.map((change, i) => ({ ...createInputCommand(), tick: 10 + i, ...change }));
  return { ackServerTick: 0, commandCount: commands.length, commands };
}

function snapshotOf(change: Partial<Snapshot> = {}, own: Partial<OwnState> = {}): Snapshot {
  const snapshot = createSnapshot(2);
  snapshot.entityId.set([1, 2]);
  return { ...snapshot, serverTick: 1, entityCount: 2, ...change, own: { ...snapshot.own, ...own } };
}

const helloAck: HelloAck = {
  protocolMajor: 1,
  protocolMinor: 0,
  sessionEpoch: 1,
  entityId: 1,
  zone: "shore",
  worldHash: "00",
  serverTick: 0,
  tickRateHz: 60,
  snapshotRateHz: 20,
  inputRateHz: 30,
};

describe("[P3] the writer refuses what the wire cannot carry", () => {
  test.each<[string, Partial<InputCommand>]>([
    ["moveX", { moveX: -128 }],
    ["moveZ", { moveZ: 128 }],
    ["yaw", { yaw: 65_536 }],
    ["pitch", { pitch: -16_385 }],
    ["buttons", { buttons: 8 }],
    ["yaw", { yaw: 0.5 }],
  ])("command %s %o", (field, change) => {
    expect(() => encoder.encodeInput(header, inputOf({}, change))).toThrow(
      `input.commands[1].${field}: expected an integer`,
    );
  });

  test("commands whose ticks are not consecutive, are 0, too many or not there", () => {
    expect(() => encoder.encodeInput(header, inputOf({}, { tick: 12 }))).toThrow(
      "expected 11, one more than before, got 12",
    );
    expect(() => encoder.encodeInput(header, inputOf({ tick: 0 }))).toThrow(RangeError);
    expect(() => encoder.encodeInput(header, inputOf(...Array.from({ length: 17 }, () => ({}))))).toThrow(RangeError);
    expect(() => encoder.encodeInput(header, { ...inputOf({}), commandCount: 2 })).toThrow(RangeError);
  });

  test.each<[string, Snapshot]>([
    ["snapshot.serverTick", snapshotOf({ serverTick: 0 })],
    ["snapshot.ackInputTick", snapshotOf({ ackInputTick: -1 })],
    ["snapshot.inputBufferTicks", snapshotOf({ inputBufferTicks: 256 })],
    ["snapshot.own.x", snapshotOf({}, { x: 0.5 })],
    ["snapshot.own.y", snapshotOf({}, { y: Number.NaN })],
    ["snapshot.own.z", snapshotOf({}, { z: (1 << 24) + 1 })],
    ["snapshot.own.vx", snapshotOf({}, { vx: (1 << 17) + 1 })],
    ["snapshot.own.yaw", snapshotOf({}, { yaw: -1 })],
    ["snapshot.own.airTicks", snapshotOf({}, { airTicks: 256 })],
    ["snapshot.entityCount", snapshotOf({ entityCount: 1_025 })],
    ["snapshot.entityId[2]", snapshotOf({ entityCount: 3 })],
    ["snapshot.entityId[1]", snapshotOf({ entityId: Uint32Array.of(1, 0) })],
    ["snapshot.y[0]", snapshotOf({ y: Int32Array.of(-(1 << 24) - 1, 0) })],
    ["snapshot.animation[1]", snapshotOf({ animation: Uint8Array.of(0, 5) })],
  ])("%s", (field, snapshot) => {
    expect(() => encoder.encodeSnapshot(header, snapshot)).toThrow(`${field}: expected an integer`);
  });

  test.each<Partial<HelloAck>>([
    { sessionEpoch: 0 },
    { entityId: 0 },
    { zone: "../secret" },
    { zone: "" },
    { worldHash: "" },
    { worldHash: "x".repeat(65) },
    { tickRateHz: 0 },
  ])("HelloAck %o", (change) => {
    expect(() => encoder.encodeHelloAck(header, { ...helloAck, ...change })).toThrow(RangeError);
  });

  test("texts and lists that are too long", () => {
    const hello = { protocolMajor: 1, protocolMinor: 0, playerName: "Ada", clientBuild: "" };
    expect(() => encoder.encodeHello(header, { ...hello, clientBuild: "x".repeat(257) })).toThrow(
      "from 0 to 256, got 257",
    );
    expect(() => encoder.encodeReject(header, { reasonCode: "left", traceId: "xyz", detail: "" })).toThrow(RangeError);
    const crowd = Array.from({ length: 257 }, (_, i) => ({ entityId: i + 1, name: "" }));
    expect(() => encoder.encodePresence(header, { joined: crowd, left: [] })).toThrow("from 0 to 256, got 257");
    expect(() => encoder.encodePresence(header, { joined: [], left: [0] })).toThrow("presence.left[0]");
  });

  test("a refused message leaves the encoder fit for the next", () => {
    expect(() => encoder.encodePresence(header, { joined: [{ entityId: 0, name: "x" }], left: [] })).toThrow(
      RangeError,
    );
    expect(decoder.decode(encoder.encodeBye(header, { reasonCode: "left" }))).not.toBe(0);
  });
});

describe("texts", () => {
  test("[P31] a name of 10,000 characters reaches the server, which can say what is wrong with it", () => {
    const playerName = "🐉".repeat(10_000);
    const hello = { protocolMajor: 1, protocolMinor: 0, playerName, clientBuild: "" };
    expect(decoder.decode(encoder.encodeHello(header, hello)), decoder.detail).not.toBe(0);
    expect(decoder.hello.playerName).toBe(playerName);
  });

  test("[P32] a rejection's detail is cut at 200 characters and never inside one", () => {
    const cut = (detail: string) => {
      decoder.decode(encoder.encodeReject(header, { reasonCode: "name_invalid", traceId, detail }));
      return decoder.reject.detail;
    };
    expect(cut("x".repeat(500))).toBe("x".repeat(200));
    expect(cut(`${"x".repeat(199)}🐉🐉`)).toBe("x".repeat(199));
    expect(cut(`${"x".repeat(198)}🐉🐉`)).toBe(`${"x".repeat(198)}🐉`);
  });
});

describe("[P4] steady state reuses everything", () => {
  test("the same packet views come out", () => {
    const input = { ...createInput(), commandCount: 0 };
    expect(encoder.encodeInput(header, input)).toBe(encoder.encodeInput(header, input));
    expect(encoder.encodeSnapshot(header, snapshotOf())).toBe(encoder.encodeSnapshot(header, snapshotOf()));
    expect(encoder.encodePing(header, { sentAtMs: 1 })).toBe(encoder.encodePing(header, { sentAtMs: 2 }));
    expect(encoder.encodePong(header, { sentAtMs: 1, serverTick: 1 })).toBe(
      encoder.encodePong(header, { sentAtMs: 2, serverTick: 2 }),
    );
  });

  test("the same messages are filled", () => {
    const { input, snapshot, ping } = decoder;
    const slots = [...input.commands];
    const arrays = [
      snapshot.own,
      snapshot.entityId,
      snapshot.x,
      snapshot.y,
      snapshot.z,
      snapshot.yaw,
      snapshot.animation,
    ];
    for (let i = 1; i <= 100; i++) {
      decoder.decode(encoder.encodeInput(header, inputOf({ yaw: i })));
      expect(decoder.input.commands[0]?.yaw).toBe(i);
      decoder.decode(encoder.encodeSnapshot(header, snapshotOf({ serverTick: i })));
      expect(decoder.snapshot.serverTick).toBe(i);
    }
    expect(decoder.input).toBe(input);
    expect(decoder.input.commands.every((command, i) => command === slots[i])).toBe(true);
    expect(decoder.snapshot).toBe(snapshot);
    const now = [snapshot.own, snapshot.entityId, snapshot.x, snapshot.y, snapshot.z, snapshot.yaw, snapshot.animation];
    expect(now.every((array, i) => array === arrays[i])).toBe(true);
    expect(decoder.ping).toBe(ping);
  });

  test("a short message after a long one carries nothing of the long one", () => {
    encoder.encodeInput(header, inputOf({ yaw: 1 }, { yaw: 2 }, { yaw: 3 }));
    expect(decoder.decode(encoder.encodeInput(header, inputOf({ yaw: 9 })))).not.toBe(0);
    expect(decoder.input.commandCount).toBe(1);
    const { length } = encoder.encodeSnapshot(header, snapshotOf({ entityCount: 0 }));
    expect(encoder.encodeSnapshot(header, snapshotOf()).length).toBe(length + 2 * 20);
  });
});
