import { describe, expect, it } from "vitest";
import { Capability, OWN_CAPABILITIES } from "../../../../scripts/protocol/capability.ts";
import { negotiate } from "../../../../scripts/protocol/negotiation.ts";
import { PROTOCOL_MINOR } from "../../../../scripts/protocol/protocol-version.ts";
import { SnapshotReceiver } from "../../../../scripts/protocol/snapshot-codec/snapshot-receiver.ts";
import type { SnapshotSender } from "../../../../scripts/protocol/snapshot-codec/snapshot-sender.ts";
import { placeMoveState } from "../../../../scripts/simulation/move-state.ts";
import { ZoneTerrain } from "../../../../scripts/simulation/zone-terrain.ts";
import type { ConnectionId } from "../../../../scripts/transport/transport.ts";
import { allowEverything } from "../../../../server/features/feature-gate.ts";
import { EntityBroadcast, SNAPSHOT_BUDGET_BYTES } from "../../../../server/zone/entity-broadcast.ts";
import { createPlayer, type Player } from "../../../../server/zone/player.ts";
import { SessionFeatures } from "../../../../server/zone/session-features.ts";
import { loadZone } from "../../../fixtures/play-zone.ts";
import { createTestZone } from "../../../fixtures/test-zone.ts";

const zone = loadZone(createTestZone());
const everything = { protocolMinor: PROTOCOL_MINOR, capabilities: OWN_CAPABILITIES };
const agreement = negotiate(Capability.sequenced, everything, everything);
const CROWD = 600;

function addPlayer(broadcast: EntityBroadcast, entityId: number, x: number): Player {
  const newcomer = {
    stage: "newcomer",
    connection: entityId as ConnectionId,
    address: "",
    arrivedAtMs: 0,
    malformed: 0,
  } as const;
  const features = new SessionFeatures(agreement, { playerKey: "", zone: "", platform: "" }, allowEverything);
  const identity = { entityId, name: "", nameKey: "", sessionEpoch: 1, features, sender: undefined };
  const player = createPlayer(newcomer, { ...identity, place: broadcast.takePlace() }, 0);
  placeMoveState(player.state, { x, y: 60 + (entityId % 7), z: (entityId * 37) % 20, yaw: (entityId * 977) % 65536 });
  return player;
}

/** Hands a snapshot over without loss; returns its bytes. Nothing is acked. */
function deliver(sender: SnapshotSender, receiver: SnapshotReceiver, sequence: number): number {
  const out = new Uint8Array(2_000);
  let bytes = 0;
  for (let packet = 0; sender.pending; packet += 1) {
    const length = sender.writePacket(sequence + packet, out, 0);
    expect(receiver.decode(out.slice(0, length)), receiver.detail).toBe(true);
    expect(length).toBeLessThanOrEqual(1_100);
    bytes += length;
  }
  return bytes;
}

describe("EntityBroadcast", () => {
  it("tells of the near first when not everybody fits, and of everybody in time", () => {
    const broadcast = new EntityBroadcast(zone, CROWD);
    const players = Array.from({ length: CROWD }, (_, i) => addPlayer(broadcast, i + 1, 1 + i * 0.8));
    const [viewer] = players as [Player];
    const sender = broadcast.createSender();
    const receiver = new SnapshotReceiver(undefined, new ZoneTerrain(zone.world.heightfield));
    broadcast.record(3, players);
    broadcast.show(viewer, sender, players);
    expect(deliver(sender, receiver, 1)).toBeLessThanOrEqual(SNAPSHOT_BUDGET_BYTES);
    const { id } = receiver.entities;
    expect(receiver.entities.count).toBeLessThan(CROWD - 1);
    for (const near of players.slice(1, 100)) expect(id).toContain(near.entityId);
    for (let snapshot = 2; snapshot <= 30; snapshot += 1) {
      broadcast.record(3 * snapshot, players);
      broadcast.show(viewer, sender, players);
      deliver(sender, receiver, 10 * snapshot);
    }
    expect(receiver.entities.count).toBe(CROWD - 1);
    expect(id).not.toContain(viewer.entityId);
  });

  it("gives places back, and says so when there is none", () => {
    const broadcast = new EntityBroadcast(zone, 2);
    const places = [broadcast.takePlace(), broadcast.takePlace()];
    expect(new Set(places)).toEqual(new Set([0, 1]));
    expect(() => broadcast.takePlace()).toThrow("at most 2 players");
    broadcast.givePlaceBack(1);
    expect(broadcast.takePlace()).toBe(1);
  });
});
