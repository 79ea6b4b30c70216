// The packets that are frozen for version 1.2: what it added to 1.1, in both codecs.

import { createInputCommand, createOwnState, createSnapshot } from "../../scripts/protocol/create-messages.ts";
import type { MessageEncoder } from "../../scripts/protocol/message-encoder.ts";
import type { Input, InputCommand, Snapshot } from "../../scripts/protocol/messages.ts";
import { createPacketHeader, type PacketHeader } from "../../scripts/protocol/packet-header.ts";

/** What 1.2 could do, in its order. */
const CAPABILITIES_1_2 = ["protocol_v1", "protocol_v2_seq", "snapshot_delta_v1", "input_delta_v1", "reject_reason_v1"];

export interface GoldenMessage {
  name: string;
  encode(encoder: MessageEncoder): Uint8Array;
}

function header(sessionEpoch: number, sequence: number, ack: number, ackBits: number): PacketHeader {
  return { ...createPacketHeader(), versionMinor: 2, sessionEpoch, sequence, ack, ackBits };
}

const opening = header(0, 1, 0, 0);
const welcome = header(513, 1, 0, 0);
const midway = header(513, 1_000, 700, 0xfff7_ffff);
const highest = header(65_535, 65_535, 65_535, 0xffff_ffff);

const hello = {
  ...{ protocolMajor: 1, protocolMinor: 2, playerName: "Zoë 漢字 🐉", clientBuild: "darkages/0.1.0 linux" },
  capabilities: CAPABILITIES_1_2,
  platform: "linux",
};
const helloAck = {
  ...{ protocolMajor: 1, protocolMinor: 2, sessionEpoch: 513, entityId: 42, zone: "shore" },
  ...{ worldHash: "0123456789abcdef", serverTick: 7_000, tickRateHz: 60, snapshotRateHz: 20, inputRateHz: 30 },
  capabilities: CAPABILITIES_1_2,
};
const reject = {
  reasonCode: "name_taken",
  traceId: "00c0ffee12345678",
  detail: 'a player called "Ada" is here already',
} as const;

function inputOf(ackServerTick: number, firstTick: number, wishes: readonly Partial<InputCommand>[]): Input {
  const commands = wishes.map((wish, i) => ({ ...createInputCommand(), ...wish, tick: firstTick + i }));
  return { ackServerTick, commandCount: commands.length, commands, keyframeNeeded: false };
}

const none = inputOf(7_200, 0, []);
const standing = inputOf(
  7_200,
  7_205,
  Array.from({ length: 6 }, () => ({ yaw: 1_000, pitch: -20 })),
);
const turning = inputOf(
  7_200,
  7_205,
  Array.from({ length: 6 }, (_, i) => ({
    ...{ moveX: i < 3 ? 0 : 127, moveZ: -127, yaw: (65_530 + 13 * i * i) % 65_536, pitch: 30 * i - 50 },
    buttons: i === 4 ? 3 : 2,
  })),
);
const wild = inputOf(
  0xffff_ffff,
  0xffff_fff0,
  Array.from({ length: 16 }, (_, i) => ({
    ...{ moveX: i % 2 === 0 ? 127 : -127, moveZ: 8 - i, yaw: (i * 40_503) % 65_536 },
    ...{ pitch: i % 3 === 0 ? 16_384 : -16_384, buttons: i % 4 },
  })),
);

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

const sequenced: readonly GoldenMessage[] = [
  { name: "hello", encode: (e) => e.sequenced.encodeHello(opening, hello) },
  { name: "hello-ack", encode: (e) => e.sequenced.encodeHelloAck(welcome, helloAck) },
  { name: "features", encode: (e) => e.sequenced.encodeFeatures(midway, { capabilities: CAPABILITIES_1_2 }) },
  { name: "features-none", encode: (e) => e.sequenced.encodeFeatures(highest, { capabilities: [] }) },
  {
    name: "feature-problem",
    encode: (e) =>
      e.sequenced.encodeFeatureProblem(midway, {
        capability: "snapshot_delta_v1",
        detail: "bad_length: body length: expected 30, got 31",
      }),
  },
  { name: "input-delta-none", encode: (e) => e.sequenced.encodeInputDelta(welcome, none) },
  { name: "input-delta-standing", encode: (e) => e.sequenced.encodeInputDelta(midway, standing) },
  { name: "input-delta-turning", encode: (e) => e.sequenced.encodeInputDelta(midway, turning) },
  {
    name: "input-delta-keyframe-needed",
    encode: (e) => e.sequenced.encodeInputDelta(midway, { ...turning, keyframeNeeded: true }),
  },
  { name: "input-delta-wild", encode: (e) => e.sequenced.encodeInputDelta(highest, wild) },
];

const legacy: readonly GoldenMessage[] = [
  { name: "legacy-hello", encode: (e) => e.legacy.encodeHello(opening, hello) },
  { name: "legacy-hello-ack", encode: (e) => e.legacy.encodeHelloAck(welcome, helloAck) },
  { name: "legacy-reject", encode: (e) => e.legacy.encodeReject(opening, reject) },
  { name: "legacy-input", encode: (e) => e.legacy.encodeInput(midway, turning) },
  { name: "legacy-input-wild", encode: (e) => e.legacy.encodeInput(highest, { ...wild, keyframeNeeded: true }) },
  { name: "legacy-snapshot-alone", encode: (e) => e.legacy.encodeSnapshot(midway, snapshotOf(0)) },
  { name: "legacy-snapshot", encode: (e) => e.legacy.encodeSnapshot(midway, snapshotOf(12)) },
  { name: "legacy-ping", encode: (e) => e.legacy.encodePing(midway, { sentAtMs: 123_456_789 }) },
  { name: "legacy-pong", encode: (e) => e.legacy.encodePong(midway, { sentAtMs: 123_456_789, serverTick: 7_201 }) },
  { name: "legacy-bye", encode: (e) => e.legacy.encodeBye(midway, { reasonCode: "left" }) },
  {
    name: "legacy-presence",
    encode: (e) =>
      e.legacy.encodePresence(midway, {
        joined: [
          { entityId: 42, name: "Ada" },
          { entityId: 0xffff_ffff, name: "Zoë 漢字 🐉" },
        ],
        left: [7, 9],
      }),
  },
  { name: "legacy-features", encode: (e) => e.legacy.encodeFeatures(midway, { capabilities: ["protocol_v1"] }) },
  {
    name: "legacy-feature-problem",
    encode: (e) => e.legacy.encodeFeatureProblem(midway, { capability: "protocol_v2_seq", detail: "bad_type" }),
  },
];

export const GOLDEN_PACKETS_1_2: readonly GoldenMessage[] = [...sequenced, ...legacy];
