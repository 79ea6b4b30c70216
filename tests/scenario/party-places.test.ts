import { afterEach, expect, test } from "vitest";
import { Capability } from "../../scripts/protocol/capability.ts";
import { loadCombatData } from "../../server/zone/combat/load-combat-data.ts";
import { LEGACY_SNAPSHOT_ENTITIES } from "../../server/zone/nearest-entities.ts";
import { type VirtualPlayer, VirtualWorld } from "./virtual-world.ts";

const data = loadCombatData();
let world: VirtualWorld;
afterEach(() => world.dispose());

function join(name: string, minor = 5, capabilities?: readonly Capability[]): VirtualPlayer {
  const player = world.addPlayer(name, {
    client: { combat: data, protocolMinor: minor },
    ...(capabilities && { capabilities }),
  });
  world.runUntil(`${name} fights`, () => player.client.combat.inUse);
  return player;
}

/** The tick of which `player` was told where one of the others is, by name; 0 for never, -1 for who is in no party. */
function placeTick({ client }: VirtualPlayer, name: string): number {
  return client.combat.party.members.find((member) => member.name === name)?.placeTick ?? -1;
}

test("[P133] a session of 1.4 is told of no places beside one of 1.5, and both have their party", () => {
  world = new VirtualWorld({ server: { combat: { data } } });
  world.startServer();
  const ada = join("Ada");
  const old = join("Bob", 4);
  const far = join("Cyd");
  world.formParty(ada, [old, far]);
  const state = world.truth(far);
  Object.assign(state, { x: state.x < 256 ? state.x + 220 : state.x - 220 });
  world.runUntil("she is out of sight", () => old.client.combat.party.members[1]?.near === false);
  world.runUntil("one is told where", () => placeTick(ada, "Cyd") > 0, 2000);
  world.runFor(2000);
  expect(placeTick(old, "Cyd")).toBe(0);
  expect(old.client.telemetry).toMatchObject({ protocolMinor: 4, malformed: 0, unexpected: 0 });
  const { party } = old.client.combat;
  expect(party.members.slice(0, party.count)).toMatchObject([
    { name: "Ada", near: true },
    { name: "Cyd", near: false },
  ]);
  Object.assign(state, { x: world.truth(ada).x + 3 });
  world.runUntil("she is seen again", () => ada.client.combat.party.members[1]?.near === true);
  expect(placeTick(ada, "Cyd")).toBe(0);
});

test("[P99] [P133] who is told of the nearest only is told where a member is that is behind a crowd", () => {
  world = new VirtualWorld({ server: { combat: { data } }, maxPlayers: LEGACY_SNAPSHOT_ENTITIES + 2 });
  const server = world.startServer();
  const ada = join("Ada", 5, [Capability.legacy, Capability.combat]);
  const bob = join("Bob");
  world.formParty(ada, [bob]);
  const here = world.truth(ada);
  const state = world.truth(bob);
  Object.assign(state, { x: here.x < 256 ? here.x + 60 : here.x - 60, z: here.z });
  world.runFor(1000);
  expect(ada.client.combat.party.members[0]).toMatchObject({ near: true });
  for (let i = 0; i < LEGACY_SNAPSHOT_ENTITIES; i += 1) {
    Object.assign(server.takeIn(`Somebody ${i}`).state, { x: here.x, z: here.z + i / 10 });
  }
  world.runUntil("he is behind them", () => ada.client.combat.party.members[0]?.near === false);
  world.runUntil("she is told where", () => placeTick(ada, "Bob") > 0, 2000);
  const told = ada.client.combat.party.members[0];
  expect(Math.hypot((told?.placeX ?? 0) - state.x, (told?.placeZ ?? 0) - state.z)).toBeLessThan(0.5);
  // He has differences, and sees her: there is nothing to tell.
  expect(bob.client.combat.party.members[0]).toMatchObject({ name: "Ada", near: true });
  expect(placeTick(bob, "Ada")).toBe(0);
});
