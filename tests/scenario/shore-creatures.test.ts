import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { FightCount } from "../../scripts/client/combat/fight-count.ts";
import { FightPilot } from "../../scripts/client/combat/fight-pilot.ts";
import { createLinkConditions } from "../../scripts/transport/conditioner/link-conditions.ts";
import { loadCombatData } from "../../server/zone/combat/load-combat-data.ts";
import { VirtualWorld } from "../../tools/scenario/virtual-world.ts";

const data = loadCombatData();
const zoneBytes = readFileSync("dist/zones/shore.zone");
let world: VirtualWorld;
afterEach(() => world.dispose());

function arrive() {
  world = new VirtualWorld({ zoneBytes, link: createLinkConditions({ latencyMs: 25 }), server: { combat: { data } } });
  const server = world.startServer();
  const ada = world.addPlayer("Ada", { client: { combat: data } });
  world.runUntil("Ada knows her health", () => ada.client.combat.inUse);
  const creatures = server.combat?.creatures.all ?? [];
  return { ada, creatures };
}

test("who arrives at the shore is left alone, and sees that there are creatures", () => {
  const { ada, creatures } = arrive();
  expect(creatures.length).toBeGreaterThan(8);
  world.runFor(60_000);
  expect(creatures.every(({ place }) => place >= 0)).toBe(true);
  expect(ada.client.combat.self.health).toBe(data.basics.health);
  expect(ada.client.combat.self.inCombat).toBe(false);
});

test("a walk of less than 30 s leads to a fight", () => {
  const { ada, creatures } = arrive();
  const from = world.truth(ada);
  const meters = ({ postX, postZ }: (typeof creatures)[number]) => Math.hypot(postX - from.x, postZ - from.z);
  const nearest = [...creatures].sort((a, b) => meters(a) - meters(b))[0];
  if (nearest === undefined) throw new Error("expected creatures on the shore");
  ada.input.moveZ = -1;
  ada.onFrame = () => {
    const { x, z } = world.truth(ada);
    ada.input.yawRadians = Math.atan2(x - nearest.postX, z - nearest.postZ);
  };
  world.runUntil("somebody is hurt", () => ada.client.combat.self.health < data.basics.health, 30_000);
});

test("a creature that died comes back after its camp's pause, as another one", () => {
  const { creatures } = arrive();
  const fighters = world.server?.combat?.world.state.fighters;
  const [crawler] = creatures.filter(({ camp }) => camp.respawnSeconds === 20);
  if (fighters === undefined || crawler === undefined) throw new Error("expected a camp with a pause of 20 s");
  world.runFor(1_000);
  const { entityId } = crawler;
  fighters.health[crawler.place] = 0;
  const body = (data.basics.bodyTicks * 1_000) / 60;
  world.runFor(body - 500);
  expect(crawler.place).toBeGreaterThanOrEqual(0);
  world.runFor(1_000);
  expect(crawler.place).toBe(-1);
  world.runFor(18_500);
  expect(crawler.place).toBe(-1);
  world.runFor(2_000);
  expect(crawler.place).toBeGreaterThanOrEqual(0);
  expect(crawler.entityId).toBeGreaterThan(entityId);
});

test("somebody at the keys kills, heals, is struck down, stands up and goes on", () => {
  const { ada, creatures } = arrive();
  const count = new FightCount();
  const pilot = new FightPilot(data, { prey: "creatures", noticeMeters: 30 });
  const used = new Set<number>();
  let stoodUp = 0;
  let wasDead = false;
  const { client, input } = ada;
  const [camp] = creatures.filter(({ rule }) => rule.key === "gale-wolf");
  if (camp === undefined) throw new Error("expected wolves on the shore");
  ada.beforeFrame = () => {
    const wish = pilot.decide(client.combat, client.own, client.remotes, 1 / 60);
    if (wish.intent !== undefined) client.act(wish.intent);
    const { x, z } = client.own;
    const [goalX, goalZ] = wish.busy ? [wish.lookX, wish.lookZ] : [camp.postX, camp.postZ];
    input.yawRadians = Math.atan2(x - goalX, z - goalZ);
    input.moveZ = wish.busy && !wish.forward ? 0 : -1;
  };
  ada.onFrame = () => {
    const { events, death } = client.combat;
    count.add(events, client.own.entityId);
    for (const { kind, sourceEntityId, what } of events.events.slice(0, events.count)) {
      if (sourceEntityId === client.own.entityId && (kind === "used" || kind === "cast_finished")) used.add(what);
    }
    if (wasDead && !death.dead) stoodUp += 1;
    wasDead = death.dead;
  };
  world.runFor(90_000);
  world.fighters.health[world.placeOf(ada)] = 0;
  world.runFor(500);
  expect(client.combat.death.dead).toBe(true);
  const { kills } = count;
  world.runFor(90_000);
  expect(kills).toBeGreaterThan(1);
  expect(count.kills).toBeGreaterThan(kills);
  expect(count.deaths).toBe(1);
  expect(stoodUp).toBe(1);
  expect(count.abilitiesUsed).toBeGreaterThan(20);
  expect([...used].map((id) => data.ability(id)?.name)).toEqual(
    expect.arrayContaining(["Strike", "Fireball", "Mend", "Ward"]),
  );
});
