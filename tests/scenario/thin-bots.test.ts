import { afterEach, expect, test } from "vitest";
import { MessageType } from "../../scripts/protocol/messages.ts";
import { HEADER_BYTES } from "../../scripts/protocol/packet-header.ts";
import { LoadBot } from "../../tools/load/load-bot.ts";
import { SightWatch } from "../../tools/load/sight-watch.ts";
import { loadZone } from "../fixtures/play-zone.ts";
import { createTestZone } from "../fixtures/test-zone.ts";
import { DamagingTransport } from "./damaging-transport.ts";
import { SERVER_ADDRESS, VirtualWorld } from "./virtual-world.ts";

const TYPE_AT = 6;
/** Bytes at the end of a packet of differences: what it says of the others. */
const TAIL_BYTES = 8;
const FRAME_MS = 1000 / 30;

let world: VirtualWorld;
afterEach(() => world.dispose());

/** What is said of the others says something else, from now and then to always. */
function garbled(packet: Uint8Array): Uint8Array {
  if (packet[TYPE_AT] !== MessageType.snapshotDelta || packet.length < HEADER_BYTES + 2 * TAIL_BYTES) return packet;
  const damaged = packet.slice();
  for (let i = packet.length - TAIL_BYTES; i < packet.length; i += 1) damaged[i] = (damaged[i] ?? 0) ^ 0xa5;
  return damaged;
}

/** A bot among walkers whose mail about them is garbled: whoever reads it must stumble. */
function playAmongWalkers(thin: boolean, watch?: SightWatch): LoadBot {
  world = new VirtualWorld({ seed: 4 });
  world.startServer();
  for (let i = 0; i < 5; i += 1) {
    const walker = world.addPlayer(`Walker ${i}`);
    walker.input.moveZ = -1;
    walker.beforeFrame = () => {
      walker.input.yawRadians += 0.02 + i * 0.01;
    };
  }
  const bot = new LoadBot({
    ...{ name: "Thin", seed: 1, address: SERVER_ADDRESS, protocol: "v2", thin, link: undefined, combat: undefined },
    transport: new DamagingTransport(world.network.createTransport(), { incoming: garbled }),
    groundAround: (x, z) => ({ x, z, radiusMeters: 10 }),
    zone: loadZone(createTestZone()),
    watch,
  });
  for (let ms = 0; ms < 10_000; ms += FRAME_MS) {
    world.runFor(FRAME_MS);
    bot.frame(world.nowMs, FRAME_MS);
  }
  expect(bot.failure).toBeUndefined();
  expect(bot.client.telemetry.snapshotsReceived).toBeGreaterThan(150);
  return bot;
}

test("a thin bot plays, and does not even try to read what it is told of the others", () => {
  const { client } = playAmongWalkers(true);
  expect(client.telemetry).toMatchObject({ refusedDifferences: 0, featureProblems: 0, malformed: 0 });
  expect(client.remotes.count).toBe(0);
  client.dispose();
});

test("any other bot reads it", () => {
  const { client } = playAmongWalkers(false);
  expect(client.telemetry.refusedDifferences).toBeGreaterThan(0);
  client.dispose();
});

test("whoever counts what a thin bot is told says how many packets it could not read", () => {
  const watch = new SightWatch(loadZone(createTestZone()));
  playAmongWalkers(true, watch).client.dispose();
  expect(watch.figures.unread).toBeGreaterThan(0);
});
