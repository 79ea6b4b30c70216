// The packets that are frozen for version 1.1: what it added to 1.0, and that it is written with minor version 1.

import { createOwnState } from "../../scripts/protocol/create-messages.ts";
import { createPacketHeader, type PacketHeader } from "../../scripts/protocol/packet-header.ts";
import { EntityHistory } from "../../scripts/protocol/snapshot-codec/entity-history.ts";
import { SnapshotSender } from "../../scripts/protocol/snapshot-codec/snapshot-sender.ts";
import { packetOf } from "./decoded-message.ts";
import type { GoldenPacket } from "./golden-packets.ts";

function header(sessionEpoch: number, sequence: number, ack: number, ackBits: number): PacketHeader {
  return { ...createPacketHeader(), versionMinor: 1, sessionEpoch, sequence, ack, ackBits };
}

const opening = header(0, 1, 0, 0);
const welcome = header(513, 1, 0, 0);
const midway = header(513, 1_000, 700, 0xfff7_ffff);
const highest = header(65_535, 65_535, 65_535, 0xffff_ffff);
const helloOf = (capabilities: string[]) => ({
  protocolMajor: 1,
  protocolMinor: 1,
  playerName: "Ada",
  clientBuild: "darkages/0.1.0 linux",
  capabilities,
});
const command = { tick: 7_205, moveX: 0, moveZ: -127, yaw: 100, pitch: -20, buttons: 2 };
const SNAPSHOTS = 4;
const ENTITIES = 12;

/** Packets of the codec as a sender writes them: entities that walk, no ground, every packet acked at once. */
function codecPackets(): Uint8Array[] {
  const history = new EntityHistory(ENTITIES);
  const sender = new SnapshotSender(history);
  return Array.from({ length: SNAPSHOTS }, (_, snapshot) => {
    history.advance(7_200 + 3 * snapshot);
    for (let i = 0; i < ENTITIES; i++) {
      const z = 524_288 - 999 * i - 230 * snapshot - (i % 3) * snapshot * snapshot;
      history.write(i, 2 + 3 * i, 1_024 * i, 100 - i, z, (i * 4_099) % 65_536);
      history.writeCondition(i, 0, 0, 0, i % 5);
    }
    sender.begin(1_000);
    // The last one leaves.
    const visible = snapshot < SNAPSHOTS - 1 ? ENTITIES : ENTITIES - 1;
    for (let i = 0; i < visible; i++) sender.see(i, 1);
    const out = new Uint8Array(1_200);
    const packet = out.slice(0, sender.writePacket(snapshot + 1, out, 0));
    sender.acknowledge(snapshot + 1, 0);
    return packet;
  });
}

const walking = {
  ...createOwnState(),
  ...{ x: 262_144, y: 12_345, z: 262_145, vx: -1_152, vy: -5, vz: 1_920, yaw: 49_152, grounded: true },
};
const limit = 1 << 24;
const fastest = 1 << 17;
const extreme = {
  ...{ x: limit, y: -limit, z: limit, vx: fastest, vy: -fastest, vz: fastest },
  ...{ yaw: 65_535, grounded: false, airTicks: 255, jumpCooldownTicks: 254 },
};

const deltas: GoldenPacket[] = codecPackets().map((packet, i) => ({
  name: i === 0 ? "snapshot-delta-keyframe" : `snapshot-delta-${i}`,
  encode: (e) =>
    e.encodeSnapshotDelta(
      { ...midway, sequence: 1_000 + i },
      { serverTick: 7_200 + 3 * i, ackInputTick: 7_198 + 3 * i, inputBufferTicks: 2, own: walking },
      packetOf(packet),
    ),
}));

/** A codec packet's number and tick are all that the message itself looks at. */
const onlyTick = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff);

export const GOLDEN_PACKETS_1_1: readonly GoldenPacket[] = [
  { name: "hello", encode: (e) => e.encodeHello(opening, helloOf(["snapshot_delta_v1"])) },
  { name: "hello-unknown", encode: (e) => e.encodeHello(opening, helloOf(["later_v9", "snapshot_delta_v1"])) },
  { name: "hello-none", encode: (e) => e.encodeHello(opening, helloOf([])) },
  {
    name: "hello-ack",
    encode: (e) =>
      e.encodeHelloAck(welcome, {
        ...{ protocolMajor: 1, protocolMinor: 1, sessionEpoch: 513, entityId: 42, zone: "shore" },
        ...{ worldHash: "0123456789abcdef", serverTick: 7_000, tickRateHz: 60, snapshotRateHz: 20, inputRateHz: 30 },
        capabilities: ["snapshot_delta_v1"],
      }),
  },
  {
    name: "input-keyframe-needed",
    encode: (e) =>
      e.encodeInput(midway, { ackServerTick: 7_200, commandCount: 1, commands: [command], keyframeNeeded: true }),
  },
  {
    name: "input-none-keyframe-needed",
    encode: (e) => e.encodeInput(midway, { ackServerTick: 0, commandCount: 0, commands: [], keyframeNeeded: true }),
  },
  ...deltas,
  {
    name: "snapshot-delta-extreme",
    encode: (e) =>
      e.encodeSnapshotDelta(
        highest,
        { serverTick: 0xffff_ffff, ackInputTick: 0, inputBufferTicks: 255, own: extreme },
        packetOf(onlyTick),
      ),
  },
];
