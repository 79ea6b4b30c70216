import { describe, expect, it } from "vitest";
import { createSnapshot } from "../../../../scripts/protocol/create-messages.ts";
import { MessageEncoder } from "../../../../scripts/protocol/message-encoder.ts";
import { createPacketHeader } from "../../../../scripts/protocol/packet-header.ts";
import { SightWatch } from "../../../../tools/load/sight-watch.ts";
import { loadZone } from "../../../fixtures/play-zone.ts";
import { createTestZone } from "../../../fixtures/test-zone.ts";

const zone = loadZone(createTestZone());
const encoder = new MessageEncoder();

/** A snapshot in which entities 1 … stand a metre apart in a row that begins at the viewer. */
function snapshot(serverTick: number, entities: readonly number[]): Uint8Array {
  const message = createSnapshot();
  message.serverTick = serverTick;
  message.entityCount = entities.length;
  for (const [i, entity] of entities.entries()) {
    message.entityId[i] = entity;
    message.x[i] = entity * 1024;
  }
  return encoder.sequenced.encodeSnapshot(createPacketHeader(), message);
}

/** A packet of differences that says of the others what nobody can read. */
function difference(serverTick: number, entities: Uint8Array): Uint8Array {
  const report = { ...createSnapshot(), serverTick };
  return encoder.sequenced.encodeSnapshotDelta(createPacketHeader(), report, {
    writePacket(_sequence, out, offset) {
      out.set(entities, offset);
      return entities.length;
    },
  });
}

function ids(count: number, step = 1): number[] {
  return Array.from({ length: count }, (_, i) => 1 + i * step);
}

describe("SightWatch", () => {
  it("counts how often the nearest and the others are told of", () => {
    const watch = new SightWatch(zone);
    for (let tick = 60; tick < 300; tick += 3) watch.read(snapshot(tick, ids(60)));
    expect(watch.figures.seconds).toBe(3);
    expect(watch.figures.inSight).toBe(180);
    // The first second is not whole for anybody: they came in it.
    expect(watch.figures.nearestHz[20]).toBe(2 * 50);
    expect(watch.figures.othersHz[20]).toBe(2 * 10);
  });

  it("forgets who is not in sight any more", () => {
    const watch = new SightWatch(zone);
    for (let tick = 60; tick < 180; tick += 3) watch.read(snapshot(tick, ids(4)));
    for (let tick = 180; tick < 300; tick += 6) watch.read(snapshot(tick, ids(2, 2)));
    watch.read(snapshot(300, []));
    expect(watch.figures.nearestHz[20]).toBe(4);
    expect(watch.figures.nearestHz[10]).toBe(2 * 2);
  });

  it("counts what cannot be read, the packet or what it says of the others, and goes on", () => {
    const watch = new SightWatch(zone);
    watch.read(new Uint8Array([1, 2, 3]));
    watch.read(new Uint8Array(0));
    expect(watch.figures).toMatchObject({ seconds: 0, unread: 2 });
    watch.read(difference(60, new Uint8Array([255, 255, 255, 255])));
    expect(watch.figures.unread).toBe(3);
    for (let tick = 60; tick < 180; tick += 3) watch.read(snapshot(tick, ids(3)));
    expect(watch.figures).toMatchObject({ seconds: 1, inSight: 3, unread: 3 });
  });
});
