import { afterEach, beforeEach, expect, test } from "vitest";
import { loadCombatData } from "../../server/zone/combat/load-combat-data.ts";
import { type VirtualPlayer, VirtualWorld } from "./virtual-world.ts";

const data = loadCombatData();
let world: VirtualWorld;
let ada: VirtualPlayer;
let bob: VirtualPlayer;
let cyd: VirtualPlayer;

beforeEach(() => {
  world = new VirtualWorld({ link: { latencyMs: 25, jitterMs: 4, lossRate: 0.02 }, server: { combat: { data } } });
  world.startServer();
  [ada, bob, cyd] = ["Ada", "Bob", "Cyd"].map((name) => {
    const player = world.addPlayer(name, { client: { combat: data } });
    world.runUntil(`${name} fights`, () => player.client.combat.inUse);
    return player;
  }) as [VirtualPlayer, VirtualPlayer, VirtualPlayer];
  put(ada, 380);
  put(bob, 370);
  put(cyd, 372);
  world.runFor(1_500);
});
afterEach(() => world.dispose());

/** On the server's side, all in a row. */
function put(player: VirtualPlayer, z: number): void {
  const state = world.truth(player);
  state.x = 250;
  state.z = z;
}

function idOf(player: VirtualPlayer): number {
  return player.client.own.entityId;
}

function lock(on: VirtualPlayer): void {
  ada.client.act({ kind: "target", entityId: idOf(on) });
}

/** Whom Ada has locked on to as she sees it, and as the server does. */
function locked(): [number, number] {
  const player = world.server?.players.find(({ name }) => name === "Ada");
  return [ada.client.combat.target.entityId, player?.lockedOn ?? -1];
}

test("[C65] the lock ends for both beyond 110 m, though the target is still in sight", () => {
  lock(bob);
  world.runFor(400);
  put(bob, 380 - 108);
  world.runFor(1_500);
  expect(locked()).toEqual([idOf(bob), idOf(bob)]);
  put(bob, 380 - 114);
  world.runFor(1_500);
  expect(ada.client.remotes.indexOf(idOf(bob))).toBeGreaterThanOrEqual(0);
  expect(locked()).toEqual([0, 0]);
});

test("[C65] who has just gone out of reach is not locked on to, and the player is told", () => {
  put(bob, 380 - 99);
  world.runFor(1_500);
  lock(bob);
  put(bob, 380 - 105);
  world.runFor(1_000);
  expect(locked()).toEqual([0, 0]);
  expect(ada.client.combat.notice).toContain("too far away");
});

test("whoever is chosen while the server lets go of the last one stays chosen", () => {
  lock(bob);
  world.runFor(400);
  put(bob, 380 - 114);
  // On the way there and back again, before and after the server has let go.
  for (let turn = 0; turn < 12; turn += 1) {
    world.runFor(10);
    lock(turn % 2 === 0 ? cyd : bob);
  }
  lock(cyd);
  world.runFor(1_000);
  expect(locked()).toEqual([idOf(cyd), idOf(cyd)]);
});
