import { afterEach, expect, test } from "vitest";
import { loadCombatData } from "../../server/zone/combat/load-combat-data.ts";
import { type VirtualPlayer, VirtualWorld } from "./virtual-world.ts";

const data = loadCombatData();
const NAMES = ["Ada", "Bob", "Cyd", "Dee", "Eve"];
let world: VirtualWorld;
afterEach(() => world.dispose());

/** Frames of the others as one of them sees them. */
function framesOf({ client }: VirtualPlayer) {
  const { party } = client.combat;
  return party.members.slice(0, party.count).map(({ name, health, dead, leader, near }) => {
    return { name, health, dead, leader, near };
  });
}

test("[C60] [C62] each of five sees the frames of the four others: health, death, who leads, also of those out of sight", () => {
  world = new VirtualWorld({ link: { latencyMs: 25, lossRate: 0.02 }, server: { combat: { data } } });
  world.startServer();
  const players = NAMES.map((name) => {
    const player = world.addPlayer(name, { client: { combat: data } });
    world.runUntil(`${name} fights`, () => player.client.combat.inUse);
    return player;
  });
  const [ada, ...others] = players;
  const far = others[3];
  if (ada === undefined || far === undefined) throw new Error("expected five players");
  world.formParty(ada, others);
  world.runFor(500);
  const full = data.basics.health;
  for (const player of players) {
    const expected = NAMES.filter((name) => name !== player.name).map((name) => {
      return { name, health: full, dead: false, leader: name === "Ada", near: true };
    });
    expect(framesOf(player)).toEqual(expected);
  }

  const state = world.truth(far);
  Object.assign(state, { x: state.x < 256 ? state.x + 220 : state.x - 220 });
  world.runUntil("she is out of sight", () => ada.client.remotes.indexOf(far.client.own.entityId) < 0);
  const toldOf = () => ada.client.combat.party.members[3];
  const offMeters = () => Math.hypot((toldOf()?.placeX ?? 0) - state.x, (toldOf()?.placeZ ?? 0) - state.z);
  world.runUntil("she is told where", () => (toldOf()?.placeTick ?? 0) > 0, 2000);
  expect(offMeters()).toBeLessThan(0.5);
  expect(ada.client.combat.party.members[0]).toMatchObject({ near: true, placeTick: 0 });
  // She walks on: nobody hears of it later than half a second and the way.
  far.input.moveZ = -1;
  world.runFor(3000);
  expect(offMeters()).toBeLessThan(4);
  far.input.moveZ = 0;
  world.runFor(2000);
  expect(offMeters()).toBeLessThan(0.5);
  expect(world.server?.serverTick ?? 0).toBeLessThan((toldOf()?.placeTick ?? 0) + 60);
  world.fighters.health[world.placeOf(far)] = 90;
  world.runFor(600);
  // Rest has begun, a whole percent a second.
  const hurt = framesOf(ada)[3];
  expect(hurt).toMatchObject({ name: "Eve", near: false, dead: false });
  expect(hurt?.health).toBeGreaterThanOrEqual(90);
  expect(hurt?.health).toBeLessThan(130);
  world.fighters.health[world.placeOf(far)] = 0;
  world.runFor(600);
  expect(framesOf(ada)[3]).toMatchObject({ name: "Eve", health: 0, dead: true, near: false });

  // The leader leaves the zone: the next one leads, and four are left.
  ada.client.disconnect();
  const leads = () => framesOf(far).map(({ name, leader }) => `${name}${leader ? " leads" : ""}`);
  world.runUntil("Bob leads", () => leads()[0] === "Bob leads");
  expect(leads()).toEqual(["Bob leads", "Cyd", "Dee"]);
  expect(others[0]?.client.combat.party.leading).toBe(true);
});
