import fc from "fast-check";
import { ACTION_KINDS, ACTION_OUTCOMES } from "../../../scripts/protocol/action-code.ts";
import { createSnapshot } from "../../../scripts/protocol/create-messages.ts";
import {
  type Action,
  type ActionEvent,
  type ActionResult,
  AnimationState,
  type Bye,
  type FeatureProblem,
  type Features,
  type Hello,
  type HelloAck,
  type Input,
  type Ping,
  type Pong,
  type Presence,
  type Reject,
  type Snapshot,
  type SnapshotDelta,
} from "../../../scripts/protocol/messages.ts";
import type { PacketHeader } from "../../../scripts/protocol/packet-header.ts";
import { REASON_CODES } from "../../../scripts/protocol/reason-code.ts";

// fast-check arbitraries for every message, over the whole range that the wire carries.

const uint8 = fc.integer({ min: 0, max: 0xff });
const uint16 = fc.integer({ min: 0, max: 0xffff });
const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });
const positive8 = fc.integer({ min: 1, max: 0xff });
const positive32 = fc.integer({ min: 1, max: 0xffff_ffff });
const position = fc.integer({ min: -(1 << 24), max: 1 << 24 });
const velocity = fc.integer({ min: -(1 << 17), max: 1 << 17 });
const reason = fc.constantFrom(...REASON_CODES);

/** Well-formed text of at most `maxBytes` bytes of UTF-8, with every width of character and odd controls. */
function text(maxBytes: number, minLength = 0): fc.Arbitrary<string> {
  const unit = fc.oneof(
    fc.constantFrom("a", "Z", " ", "\0", "\n", "é", "ß", "\ufeff", "漢", "\ufffd", "😀", "\u{10ffff}"),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  );
  return fc.string({ unit, minLength, maxLength: Math.floor(maxBytes / 4) });
}

function from(alphabet: string, minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });
}

const capabilities = fc.array(
  fc.tuple(from("abcxyz", 1, 1), from("az09_", 0, 63)).map((parts) => parts.join("")),
  { maxLength: 32 },
);

export const headers: fc.Arbitrary<PacketHeader> = fc.record({
  type: fc.constant(0 as const),
  sessionEpoch: uint16,
  sequence: uint16,
  ack: uint16,
  ackBits: uint32,
  versionMajor: fc.constant(1),
  versionMinor: fc.constantFrom(0, 1, 2, 3),
});

export const hellos: fc.Arbitrary<Hello> = fc.record({
  protocolMajor: uint8,
  protocolMinor: uint8,
  playerName: fc.oneof(text(96), text(8_000)),
  clientBuild: text(256),
  capabilities,
  platform: from("az09_", 0, 16),
});

export const helloAcks: fc.Arbitrary<HelloAck> = fc.record({
  protocolMajor: uint8,
  protocolMinor: uint8,
  sessionEpoch: fc.integer({ min: 1, max: 0xffff }),
  entityId: positive32,
  zone: fc.tuple(from("abcxyz", 1, 1), from("az09_-", 0, 31)).map((parts) => parts.join("")),
  worldHash: text(64, 1),
  serverTick: uint32,
  tickRateHz: positive8,
  snapshotRateHz: positive8,
  inputRateHz: positive8,
  capabilities,
});

export const rejects: fc.Arbitrary<Reject> = fc.record({
  reasonCode: reason,
  traceId: from("0123456789abcdef", 16, 16),
  detail: text(400),
});

export const byes: fc.Arbitrary<Bye> = fc.record({ reasonCode: reason });
export const pings: fc.Arbitrary<Ping> = fc.record({ sentAtMs: uint32 });
export const pongs: fc.Arbitrary<Pong> = fc.record({ sentAtMs: uint32, serverTick: uint32 });

export const presences: fc.Arbitrary<Presence> = fc.record({
  joined: fc.array(fc.record({ entityId: positive32, name: text(96) }), { maxLength: 256 }),
  left: fc.array(positive32, { maxLength: 1_024 }),
});

