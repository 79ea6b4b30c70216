import { afterEach, expect, test } from "vitest";
import { decodeZone, encodeZone } from "../../scripts/simulation/zone-file.ts";
import { loadCombatData } from "../../server/zone/combat/load-combat-data.ts";
import type { ZoneServer } from "../../server/zone/zone-server.ts";
import { populate } from "../../tools/bench/client/populate.ts";
import { createTestZone } from "../fixtures/test-zone.ts";
import { type VirtualPlayer, VirtualWorld } from "./virtual-world.ts";

const RESIDENTS = 40;
const data = loadCombatData();
const zone = (() => {
  const decoded = decodeZone(encodeZone(createTestZone()));
  if (!decoded.ok) throw new Error(decoded.reason);
  return decoded.zone;
})();
let world: VirtualWorld;

afterEach(() => world.dispose());

function start(fight: boolean, maxPlayers = RESIDENTS + 1): ZoneServer {
  world = new VirtualWorld({ maxPlayers, ...(fight && { server: { combat: { data } } }) });
  const server = world.startServer();
  populate(server, zone, RESIDENTS, 1);
  return server;
}

function join(name: string): VirtualPlayer {
  const player = world.addPlayer(name, { client: { combat: data } });
  world.runUntil(`${name} sees everybody`, () => player.client.remotes.count >= RESIDENTS);
  return player;
}

test("residents walk, and a client sees them by name, where they are", () => {
  const server = start(false);
  const { client } = join("Ada");
  const before = server.players.map(({ state }) => ({ x: state.x, z: state.z }));
  world.runFor(5_000);
  const { remotes } = client;
  const names = Array.from({ length: remotes.count }, (_, index) => remotes.name(index)).sort();
  expect(names).toEqual(Array.from({ length: RESIDENTS }, (_, index) => `Resident ${index + 1}`).sort());
  let walked = 0;
  for (const [index, { entityId, state, deaf }] of server.players.entries()) {
    const from = before[index];
    if (!deaf || from === undefined) continue;
    if (Math.hypot(state.x - from.x, state.z - from.z) > 1) walked += 1;
    const seen = remotes.indexOf(entityId);
    expect(Math.hypot((remotes.x[seen] ?? 0) - state.x, (remotes.z[seen] ?? 0) - state.z)).toBeLessThan(2);
  }
  expect(walked).toBeGreaterThan(RESIDENTS / 2);
});

test("residents fight by the rules that hold for everybody, also the player, and stand up again", () => {
  const server = start(true);
  const { client } = join("Ada");
  let deaths = 0;
  let stoodUp = 0;
  const dead = new Set<number>();
  let hurt = false;
  world.onServerTurn = () => {
    const fighters = server.combat?.world.state.fighters;
    for (const { place } of server.players) {
      const lies = fighters?.dead[place] === 1;
      if (lies && !dead.has(place)) deaths += 1;
      if (!lies && dead.has(place)) stoodUp += 1;
      if (lies) dead.add(place);
      else dead.delete(place);
    }
    hurt ||= client.combat.self.health < client.combat.self.maxHealth;
  };
  world.runUntil("somebody has fallen and stood up, and Ada was hit", () => stoodUp > 0 && hurt, 120_000);
  expect(deaths).toBeGreaterThan(0);
  expect(client.combat.inUse).toBe(true);
});

test("nothing is sent to those who have no connection, and nobody else takes their names or places", () => {
  const server = start(true);
  world.runFor(2_000);
  expect(server.counters).toMatchObject({ players: RESIDENTS, packetsOut: 0, sendFailures: 0, commandsLate: 0 });
  expect(() => server.takeIn("Resident 7")).toThrow('"Resident 7" cannot be taken in');
  const thief = world.addPlayer("Resident 7");
  world.runUntil("the thief is refused", () => thief.client.connection.state.kind === "rejected");
  expect(thief.client.connection.state).toMatchObject({ reasonCode: "name_taken" });
  server.takeIn("The last one");
  const late = world.addPlayer("Late");
  world.runUntil("the zone is full", () => late.client.connection.state.kind === "rejected");
  expect(late.client.connection.state).toMatchObject({ reasonCode: "server_full" });
});
