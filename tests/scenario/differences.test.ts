import { afterEach, describe, expect, it } from "vitest";
import { Capability } from "../../scripts/protocol/capability.ts";
import { MessageType } from "../../scripts/protocol/messages.ts";
import { PROTOCOL_MAJOR, PROTOCOL_MINOR } from "../../scripts/protocol/protocol-version.ts";
import { encodeZone } from "../../scripts/simulation/zone-file.ts";
import { createTestZone } from "../fixtures/test-zone.ts";
import { RawClient } from "./raw-client.ts";
import { SERVER_ADDRESS, type VirtualPlayer, VirtualWorld, type WorldOptions } from "./virtual-world.ts";

const ONE_STEP_METERS = 1 / 1024;
const rawClients: RawClient[] = [];
let world: VirtualWorld;
afterEach(() => {
  for (const { transport } of rawClients.splice(0)) transport.dispose();
  world.dispose();
});

function start(options: WorldOptions = {}): void {
  world = new VirtualWorld(options);
  world.startServer();
}

function join(count: number, fps = 60): VirtualPlayer[] {
  const players = Array.from({ length: count }, (_, i) => world.addPlayer(`Player ${i}`, { fps }));
  world.runUntil("all play", () => players.every(({ client }) => client.own.present), 60_000);
  return players;
}

/** A client of odd manners says Hello, and hears what comes within some time. */
function joinRaw(name: string, protocolMinor: number, capabilities: string[]): RawClient {
  const raw = new RawClient(world.network.createTransport(), SERVER_ADDRESS);
  rawClients.push(raw);
  const listen = (ms: number) => {
    for (let elapsedMs = 0; elapsedMs < ms; elapsedMs += 10) {
      world.runFor(10);
      raw.poll();
    }
  };
  listen(100);
  raw.hello(name, PROTOCOL_MAJOR, protocolMinor, capabilities);
  listen(1000);
  return raw;
}

function walk(players: readonly VirtualPlayer[], seconds: number): void {
  for (let second = 0; second < seconds; second += 1) {
    for (const [i, { input }] of players.entries()) {
      input.moveZ = -1;
      input.yawRadians = (i % 7) + 0.5 * second;
      input.jump = i % 10 === second % 10;
    }
    world.runFor(1000);
  }
}

/** Everybody walks a way of their own and looks around on it, as a hand turns a mouse: now and then, and smoothly. */
function stroll(players: readonly VirtualPlayer[], seconds: number): void {
  for (let second = 0; second < seconds; second += 1) {
    for (const [i, player] of players.entries()) {
      player.input.moveZ = -1;
      if (second === 0) player.input.yawRadians = (i / players.length) * 2 * Math.PI;
      const turns = (i + second) % 5 === 0;
      player.onFrame = () => {
        if (turns) player.input.yawRadians += 0.02;
      };
    }
    world.runFor(1000);
  }
  for (const player of players) player.onFrame = () => {};
}

function rest(players: readonly VirtualPlayer[]): void {
  for (const { input } of players) {
    input.moveZ = 0;
    input.jump = false;
  }
  world.runFor(4000);
}

/** Largest distance between where one player draws another and where the server has it, metres. */
function worstError(viewers: readonly VirtualPlayer[], seen: readonly VirtualPlayer[]): number {
  let worst = 0;
  for (const viewer of viewers) {
    const { remotes } = viewer.client;
    for (const other of seen) {
      if (other === viewer) continue;
      const index = remotes.indexOf(other.client.own.entityId);
      const truth = world.truth(other);
      const x = (remotes.x[index] ?? Number.POSITIVE_INFINITY) - truth.x;
      const error = Math.hypot(x, (remotes.y[index] ?? 0) - truth.y, (remotes.z[index] ?? 0) - truth.z);
      worst = Math.max(worst, index < 0 ? Number.POSITIVE_INFINITY : error);
    }
  }
  return worst;
}