export const features: fc.Arbitrary<Features> = fc.record({ capabilities });
export const featureProblems: fc.Arbitrary<FeatureProblem> = fc.record({
  capability: fc.tuple(from("abcxyz", 1, 1), from("az09_", 0, 63)).map((parts) => parts.join("")),
  detail: text(400),
});

const kinds = fc.constantFrom(...ACTION_KINDS);
const outcomes = fc.constantFrom(...ACTION_OUTCOMES);

export const actions: fc.Arbitrary<Action> = fc.record({
  actionId: positive32,
  kind: kinds,
  tick: positive32,
  viewTick: uint32,
  viewFraction: uint8,
  targetEntityId: uint32,
});
export const actionResults: fc.Arbitrary<ActionResult> = fc.record({
  actionId: positive32,
  outcome: outcomes,
  serverTick: positive32,
  targetEntityId: uint32,
  rewoundMs: uint16,
  distance: uint32,
  cooldownTicks: uint8,
  favouredTarget: fc.boolean(),
});
export const actionEvents: fc.Arbitrary<ActionEvent> = fc.record({
  serverTick: positive32,
  kind: kinds,
  attackerEntityId: positive32,
  targetEntityId: uint32,
  outcome: outcomes,
  rewoundMs: uint16,
  favouredTarget: fc.boolean(),
});

const wishes = fc.record({
  moveX: fc.integer({ min: -127, max: 127 }),
  moveZ: fc.integer({ min: -127, max: 127 }),
  yaw: uint16,
  pitch: fc.integer({ min: -16_384, max: 16_384 }),
  buttons: fc.integer({ min: 0, max: 7 }),
});

/** As sent: `commands` holds exactly `commandCount` of them. */
export const inputs: fc.Arbitrary<Input> = fc
  .tuple(uint32, fc.integer({ min: 1, max: 0xffff_ffff - 15 }), fc.array(wishes, { maxLength: 16 }), fc.boolean())
  .map(([ackServerTick, firstTick, list, keyframeNeeded]) => ({
    keyframeNeeded,
    ackServerTick,
    commandCount: list.length,
    commands: list.map((wish, i) => ({ tick: firstTick + i, ...wish })),
  }));

const owns = fc.record({
  x: position,
  y: position,
  z: position,
  vx: velocity,
  vy: velocity,
  vz: velocity,
  yaw: uint16,
  grounded: fc.boolean(),
  airTicks: uint8,
  jumpCooldownTicks: uint8,
});

const entities = fc.record({
  entityId: positive32,
  x: position,
  y: position,
  z: position,
  yaw: uint16,
  animation: fc.integer({ min: 0, max: AnimationState.fall }),
});

export const snapshots: fc.Arbitrary<Snapshot> = fc
  .record({
    serverTick: positive32,
    ackInputTick: uint32,
    inputBufferTicks: uint8,
    own: owns,
    list: fc.array(entities, { maxLength: 1_024 }),
  })
  .map(({ list, ...rest }) => {
    const snapshot: Snapshot = { ...createSnapshot(list.length), ...rest, entityCount: list.length };
    for (const [i, entity] of list.entries()) {
      snapshot.entityId[i] = entity.entityId;
      snapshot.x[i] = entity.x;
      snapshot.y[i] = entity.y;
      snapshot.z[i] = entity.z;
      snapshot.yaw[i] = entity.yaw;
      snapshot.animation[i] = entity.animation;
    }
    return snapshot;
  });

/** `entities` begins as the codec's packets do, with the number of the snapshot and its tick; what follows is not looked at. */
export const snapshotDeltas: fc.Arbitrary<SnapshotDelta> = fc
  .record({
    serverTick: positive32,
    ackInputTick: uint32,
    inputBufferTicks: uint8,
    own: owns,
    rest: fc.uint8Array({ maxLength: 1_150 }),
  })
  .map(({ rest, ...report }) => {
    const entities = new Uint8Array(6 + rest.length);
    new DataView(entities.buffer).setUint32(2, report.serverTick, true);
    entities.set(rest, 6);
    return { ...report, entities };
  });
