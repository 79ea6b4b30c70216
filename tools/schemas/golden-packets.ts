// The packets that are frozen for version 1.0: edges of every range, every message type.

import { createOwnState, createSnapshot } from "../../scripts/protocol/create-messages.ts";
import type { InputCommand, Snapshot } from "../../scripts/protocol/messages.ts";
import type { PacketEncoder } from "../../scripts/protocol/packet-encoder.ts";
import { createPacketHeader, type PacketHeader } from "../../scripts/protocol/packet-header.ts";

export interface GoldenPacket {
  name: string;
  encode(encoder: PacketEncoder): Uint8Array;
}

function header(sessionEpoch: number, sequence: number, ack: number, ackBits: number): PacketHeader {
  // Its minor version is 0: these packets are those of 1.0 for ever.
  return { ...createPacketHeader(), sessionEpoch, sequence, ack, ackBits };
}

const opening = header(0, 1, 0, 0);
const welcome = header(513, 1, 0, 0);
const midway = header(513, 1_000, 700, 0xfff7_ffff);
const highest = header(65_535, 65_535, 65_535, 0xffff_ffff);

function command(
  tick: number,
  moveX: number,
  moveZ: number,
  yaw: number,
  pitch: number,
  buttons: number,
): InputCommand {
  return { tick, moveX, moveZ, yaw, pitch, buttons };
}

function snapshotOf(entityCount: number): Snapshot {
  const snapshot = createSnapshot(entityCount);
  snapshot.serverTick = 7_200;
  snapshot.ackInputTick = 7_198;
  snapshot.inputBufferTicks = 2;
  snapshot.own = { ...createOwnState(), x: 262_144, y: 12_345, z: 262_145, vx: -1_152, vy: -5, vz: 1_920, yaw: 49_152 };
  snapshot.own.grounded = true;
  snapshot.entityCount = entityCount;
  for (let i = 0; i < entityCount; i++) {
    snapshot.entityId[i] = 2 + 3 * i;
    snapshot.x[i] = 1_024 * i;
    snapshot.y[i] = 100 - i;
    snapshot.z[i] = 524_288 - 999 * i;
    snapshot.yaw[i] = (i * 4_099) % 65_536;
    snapshot.animation[i] = i % 5;
  }
  return snapshot;
}

function extremeSnapshot(): Snapshot {
  const limit = 1 << 24;
  const fastest = 1 << 17;
  return {
    serverTick: 0xffff_ffff,
    ackInputTick: 0xffff_ffff,
    inputBufferTicks: 255,
    own: {
      x: limit,
      y: -limit,
      z: limit,
      vx: fastest,
      vy: -fastest,
      vz: fastest,
      yaw: 65_535,
      grounded: false,
      airTicks: 255,
      jumpCooldownTicks: 254,
    },
    entityCount: 2,
    entityId: Uint32Array.of(1, 0xffff_ffff),
    x: Int32Array.of(-limit, limit),
    y: Int32Array.of(limit, -limit),
    z: Int32Array.of(0, -1),
    yaw: Uint16Array.of(65_535, 0),
    animation: Uint8Array.of(4, 0),
  };
}

const helloOf = (playerName: string, clientBuild: string) => ({
  protocolMajor: 1,
  protocolMinor: 0,
  playerName,
  clientBuild,
});

export const GOLDEN_PACKETS: readonly GoldenPacket[] = [
  { name: "hello", encode: (e) => e.encodeHello(opening, helloOf("Ada", "darkages/0.1.0 linux")) },
  { name: "hello-empty", encode: (e) => e.encodeHello(opening, helloOf("", "")) },
  { name: "hello-unicode", encode: (e) => e.encodeHello(opening, helloOf("Zoë 漢字 🐉", "darkages/0.1.0 ünïx")) },
  {
    name: "hello-ack",
    encode: (e) =>
      e.encodeHelloAck(welcome, {
        protocolMajor: 1,
        protocolMinor: 0,
        sessionEpoch: 513,
        entityId: 42,
        zone: "shore",
        worldHash: "0123456789abcdef",
        serverTick: 7_000,
        tickRateHz: 60,
        snapshotRateHz: 20,
        inputRateHz: 30,
      }),
  },
  {
    name: "reject",
    encode: (e) =>
      e.encodeReject(opening, {
        reasonCode: "name_taken",
        traceId: "00c0ffee12345678",
        detail: 'a player called "Ada" is here already',
      }),
  },
  {
    name: "reject-internal",
    encode: (e) => e.encodeReject(highest, { reasonCode: "internal", traceId: "ffffffffffffffff", detail: "" }),
  },
  { name: "input-none", encode: (e) => e.encodeInput(welcome, { ackServerTick: 0, commandCount: 0, commands: [] }) },
  {
    name: "input",
    encode: (e) =>
      e.encodeInput(midway, {
        ackServerTick: 7_200,
        commandCount: 4,
        commands: [
          command(7_205, 0, -127, 0, 0, 0),
          command(7_206, 0, -127, 100, -20, 2),
          command(7_207, 90, -90, 65_535, -16_384, 3),
          command(7_208, -127, 127, 32_768, 16_384, 1),
        ],
      }),
  },
  {
    name: "input-full",
    encode: (e) =>
      e.encodeInput(highest, {
        ackServerTick: 0xffff_ffff,
        commandCount: 16,
        commands: Array.from({ length: 16 }, (_, i) =>
          command(0xffff_fff0 + i, i - 8, 8 - i, i * 4_096, i * 1_000 - 8_000, i % 4),
        ),
      }),
  },
  { name: "snapshot-alone", encode: (e) => e.encodeSnapshot(midway, snapshotOf(0)) },
  { name: "snapshot", encode: (e) => e.encodeSnapshot(midway, snapshotOf(12)) },
  { name: "snapshot-extreme", encode: (e) => e.encodeSnapshot(highest, extremeSnapshot()) },
  { name: "ping", encode: (e) => e.encodePing(midway, { sentAtMs: 123_456_789 }) },
  { name: "pong", encode: (e) => e.encodePong(midway, { sentAtMs: 123_456_789, serverTick: 7_201 }) },
  { name: "ping-zero", encode: (e) => e.encodePing(welcome, { sentAtMs: 0 }) },
  { name: "pong-highest", encode: (e) => e.encodePong(highest, { sentAtMs: 0xffff_ffff, serverTick: 0xffff_ffff }) },
  { name: "bye", encode: (e) => e.encodeBye(midway, { reasonCode: "left" }) },
  { name: "bye-timeout", encode: (e) => e.encodeBye(midway, { reasonCode: "timeout" }) },
  {
    name: "presence",
    encode: (e) =>
      e.encodePresence(midway, {
        joined: [
          { entityId: 42, name: "Ada" },
          { entityId: 0xffff_ffff, name: "Zoë 漢字 🐉" },
        ],
        left: [7, 9],
      }),
  },
  { name: "presence-empty", encode: (e) => e.encodePresence(midway, { joined: [], left: [] }) },
];
