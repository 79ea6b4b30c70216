import { expect, it } from "vitest";
import type { CombatIntent } from "../../scripts/client/combat/combat-intent.ts";
import { FightPilot, type FightPilotOptions } from "../../scripts/client/combat/fight-pilot.ts";
import type { SlotRefusal } from "../../scripts/client/combat/view/ability-slot-view.ts";
import { encodeZone } from "../../scripts/simulation/zone-file.ts";
import { loadCombatData } from "../../server/zone/combat/load-combat-data.ts";
import { createScenarioZone, OPEN_GROUND } from "../../tools/scenario/scenario-zone.ts";
import { VirtualWorld } from "../../tools/scenario/virtual-world.ts";

it.for([60, 7, 3])("a pilot whose keys take a frame asks for nothing too soon at %i frames per second", (fps) => {
  const data = loadCombatData();
  const camp = { creature: "reef-crawler", count: 4, ...OPEN_GROUND, y: 12, radiusMeters: 8 };
  const camps = [{ ...camp, leashMeters: 40, respawnSeconds: 5 }];
  const world = new VirtualWorld({ zoneBytes: encodeZone(createScenarioZone()), server: { combat: { data, camps } } });
  world.startServer();
  const player = world.addPlayer("Ada", { client: { combat: data }, fps });
  const { client, input } = player;
  const pilot = new FightPilot(data, { prey: "creatures", noticeMeters: 50 });
  let pressed: CombatIntent | undefined;
  player.beforeFrame = () => {
    if (pressed !== undefined) client.act(pressed);
    const { own } = client;
    const wish = pilot.decide(client.combat, own, client.remotes, player.frameMs / 1_000);
    pressed = wish.intent;
    const goal = wish.busy ? { x: wish.lookX, z: wish.lookZ } : OPEN_GROUND;
    input.yawRadians = Math.atan2(own.x - goal.x, own.z - goal.z);
    input.moveZ = wish.busy && !wish.forward ? 0 : -1;
  };
  const refusals = new Set<SlotRefusal>();
  let used = 0;
  player.onFrame = () => {
    for (const { refusal, pending } of client.combat.bar) {
      refusals.add(refusal);
      if (pending) used += 1;
    }
  };
  world.runFor(60_000);
  world.dispose();
  expect(used).toBeGreaterThan(10);
  expect(refusals).not.toContain("global_cooldown");
});

/** A pilot between Bob, who is near, and Cyd, who is farther away. */
function pilotAmongPlayers(options: FightPilotOptions) {
  const data = loadCombatData();
  const world = new VirtualWorld({ zoneBytes: encodeZone(createScenarioZone()), server: { combat: { data } } });
  world.startServer();
  const places = { Ada: 0, Bob: 6, Cyd: 12 };
  const [ada] = Object.entries(places).map(([name, meters]) => {
    const player = world.addPlayer(name, { client: { combat: data } });
    world.runUntil(`${name} fights`, () => player.client.combat.inUse);
    Object.assign(world.truth(player), { x: OPEN_GROUND.x, z: OPEN_GROUND.z - meters });
    return player;
  });
  if (ada === undefined) throw new Error("expected Ada");
  const pilot = new FightPilot(data, options);
  const { client } = ada;
  ada.beforeFrame = () => {
    const { intent } = pilot.decide(client.combat, client.own, client.remotes, ada.frameMs / 1_000);
    if (intent !== undefined) client.act(intent);
  };
  return { world, pilot, opponent: () => client.remotes.nameOf(client.combat.target.entityId) };
}

it("a pilot leaves players alone until they are its prey, and then fights the nearest", () => {
  const { world, pilot, opponent } = pilotAmongPlayers({ prey: "creatures", noticeMeters: 25 });
  world.runFor(3_000);
  expect(opponent()).toBe("");
  pilot.prey = "everybody";
  world.runFor(2_000);
  expect(opponent()).toBe("Bob");
  world.dispose();
});

it("a pilot who hunts somebody fights that one before who is nearer", () => {
  const { world, opponent } = pilotAmongPlayers({ prey: "everybody", noticeMeters: 25, quarry: "Cyd" });
  world.runFor(3_000);
  expect(opponent()).toBe("Cyd");
  world.dispose();
});
