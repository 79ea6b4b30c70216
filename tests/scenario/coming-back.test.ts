import { afterEach, beforeEach, expect, test } from "vitest";
import { MAX_ABILITIES } from "../../scripts/simulation/combat/data/read-combat-data.ts";
import { loadCombatData } from "../../server/zone/combat/load-combat-data.ts";
import { type VirtualPlayer, VirtualWorld } from "./virtual-world.ts";

const data = loadCombatData();
const { health: full, releaseTicks, respawnTicks } = data.basics;
const WARD_SLOT = 6;
const KEPT_MS = 5 * 60_000;
let world: VirtualWorld;

beforeEach(() => {
  world = new VirtualWorld({ server: { combat: { data } } });
  world.startServer();
});
afterEach(() => world.dispose());

function join(name: string): VirtualPlayer {
  const player = world.addPlayer(name, { client: { combat: data } });
  world.runUntil(`${name} is in and knows its health`, () => player.client.combat.inUse && player.client.own.present);
  return player;
}

function isHere(name: string): boolean {
  return world.server?.players.some((player) => player.name === name) ?? false;
}

function leave({ client, name }: VirtualPlayer): void {
  client.disconnect();
  world.runUntil(`${name} has left`, () => !isHere(name));
}

/** Dead, far from where newcomers appear. */
function fallen(): { ada: VirtualPlayer; x: number; z: number; diedTick: number } {
  const ada = join("Ada");
  const state = world.truth(ada);
  Object.assign(state, { x: state.x < 256 ? state.x + 150 : state.x - 150 });
  world.fighters.health[world.placeOf(ada)] = 0;
  world.runUntil("she is dead", () => ada.client.combat.death.dead);
  return { ada, x: state.x, z: state.z, diedTick: ada.client.combat.death.diedTick };
}

test("[C42] who leaves dead is dead when it comes back, where it fell, and its timer has gone on", () => {
  const { ada, x, z, diedTick } = fallen();
  leave(ada);
  world.runFor(1_000);
  const again = join("Ada");
  world.runUntil("she knows that she is dead", () => again.client.combat.death.dead);
  expect(again.client.combat.death).toMatchObject({ diedTick, respawnTick: diedTick + respawnTicks });
  expect(again.client.combat.self.health).toBe(0);
  expect(again.client.own).toMatchObject({ x, z });
  again.client.act({ kind: "respawn", point: 0 });
  world.runFor(500);
  expect(again.client.combat.death.dead).toBe(true);
  world.runUntil("its minute is over", () => !again.client.combat.death.dead, 61_000);
  const lay = (world.server?.serverTick ?? 0) - diedTick;
  expect(lay).toBeGreaterThanOrEqual(releaseTicks);
  expect(lay).toBeLessThan(releaseTicks + 60);
  expect(again.client.combat.self.health).toBe(full);
});

test("[C42] who was cut off while dead is still dead", () => {
  const { ada, diedTick } = fallen();
  world.changeLink({ lossRate: 1 });
  world.runUntil("the server has given her up", () => !isHere("Ada"), 30_000);
  ada.client.dispose();
  world.changeLink({ lossRate: 0 });
  const again = join("Ada");
  world.runUntil("she knows that she is dead", () => again.client.combat.death.dead);
  expect(again.client.combat.death.diedTick).toBe(diedTick);
});

test("[C42] whose minute is over while away stands up on coming back", () => {
  const { ada } = fallen();
  leave(ada);
  world.runFor(61_000);
  const again = join("Ada");
  world.runUntil("she stands", () => again.client.combat.self.health === full);
  expect(again.client.combat.death.dead).toBe(false);
});

test("[C42] health, focus, cooldowns and auras are what they were, less the time", () => {
  const ada = join("Ada");
  // Longer than the cooldown, so that one that is not counted from the new session's own ticks is over.
  world.runFor(60_000);
  ada.client.act({ kind: "use", slot: WARD_SLOT });
  world.runUntil("she is warded", () => ada.client.combat.self.auras.count > 0);
  const ward = data.inSlot(WARD_SLOT);
  if (ward === undefined) throw new Error("expected an ability in the slot of the ward");
  const { fighters } = world;
  const auras = () => world.server?.combat?.world.state.auras;
  const place = world.placeOf(ada);
  const coolingTicks = () => {
    const at = world.placeOf(world.players.at(-1) ?? ada);
    return (fighters.chargedTick[at * MAX_ABILITIES + ward.index] ?? 0) - (fighters.ownTick[at] ?? 0);
  };
  // In a fight, so that nobody rests.
  fighters.combatUntil[place] = Number.MAX_SAFE_INTEGER;
  fighters.health[place] = 90;
  fighters.resource[place] = 600;
  const at = auras()?.at(place, 0) ?? 0;
  const before = { absorb: auras()?.absorb[at], endTick: auras()?.endTick[at], power: fighters.power[place] };
  const coolingBefore = coolingTicks();
  const tickBefore = world.server?.serverTick ?? 0;
  leave(ada);
  const again = join("Ada");
  const slot = () => again.client.combat.bar[WARD_SLOT - 1];
  world.runUntil("she has heard of her cooldown", () => (slot()?.cooldownEndTick ?? 0) > again.client.combat.ownTick);
  const there = world.placeOf(again);
  expect(fighters.health[there]).toBe(90);
  expect(again.client.combat.self.health).toBe(90);
  expect(fighters.resource[there]).toBeLessThan(600 + 5 * 120);
  const thereAt = auras()?.at(there, 0) ?? 0;
  expect(auras()?.count[there]).toBe(1);
  expect({ absorb: auras()?.absorb[thereAt], endTick: auras()?.endTick[thereAt] }).toMatchObject({
    absorb: before.absorb,
    endTick: before.endTick,
  });
  expect(fighters.power[there]).toBe(before.power);
  expect(slot()?.cooldownEndTick).toBe(fighters.chargedTick[there * MAX_ABILITIES + ward.index]);
  const passed = (world.server?.serverTick ?? 0) - tickBefore;
  expect(Math.abs(coolingBefore - passed - coolingTicks())).toBeLessThan(60);
  again.client.act({ kind: "use", slot: WARD_SLOT });
  world.runFor(500);
  expect(slot()?.refusal).toBe("cooldown");
});

test("[C42] another name, or the same one after five minutes, begins anew", () => {
  const { ada } = fallen();
  leave(ada);
  const bob = join("Bob");
  expect(bob.client.combat.self.health).toBe(full);
  leave(bob);
  world.runFor(KEPT_MS + 1_000);
  const again = join("Ada");
  expect(again.client.combat.self.health).toBe(full);
  // Not even for the moment until she is let go.
  expect(world.fighters.diedTick[world.placeOf(again)]).toBe(0);
});
