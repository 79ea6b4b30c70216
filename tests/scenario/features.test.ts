import { afterEach, describe, expect, it } from "vitest";
import { Capability, OWN_CAPABILITIES } from "../../scripts/protocol/capability.ts";
import { MessageEncoder } from "../../scripts/protocol/message-encoder.ts";
import { MessageType } from "../../scripts/protocol/messages.ts";
import { PROTOCOL_MAJOR, PROTOCOL_MINOR } from "../../scripts/protocol/protocol-version.ts";
import { type Damages, DamagingTransport, unreadable } from "./damaging-transport.ts";
import { FeatureSwitch } from "./feature-switch.ts";
import { RawClient } from "./raw-client.ts";
import { SERVER_ADDRESS, type VirtualPlayer, VirtualWorld } from "./virtual-world.ts";

const ONE_STEP_METERS = 1 / 1024;
const OLD = [Capability.legacy, Capability.rejectReason, Capability.action, Capability.combat];
let world: VirtualWorld;
let gate: FeatureSwitch;
afterEach(() => world.dispose());

function start(count: number): VirtualPlayer[] {
  gate = new FeatureSwitch();
  world = new VirtualWorld({
    maxPlayers: 80,
    link: { latencyMs: 40, jitterMs: 10, lossRate: 0.02 },
    server: { features: gate },
  });
  world.startServer();
  const players = Array.from({ length: count }, (_, i) => world.addPlayer(`Player ${i}`));
  world.runUntil("all play", () => players.every(({ client }) => client.own.present));
  return players;
}

function addFaulty(name: string, damages: Damages): VirtualPlayer {
  const player = world.addPlayer(name, { tamper: (wire) => new DamagingTransport(wire, damages) });
  world.runUntil(`${name} plays`, () => player.client.own.present);
  return player;
}

/** Everybody walks a way of their own for some time, and then stands. */
function walkAndRest(players: readonly VirtualPlayer[], seconds = 3): void {
  for (const [i, { input }] of players.entries()) {
    input.moveZ = -1;
    input.yawRadians += 1 + i;
  }
  world.runFor(seconds * 1000);
  for (const { input } of players) input.moveZ = 0;
  world.runFor(4000);
}

/** Largest distance between where one player draws another and where the server has it, metres. */
function worstError(players: readonly VirtualPlayer[]): number {
  let worst = 0;
  for (const { client } of players) {
    for (const other of players) {
      if (other.client === client) continue;
      const truth = world.truth(other);
      const index = client.remotes.indexOf(other.client.own.entityId);
      expect(index, `${other.name} is seen`).toBeGreaterThanOrEqual(0);
      const { x, y, z } = client.remotes;
      const error = Math.hypot((x[index] ?? 0) - truth.x, (y[index] ?? 0) - truth.y, (z[index] ?? 0) - truth.z);
      worst = Math.max(worst, error);
    }
  }
  return worst;
}

function expectUndisturbed(players: readonly VirtualPlayer[]): void {
  expect(worstError(players)).toBeLessThan(ONE_STEP_METERS);
  for (const { client, name } of players) {
    expect(client.connection.state.kind, name).toBe("playing");
    expect(client.remotes.count, name).toBe(players.length - 1);
    expect(client.telemetry, name).toMatchObject({ connectionsLost: 0, unexpected: 0, corrections: 0 });
  }
  expect(world.server?.counters).toMatchObject({ commandsPassedOver: 0, wrongEpoch: 0, rejected: 0 });
}

