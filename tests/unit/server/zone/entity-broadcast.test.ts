import { describe, expect, it } from "vitest";
import { Capability, OWN_CAPABILITIES } from "../../../../scripts/protocol/capability.ts";
import { negotiate } from "../../../../scripts/protocol/negotiation.ts";
import { PROTOCOL_MINOR } from "../../../../scripts/protocol/protocol-version.ts";
import { SnapshotReceiver } from "../../../../scripts/protocol/snapshot-codec/snapshot-receiver.ts";
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
    codec: Capability.sequenced,
    malformed: 0,
  } as const;
  const features = new SessionFeatures(agreement, { playerKey: "", zone: "", platform: "" }, allowEverything);
  const identity = { entityId, name: "", nameKey: "", sessionEpoch: 1, features, sender: undefined };
  const player = createPlayer(newcomer, { ...identity, place: broadcast.takePlace() }, 0);
  placeMoveState(player.shown, { x, y: 60 + (entityId % 7), z: (entityId * 37) % 20, yaw: (entityId * 977) % 65536 });
  return player;
}

/** Lets snapshots go by for a viewer, without loss; `acked`: what came is acknowledged. */
function tell(
  broadcast: EntityBroadcast,
  players: readonly Player[],
  snapshots: number,
  { acked = false, records = 1_000 } = {},
) {
  const [viewer] = players as [Player];
  const sender = broadcast.createSender(viewer.place);
  const receiver = new SnapshotReceiver(undefined, new ZoneTerrain(zone.world.heightfield));
  const told = new Map<number, number>();
  let most = 0;
  for (let snapshot = 1; snapshot <= snapshots; snapshot += 1) {
    broadcast.record(3 * snapshot + viewer.place, players, records);
    broadcast.show(viewer, sender);
    const out = new Uint8Array(2_000);
    let bytes = 0;
    for (let packet = 0; sender.pending; packet += 1) {
      const length = sender.writePacket(10 * snapshot + packet, out, 0);
      expect(receiver.decode(out.slice(0, length)), receiver.detail).toBe(true);
      if (acked) sender.acknowledge(10 * snapshot + packet, 0);
      const { entityId, count } = receiver.update;
      for (const id of entityId.subarray(0, count)) told.set(id, (told.get(id) ?? 0) + 1);
      bytes += length;
    }
    most = Math.max(most, bytes);
  }
  return { receiver, sender, told, most };
}

