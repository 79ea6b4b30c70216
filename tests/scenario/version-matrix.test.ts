import { afterEach, describe, expect, it } from "vitest";
import { Capability, OWN_CAPABILITIES } from "../../scripts/protocol/capability.ts";
import { type Codec, codecInUse, featuresInUse, namedIn, negotiate } from "../../scripts/protocol/negotiation.ts";
import { PROTOCOL_MINOR } from "../../scripts/protocol/protocol-version.ts";
import { LEGACY_SNAPSHOT_ENTITIES } from "../../server/zone/nearest-entities.ts";
import { type VirtualPlayer, VirtualWorld } from "./virtual-world.ts";

// Every version and set of capabilities of a client against those of a server, all of them playing with each other in one zone.

const { legacy, sequenced, snapshotDelta, inputDelta, rejectReason, action, combat } = Capability;
const MINORS = Array.from({ length: PROTOCOL_MINOR + 1 }, (_, minor) => minor);
const ONE_STEP_METERS = 1 / 1024;

interface End {
  minor: number;
  capabilities: readonly Capability[];
}

function subsets(of: readonly Capability[]): Capability[][] {
  return Array.from({ length: 2 ** of.length }, (_, bits) => of.filter((_each, i) => (bits & (1 << i)) !== 0));
}

function speaks(capabilities: readonly Capability[]): boolean {
  return capabilities.includes(legacy) || capabilities.includes(sequenced);
}

/** Every set of ways to speak; what is spoken about besides goes with a few of them. */
const CLIENTS: readonly End[] = MINORS.flatMap((minor) =>
  [
    ...subsets(OWN_CAPABILITIES.filter((capability) => capability !== action && capability !== combat)).filter(speaks),
    [legacy, action],
    [sequenced, action],
    [legacy, combat],
    [sequenced, combat],
    OWN_CAPABILITIES,
  ].map((capabilities) => ({ minor, capabilities })),
);
/** Each step of the way that servers go, forwards and back. */
const SERVERS: readonly End[] = MINORS.flatMap((minor) =>
  [
    [legacy],
    [sequenced],
    [legacy, sequenced],
    [sequenced, snapshotDelta],
    [legacy, sequenced, inputDelta, rejectReason],
    [legacy, sequenced, action],
    OWN_CAPABILITIES,
  ].map((capabilities) => ({ minor, capabilities })),
);

/** The clients play in groups, dealt so that each has every version: what a zone tells its players grows with the square of their number. */
const GROUPS = Array.from({ length: 5 }, (_, group) => CLIENTS.filter((_client, i) => i % 5 === group));

let world: VirtualWorld;
afterEach(() => world.dispose());

function helloCodec(client: End): Codec {
  return codecInUse(client.capabilities);
}

/** What the two must agree on; nothing when the server cannot read the Hello. */
function expectedInUse(client: End, server: End): readonly Capability[] | undefined {
  const codec = helloCodec(client);
  if (!server.capabilities.includes(codec)) return undefined;
  const clientPeer = { protocolMinor: client.minor, capabilities: client.capabilities };
  const agreement = negotiate(codec, clientPeer, { protocolMinor: server.minor, capabilities: server.capabilities });
  return featuresInUse(agreement, () => true);
}

function join(client: End, index: number): VirtualPlayer {
  const { minor, capabilities } = client;
  return world.addPlayer(`Player ${index}`, { fps: 20, capabilities, client: { protocolMinor: minor } });
}

function expectPlaying({ client, name }: VirtualPlayer, inUse: readonly Capability[], others: number): void {
  const { telemetry, own, connection } = client;
  expect(connection.state.kind, name).toBe("playing");
  expect(telemetry, name).toMatchObject({
    malformed: 0,
    unexpected: 0,
    corrections: 0,
    featureProblems: 0,
  });
  expect(codecInUse(telemetry.featuresInUse), name).toBe(codecInUse(inUse));
  const seen = codecInUse(inUse) === legacy ? Math.min(others, LEGACY_SNAPSHOT_ENTITIES) : others;
  expect(client.remotes.count, name).toBe(seen);
  const truth = world.server?.players.find((player) => player.name === name);
  expect(Math.hypot(own.x - (truth?.state.x ?? 0), own.z - (truth?.state.z ?? 0)), name).toBeLessThan(ONE_STEP_METERS);
  expect(truth?.features.agreement.protocolMinor).toBeLessThanOrEqual(PROTOCOL_MINOR);
  expect(truth?.features.inUse, name).toEqual(inUse);
}

describe.each(SERVERS)("[P45] [P47] a server of 1.$minor with $capabilities", (server) => {
  it.each(GROUPS.map((clients, group) => ({ group, clients })))(
    `plays with group $group of ${CLIENTS.length} clients, or says why not`,
    ({ clients }) => {
      expect(new Set(clients.map(({ minor }) => minor)).size).toBe(MINORS.length);
      world = new VirtualWorld({
        maxPlayers: clients.length,
        link: { latencyMs: 20, jitterMs: 5 },
        serverCapabilities: server.capabilities,
        server: { protocolMinor: server.minor },
      });
      world.startServer();
      const players = clients.map(join);
      const expected = clients.map((client) => expectedInUse(client, server));
      const isSettled = ({ client }: VirtualPlayer) =>
        client.own.present || client.connection.state.kind === "rejected";
      world.runUntil("all are in or refused", () => players.every(isSettled));
      for (const [i, { input }] of players.entries()) {
        input.moveZ = -1;
        input.yawRadians = i;
      }
      world.runFor(1_000);
      for (const { input } of players) input.moveZ = 0;
      world.runFor(1_500);

      const admitted = expected.filter((inUse) => inUse !== undefined).length;
      expect(world.server?.players.length).toBe(admitted);
      for (const [i, player] of players.entries()) {
        const inUse = expected[i];
        if (inUse !== undefined) expectPlaying(player, inUse, admitted - 1);
        else {
          const { state } = player.client.connection;
          expect(state).toMatchObject({ kind: "rejected", reasonCode: "version_mismatch" });
          expect(state.kind === "rejected" && state.detail).toContain(
            `the Hello is in ${helloCodec(clients[i] ?? server)}`,
          );
        }
      }
      expect(world.server?.counters.malformed).toBe(0);
    },
  );
});

it("[P47] no client is told of what its version does not have", () => {
  world = new VirtualWorld();
  for (const minor of MINORS) {
    const named = namedIn(minor, OWN_CAPABILITIES);
    expect(named.includes(snapshotDelta)).toBe(minor >= 1);
    expect(named.includes(sequenced)).toBe(minor >= 2);
    expect(named.includes(inputDelta)).toBe(minor >= 2);
    expect(named.includes(action)).toBe(minor >= 3);
  }
});