describe("[P48] a feature that is switched while sessions live", () => {
  it("moves everybody to the old protocol and back: nobody is disconnected, no command lost, everybody seen", () => {
    const players = start(6);
    walkAndRest(players);
    const epochs = world.server?.players.map(({ sessionEpoch }) => sessionEpoch);
    gate.allow((feature) => feature !== Capability.sequenced);
    walkAndRest(players);
    for (const { client } of players) expect(client.telemetry.featuresInUse).toEqual(OLD);
    expectUndisturbed(players);
    gate.allow(() => true);
    walkAndRest(players);
    for (const { client } of players) expect(client.telemetry.featuresInUse).toEqual(OWN_CAPABILITIES);
    expectUndisturbed(players);
    expect(world.server?.players.map(({ sessionEpoch }) => sessionEpoch)).toEqual(epochs);
    expect(world.server?.counters.malformed).toBe(0);
  });

  it("takes those along who come and go meanwhile", () => {
    const players = start(4);
    gate.allow((feature) => feature !== Capability.sequenced);
    world.runFor(1000);
    players.push(world.addPlayer("Late"));
    world.runUntil("Late plays", () => players.at(-1)?.client.own.present === true);
    players.shift()?.client.disconnect();
    gate.allow(() => true);
    walkAndRest(players);
    expectUndisturbed(players);
  });

  it("leaves nobody standing who went away in the moment of the change, or while it was off for long", () => {
    const players = start(5);
    const [going] = players.splice(3, 1);
    gate.allow((feature) => feature !== Capability.sequenced);
    world.runFor(60_000);
    const late = world.addPlayer("Late");
    world.runUntil("Late plays", () => late.client.own.present);
    world.runFor(1_000);
    for (const { client } of players) expect(client.remotes.count).toBe(5);
    gate.allow(() => true);
    late.client.disconnect();
    going?.client.disconnect();
    walkAndRest(players);
    expectUndisturbed(players);
  });

  it("can be the differences alone, as often as one likes", () => {
    const players = start(4);
    for (let round = 0; round < 6; round += 1) {
      gate.allow((feature) => feature !== Capability.snapshotDelta || round % 2 === 1);
      walkAndRest(players, 1);
      const inUse = players[0]?.client.telemetry.featuresInUse ?? [];
      expect(inUse.includes(Capability.snapshotDelta)).toBe(round % 2 === 1);
      expectUndisturbed(players);
    }
  });

  it("can be on for some only", () => {
    const players = start(6);
    gate.allow((feature, { playerKey }) => feature !== Capability.sequenced || playerKey < "player 3");
    walkAndRest(players);
    const codecs = players.map(({ client }) => client.telemetry.featuresInUse.includes(Capability.sequenced));
    expect(codecs).toEqual([true, true, true, false, false, false]);
    expectUndisturbed(players);
  });
});

describe("[P48] what a switch costs and does not cost", () => {
  /** One player on a link that loses nothing, and one who speaks the protocol word by word. */
  function startCalm(platform = ""): { player: VirtualPlayer; raw: RawClient; listen: (ms: number) => void } {
    gate = new FeatureSwitch();
    world = new VirtualWorld({ link: { latencyMs: 20 }, server: { features: gate } });
    world.startServer();
    const player = world.addPlayer("Ada", { client: { platform } });
    const raw = new RawClient(world.network.createTransport(), SERVER_ADDRESS);
    const listen = (ms: number): void => {
      for (let elapsedMs = 0; elapsedMs < ms; elapsedMs += 10) {
        world.runFor(10);
        raw.poll();
      }
    };
    listen(100);
    raw.hello("Raw", PROTOCOL_MAJOR, PROTOCOL_MINOR, [...OWN_CAPABILITIES]);
    listen(1_500);
    return { player, raw, listen };
  }

  const withoutSequenced = (feature: Capability): boolean => feature !== Capability.sequenced;

  it("[P65] leaves no gap in the numbers of either side: packets in MessagePack take none", () => {
    const { player, raw, listen } = startCalm();
    gate.allow(withoutSequenced);
    listen(1_500);
    gate.allow(() => true);
    listen(1_500);
    expect(raw.count(MessageType.features)).toBe(2);
    expect(raw.sequences.length).toBeGreaterThan(40);
    expect(raw.sequences).toEqual(raw.sequences.map((_, i) => i + 1));
    const ada = world.server?.players.find(({ name }) => name === player.name);
    expect(ada?.sequencer.counters.gaps).toBe(0);
    raw.transport.dispose();
  });

  it("tells everything anew at once: nobody has to ask for a keyframe", () => {
    const { player, raw, listen } = startCalm();
    gate.allow(withoutSequenced);
    listen(4_000);
    gate.allow(() => true);
    listen(1_500);
    expect(world.server?.counters.keyframeRequests).toBe(0);
    expect(player.client.telemetry).toMatchObject({ refusedDifferences: 0, featureProblems: 0 });
    raw.transport.dispose();
  });

  it("[P99] the old protocol brings five snapshots a second", () => {
    const { player, raw, listen } = startCalm();
    gate.allow(withoutSequenced);
    listen(1_000);
    const before = player.client.telemetry.snapshotsReceived;
    listen(10_000);
    const snapshots = player.client.telemetry.snapshotsReceived - before;
    expect(Math.abs(snapshots - 50)).toBeLessThanOrEqual(1);
    raw.transport.dispose();
  });

  it("goes by the platform that the client said", () => {
    const { player, raw, listen } = startCalm("linux");
    gate.allow((feature, { platform }) => feature !== Capability.sequenced || platform !== "linux");
    listen(1_000);
    expect(player.client.telemetry.featuresInUse).toEqual(OLD);
    expect(raw.count(MessageType.features)).toBe(0);
    raw.transport.dispose();
  });

  it("[P47] a codec that was not offered is not listened to", () => {
    const { raw, listen } = startCalm();
    const plain = new RawClient(world.network.createTransport(), SERVER_ADDRESS);
    listen(100);
    plain.poll();
    plain.hello("Plain", PROTOCOL_MAJOR, 1);
    listen(100);
    plain.poll();
    const unexpected = world.server?.counters.unexpected ?? 0;
    const header = { ...plain.header, sessionEpoch: plain.decoder.helloAck.sessionEpoch };
    plain.raw(new MessageEncoder().legacy.encodePing(header, { sentAtMs: 1 }));
    listen(100);
    expect(world.server?.counters.unexpected).toBe(unexpected + 1);
    plain.transport.dispose();
    raw.transport.dispose();
  });
});

