import { expect, test } from "vitest";
import { RemoteInterpolation } from "../../../../scripts/client/remote-interpolation.ts";
import { EntitySlots } from "../../../../scripts/game/character/entity-slots.ts";
import type { Snapshot } from "../../../../scripts/protocol/messages.ts";
import { createSeededRandom } from "../../../../scripts/transport/conditioner/seeded-random.ts";

/** The client's own others, who are here as of a tick. */
function see(remotes: RemoteInterpolation, tick: number, ids: readonly number[]): void {
  const count = ids.length;
  const zeros = () => new Int32Array(count);
  const places = { x: zeros(), y: zeros(), z: zeros(), yaw: new Uint16Array(count), animation: new Uint8Array(count) };
  const snapshot = { serverTick: tick, entityCount: count, entityId: Uint32Array.from(ids), ...places };
  remotes.beginFrame();
  remotes.addSnapshot(snapshot as unknown as Snapshot, 0);
  remotes.draw(tick);
}

test("everybody keeps a place of its own while others come and go, and places of the gone are used again", () => {
  const remotes = new RemoteInterpolation();
  const owner = new Map<number, number>();
  const slots = new EntitySlots((slot, index) => owner.set(slot, remotes.entityId[index] ?? 0));
  const random = createSeededRandom(7);
  const place = new Map<number, number>();
  for (let round = 1; round <= 60; round += 1) {
    const ids = Array.from({ length: 60 }, (_, i) => i + 1 + 60 * Math.floor(round / 12)).filter(() => random() < 0.7);
    see(remotes, round * 30, ids);
    slots.follow(remotes);
    const used = new Set<number>();
    for (let index = 0; index < remotes.count; index += 1) {
      const entityId = remotes.entityId[index] ?? 0;
      const slot = slots.slotAt[index] ?? -1;
      expect(used.has(slot)).toBe(false);
      used.add(slot);
      expect(slots.of(entityId)).toBe(slot);
      expect(owner.get(slot)).toBe(entityId);
      if (place.has(entityId)) expect(place.get(entityId)).toBe(slot);
    }
    place.clear();
    for (let index = 0; index < remotes.count; index += 1) {
      place.set(remotes.entityId[index] ?? 0, slots.slotAt[index] ?? -1);
    }
  }
  // Sixty at a time, though three hundred were there.
  expect(slots.capacity).toBeLessThan(130);
});