describe("EntityBroadcast", () => {
  it("tells of the near first when not everybody fits, and of everybody in time", () => {
    const crowd = () => {
      const broadcast = new EntityBroadcast(zone, CROWD);
      return [broadcast, Array.from({ length: CROWD }, (_, i) => addPlayer(broadcast, i + 1, 1 + i * 0.2))] as const;
    };
    const [, players] = crowd();
    const first = tell(...crowd(), 1);
    expect(first.most).toBeLessThanOrEqual(SNAPSHOT_BUDGET_BYTES);
    expect(first.receiver.entities.count).toBeLessThan(CROWD - 1);
    for (const near of players.slice(1, 50)) expect(first.receiver.entities.id).toContain(near.entityId);
    const later = tell(...crowd(), 30);
    expect(later.receiver.entities.count).toBe(CROWD - 1);
    expect(later.receiver.entities.id).not.toContain(1);
  });

  it.each([
    [120, 59, 3],
    [40, 29, 1],
  ])(
    "in a crowd, with room for %d: the nearest %d times in 60 snapshots, all others in turns",
    (records, near, other) => {
      const broadcast = new EntityBroadcast(zone, 1_000);
      const players = Array.from({ length: 1_000 }, (_, i) => addPlayer(broadcast, i + 1, 100 + i * 0.1));
      const { told, receiver } = tell(broadcast, players, 140, { acked: true, records });
      expect(receiver.entities.count).toBe(999);
      const [viewer, ...others] = players as [Player, ...Player[]];
      const meters = ({ shown }: Player) => Math.hypot(shown.x - viewer.shown.x, shown.z - viewer.shown.z);
      others.sort((a, b) => meters(a) - meters(b));
      for (const one of others.slice(0, 50)) expect(told.get(one.entityId)).toBeGreaterThanOrEqual(near);
      const counts = others.map(({ entityId }) => told.get(entityId) ?? 0);
      expect(Math.min(...counts)).toBeGreaterThanOrEqual(other);
      // The first snapshot, of a sender that knows nothing yet, is the one that is not limited.
      expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThan(139 * records + 999);
    },
  );

  it.each([120, 40])(
    "in a crowd, with room for %d, tells nothing more of the near who go between two looks around",
    (records) => {
      const broadcast = new EntityBroadcast(zone, 400);
      const players = Array.from({ length: 400 }, (_, i) => addPlayer(broadcast, i + 1, 100 + i * 0.1));
      const [viewer] = players as [Player];
      const sender = broadcast.createSender(viewer.place);
      const receiver = new SnapshotReceiver(undefined, new ZoneTerrain(zone.world.heightfield));
      const out = new Uint8Array(2_000);
      let sequence = 0;
      for (let snapshot = 1; snapshot <= 90; snapshot += 1) {
        // Beside the viewer, one in each snapshot, whatever the rhythm of its looks.
        const gone = snapshot > 30 ? players.splice(1, 1) : [];
        for (const { place } of gone) broadcast.givePlaceBack(place, [{ ...viewer, sender }]);
        broadcast.record(3 * snapshot + viewer.place, players, records);
        broadcast.show(viewer, sender);
        while (sender.pending) {
          sequence += 1;
          const length = sender.writePacket(sequence, out, 0);
          expect(receiver.decode(out.slice(0, length)), receiver.detail).toBe(true);
          sender.acknowledge(sequence, 0);
          const told = [...receiver.update.entityId.subarray(0, receiver.update.count)];
          for (const { entityId } of gone) expect(told).not.toContain(entityId);
        }
        const known = new Set(receiver.entities.id);
        for (const { entityId } of gone) expect(known.has(entityId)).toBe(false);
      }
      expect(receiver.entities.count).toBe(players.length - 1);
    },
  );

  it.each([5, 200])("says who walks out of sight, among %d", (count) => {
    const broadcast = new EntityBroadcast(zone, count);
    const players = Array.from({ length: count }, (_, i) => addPlayer(broadcast, i + 1, 100 + i * 0.1));
    const [viewer, walker] = players as [Player, Player];
    const sender = broadcast.createSender(viewer.place);
    const receiver = new SnapshotReceiver(undefined, new ZoneTerrain(zone.world.heightfield));
    const out = new Uint8Array(2_000);
    let sequence = 0;
    for (let snapshot = 1; snapshot <= 20; snapshot += 1) {
      if (snapshot === 10) walker.shown.x += 200;
      broadcast.record(3 * snapshot + viewer.place, players, 1_000);
      broadcast.show(viewer, sender);
      while (sender.pending) {
        sequence += 1;
        const length = sender.writePacket(sequence, out, 0);
        expect(receiver.decode(out.slice(0, length)), receiver.detail).toBe(true);
        sender.acknowledge(sequence, 0);
      }
      const sees = [...receiver.entities.id].includes(walker.entityId);
      if (snapshot === 9) expect(sees).toBe(true);
      if (snapshot === 20) expect(sees).toBe(false);
    }
    expect(receiver.entities.count).toBe(count - 2);
  });

  it("tells nothing of those out of the area", () => {
    const broadcast = new EntityBroadcast(zone, 4);
    const players = [10, 100, 130, 170].map((x, i) => addPlayer(broadcast, i + 1, x));
    const { receiver } = tell(broadcast, players, 3);
    expect([...receiver.entities.id].filter((id) => id !== 0)).toEqual([2, 3]);
  });

  it("has a third of the places take turns in each tick", () => {
    const broadcast = new EntityBroadcast(zone, 9);
    for (let tick = 1; tick < 10; tick += 1) {
      const turns = [0, 1, 2, 3, 4, 5, 6, 7, 8].filter((place) => broadcast.hasTurn(place, tick));
      expect(turns).toHaveLength(3);
      expect(turns.every((place) => place % 3 === tick % 3)).toBe(true);
    }
  });

  it("gives places back, and says so when there is none", () => {
    const broadcast = new EntityBroadcast(zone, 2);
    const places = [broadcast.takePlace(), broadcast.takePlace()];
    expect(new Set(places)).toEqual(new Set([0, 1]));
    expect(() => broadcast.takePlace()).toThrow("at most 2 players");
    broadcast.givePlaceBack(1, []);
    expect(broadcast.takePlace()).toBe(1);
  });
});