describe("[P49] what cannot be read is done without", () => {
  it("a client whose differences are unreadable gets full snapshots, the others go on", () => {
    const players = start(3);
    players.push(addFaulty("Faulty", { incoming: unreadable(MessageType.snapshotDelta) }));
    walkAndRest(players);
    const left = OWN_CAPABILITIES.filter((capability) => capability !== Capability.snapshotDelta);
    expect(players[3]?.client.telemetry.featuresInUse).toEqual(left);
    expect(players[0]?.client.telemetry.featuresInUse).toEqual(OWN_CAPABILITIES);
    expectUndisturbed(players);
    expect(world.serverLog.join("\n")).toMatch(/Faulty goes on without snapshot_delta_v1: the client says: bad_length/);
  });

  it("a client that can read no sequenced packet any more goes on in MessagePack", () => {
    const players = start(3);
    let broken = false;
    const damage = unreadable();
    players.push(addFaulty("Faulty", { incoming: (packet) => (broken ? damage(packet) : packet) }));
    world.runFor(1000);
    broken = true;
    walkAndRest(players);
    expect(players[3]?.client.telemetry.featuresInUse).toEqual(OLD);
    expectUndisturbed(players);
  });

  it("a client whose sequenced packets the server cannot read is asked for MessagePack", () => {
    const players = start(3);
    let broken = false;
    const damage = unreadable();
    players.push(addFaulty("Faulty", { outgoing: (packet) => (broken ? damage(packet) : packet) }));
    world.runFor(1000);
    broken = true;
    world.runFor(2000);
    expect(players[3]?.client.telemetry.featuresInUse).toEqual(OLD);
    expect(players[3]?.client.connection.state.kind).toBe("playing");
    walkAndRest(players);
    expectUndisturbed(players);
  });

  it("whoever asks a thousand times, or for what does not exist, changes nothing more", () => {
    const players = start(2);
    const raw = new RawClient(world.network.createTransport(), SERVER_ADDRESS);
    world.runFor(100);
    raw.poll();
    raw.hello("Raw", PROTOCOL_MAJOR, PROTOCOL_MINOR, [...OWN_CAPABILITIES]);
    world.runFor(100);
    raw.poll();
    for (const capability of ["later_v9", Capability.legacy, Capability.snapshotDelta, Capability.sequenced]) {
      for (let i = 0; i < 250; i += 1) raw.featureProblem({ capability, detail: "so it is" });
    }
    world.runFor(500);
    raw.poll();
    expect(world.server?.counters).toMatchObject({ featureProblems: 1000, featureChanges: 2 });
    expect(raw.count(MessageType.features)).toBe(2);
    // Both codecs given up leaves the one that it said hello in.
    expect(raw.decoder.features.capabilities).toContain(Capability.sequenced);
    expect(world.server?.players.length).toBe(3);
    raw.transport.dispose();
    expect(players[0]?.client.telemetry.featuresInUse).toEqual(OWN_CAPABILITIES);
  });
});