describe("snapshots as differences", () => {
  it("show two players each other, walking and standing, by name", () => {
    start({ link: { latencyMs: 40 } });
    const [ada, grace] = join(2) as [VirtualPlayer, VirtualPlayer];
    walk([ada], 3);
    const { remotes } = grace.client;
    const index = remotes.indexOf(ada.client.own.entityId);
    expect(remotes.name(index)).toBe("Player 0");
    expect(remotes.speed[index]).toBeGreaterThan(3);
    rest([ada, grace]);
    expect(worstError([ada, grace], [ada, grace])).toBeLessThan(ONE_STEP_METERS);
    expect(grace.client.telemetry).toMatchObject({ refusedDifferences: 0, malformed: 0, unexpected: 0, underruns: 0 });
    ada.client.disconnect();
    world.runFor(2000);
    expect(remotes.count).toBe(0);
  });

  it("[P47] go to those who can read them, in the version and with the capabilities that were agreed", () => {
    start();
    join(1);
    const able = joinRaw("Able", PROTOCOL_MINOR, ["later_v9", Capability.snapshotDelta]);
    const agreed = [Capability.sequenced, Capability.snapshotDelta];
    expect(able.decoder.helloAck).toMatchObject({ protocolMinor: PROTOCOL_MINOR, capabilities: agreed });
    expect(able.count(MessageType.snapshot)).toBe(0);
    expect(able.count(MessageType.snapshotDelta)).toBeGreaterThan(15);
    expect(able.decoder.header.versionMinor).toBe(PROTOCOL_MINOR);
  });

  it.each([
    ["1.0", 0, []],
    ["1.0 that claims what only 1.1 has", 0, [Capability.snapshotDelta]],
    ["1.1 without the capability", 1, ["later_v9"]],
  ])("[P44] do not go to a client of %s: it gets full ones", (_what, protocolMinor, capabilities) => {
    start();
    join(1);
    const old = joinRaw("Old", protocolMinor, capabilities);
    expect(old.decoder.helloAck).toMatchObject({ protocolMinor, capabilities: [] });
    expect(old.count(MessageType.snapshotDelta)).toBe(0);
    expect(old.count(MessageType.snapshot)).toBeGreaterThan(15);
    expect(old.decoder.header.versionMinor).toBe(protocolMinor);
    expect(old.decoder.snapshot.entityCount).toBe(1);
  });

  it("are not asked of a server that does not offer them: full ones are read", () => {
    start({ serverCapabilities: [Capability.sequenced] });
    const players = join(2);
    walk(players, 3);
    rest(players);
    expect(worstError(players, players)).toBeLessThan(ONE_STEP_METERS);
    expect(players[0]?.client.telemetry).toMatchObject({ malformed: 0, unexpected: 0, corrections: 0 });
  });

  it("let 30 players' views converge to the truth through 20 % loss, duplicates and reordering", () => {
    start({ maxPlayers: 32, link: { latencyMs: 40, jitterMs: 60, lossRate: 0.2, duplicateRate: 0.02 } });
    const players = join(30, 30);
    walk(players, 8);
    rest(players);
    expect(worstError(players, players)).toBeLessThan(ONE_STEP_METERS);
    for (const { client } of players) {
      expect(client.remotes.count).toBe(29);
      // What loss brings about is no fault of the codec.
      expect(client.telemetry.featureProblems).toBe(0);
    }
    players[0]?.client.disconnect();
    players[1]?.client.disconnect();
    world.runFor(2000);
    for (const { client } of players.slice(2)) expect(client.remotes.count).toBe(27);
  });

  it("cost less than a tenth of full snapshots with 50 players who walk", () => {
    start({ maxPlayers: 64, link: { latencyMs: 40, jitterMs: 10 } });
    const full = world.addPlayer("Full", { fps: 30, capabilities: [Capability.sequenced] });
    const players = [full, ...join(49, 30)];
    stroll(players, 4);
    const before = players.map(({ client }) => client.telemetry.bytesIn);
    stroll(players, 8);
    const [fullBytes = 0, ...differences] = players.map(({ client }, i) => client.telemetry.bytesIn - (before[i] ?? 0));
    expect(full.client.remotes.count).toBe(49);
    const mean = differences.reduce((sum, bytes) => sum + bytes, 0) / differences.length;
    expect(fullBytes / mean, `${fullBytes / 8} and ${mean / 8} bytes per second`).toBeGreaterThan(10);
  });

  it("begin anew with a keyframe for a client that has acked what it could not read", async () => {
    start();
    const others = join(3);
    // While the zone is loaded there is no ground to read against, but the packets arrive.
    let finish = (_bytes: Uint8Array): void => {};
    const loaded = new Promise<Uint8Array>((resolve) => {
      finish = resolve;
    });
    const late = world.addPlayer("Late", { zoneBytes: () => loaded });
    world.runFor(3000);
    expect(late.client.remotes.count).toBe(0);
    finish(encodeZone(createTestZone()));
    await loaded;
    await Promise.resolve();
    world.runFor(2000);
    expect(late.client.own.present).toBe(true);
    expect(late.client.telemetry.refusedDifferences).toBeGreaterThan(0);
    expect(late.client.telemetry.featureProblems).toBe(0);
    expect(world.server?.counters.keyframeRequests).toBeGreaterThan(0);
    const refused = late.client.telemetry.refusedDifferences;
    walk(others, 3);
    rest(others);
    expect(worstError([late], others)).toBeLessThan(ONE_STEP_METERS);
    expect(late.client.telemetry.refusedDifferences).toBe(refused);
  });

  it("are the same, byte for byte, for a client that only acknowledges what it is told of the others", () => {
    const play = (followsOthers: boolean) => {
      start({ link: { latencyMs: 40, lossRate: 0.05 } });
      const watcher = world.addPlayer("Watcher", { client: { followsOthers } });
      const others = join(5);
      walk([watcher, ...others], 8);
      const { telemetry, own, remotes } = watcher.client;
      expect(telemetry.snapshotsReceived).toBeGreaterThan(100);
      expect(telemetry.refusedDifferences).toBe(0);
      expect(telemetry.featureProblems).toBe(0);
      const heard = { bytes: telemetry.bytesIn, packets: telemetry.packetsIn, x: own.x, y: own.y, z: own.z };
      const seen = remotes.count;
      if (!followsOthers) world.dispose();
      return { heard, seen };
    };
    const unread = play(false);
    const read = play(true);
    expect(unread.heard).toEqual(read.heard);
    expect([unread.seen, read.seen]).toEqual([0, 5]);
  });
});
