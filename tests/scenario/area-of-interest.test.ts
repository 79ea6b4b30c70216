import { afterEach, expect, it } from "vitest";
import { Capability } from "../../scripts/protocol/capability.ts";
import { placeMoveState } from "../../scripts/simulation/move-state.ts";
import { AREA_HYSTERESIS_METERS, AREA_RADIUS_METERS } from "../../server/zone/area-of-interest.ts";
import { type VirtualPlayer, VirtualWorld, type WorldOptions } from "./virtual-world.ts";

const EAST = -Math.PI / 2;
const WEST = Math.PI / 2;
const LEAVE_METERS = AREA_RADIUS_METERS + AREA_HYSTERESIS_METERS;
/** What both run in a second, and a snapshot or two on a slow link. */
const CLOSING_METERS_PER_SECOND = 15;
const LATE_SECONDS = 0.6;

let world: VirtualWorld;
afterEach(() => world.dispose());

function sees(viewer: VirtualPlayer, other: VirtualPlayer): boolean {
  return viewer.client.remotes.indexOf(other.client.own.entityId) >= 0;
}

function metersBetween(a: VirtualPlayer, b: VirtualPlayer): number {
  const from = world.truth(a);
  const to = world.truth(b);
  return Math.hypot(from.x - to.x, from.z - to.z);
}

function put(player: VirtualPlayer, x: number, z: number): void {
  placeMoveState(world.truth(player), { x, y: 10, z, yaw: 0 });
}

/** Two players in the west of the open strip south of everything. */
function start(options: WorldOptions, capabilities?: readonly Capability[]): [VirtualPlayer, VirtualPlayer] {
  world = new VirtualWorld(options);
  world.startServer();
  const offer = capabilities && { capabilities };
  const ada = world.addPlayer("Ada", { ...offer });
  const ben = world.addPlayer("Ben", { ...offer });
  world.runUntil("both play", () => ada.client.own.present && ben.client.own.present);
  put(ada, 100, 400);
  put(ben, 104, 400);
  world.runUntil("they see each other", () => sees(ada, ben) && sees(ben, ada));
  return [ada, ben];
}

/** Ben runs; returns how far apart they are when something about Ada's sight of him becomes so. */
function runUntil(ada: VirtualPlayer, ben: VirtualPlayer, yawRadians: number, visible: boolean): number {
  Object.assign(ben.input, { moveZ: -1, sprint: true, yawRadians });
  world.runUntil(`${visible ? "" : "not "}seen`, () => sees(ada, ben) === visible, 60_000);
  return metersBetween(ada, ben);
}

const REFERENCE = { latencyMs: 75, jitterMs: 30, lossRate: 0.05, meanBurst: 3, reorderRate: 0.01, duplicateRate: 0.01 };
const LEGACY = [Capability.legacy, Capability.rejectReason];
const FULL = [Capability.sequenced, Capability.rejectReason];

it.each([
  ["differences, on a bad link", { link: REFERENCE }, undefined],
  ["differences, on a very bad link", { link: { ...REFERENCE, lossRate: 0.2 }, seed: 3 }, undefined],
  ["full snapshots, on a bad link", { link: REFERENCE }, FULL],
  ["the old codec, on a bad link", { link: REFERENCE }, LEGACY],
] as const)("two players walk apart, lose sight of each other, and meet again: %s", (_, options, offered) => {
  const [ada, ben] = start(options, offered);
  const slackMeters = CLOSING_METERS_PER_SECOND * LATE_SECONDS;
  const goneAt = runUntil(ada, ben, EAST, false);
  expect(goneAt).toBeGreaterThan(LEAVE_METERS);
  expect(goneAt).toBeLessThan(LEAVE_METERS + slackMeters);
  world.runFor(1_000);
  expect([sees(ada, ben), sees(ben, ada)]).toEqual([false, false]);
  const backAt = runUntil(ada, ben, WEST, true);
  expect(backAt).toBeLessThan(AREA_RADIUS_METERS);
  expect(backAt).toBeGreaterThan(AREA_RADIUS_METERS - slackMeters);
  world.runFor(3_000);
  const index = ada.client.remotes.indexOf(ben.client.own.entityId);
  const drawn = Math.hypot(
    (ada.client.remotes.x[index] ?? 0) - world.truth(ben).x,
    (ada.client.remotes.z[index] ?? 0) - world.truth(ben).z,
  );
  expect(drawn).toBeLessThan(slackMeters);
  expect(ada.client.telemetry.connectionsLost + ben.client.telemetry.connectionsLost).toBe(0);
});

it("who comes back to the edge again and again is lost and found, never doubled", () => {
  const [ada, ben] = start({ link: REFERENCE, seed: 2 });
  for (let round = 0; round < 3; round += 1) {
    runUntil(ada, ben, EAST, false);
    runUntil(ada, ben, WEST, true);
    expect(ada.client.remotes.count).toBe(1);
  }
});

it("names are known zone wide: who comes into sight has one", () => {
  const [ada, ben] = start({});
  put(ben, 400, 400);
  world.runUntil("they lose sight of each other", () => !sees(ada, ben));
  const cleo = world.addPlayer("Cleo");
  world.runUntil("she plays", () => cleo.client.own.present);
  put(cleo, 400, 404);
  world.runFor(1_000);
  expect(sees(ada, cleo)).toBe(false);
  put(cleo, 110, 400);
  world.runUntil("she is in sight", () => sees(ada, cleo));
  expect(ada.client.remotes.name(ada.client.remotes.indexOf(cleo.client.own.entityId))).toBe("Cleo");
});

it("whoever leaves the game in a crowd is gone for everybody, and the place is the next one's", () => {
  world = new VirtualWorld({ maxPlayers: 40 });
  world.startServer();
  const players = Array.from({ length: 40 }, (_, i) => world.addPlayer(`Player ${i}`, { fps: 20 }));
  const [first] = players as [VirtualPlayer];
  world.runUntil("all play", () => players.every(({ client }) => client.own.present));
  world.runUntil("everybody is seen", () => first.client.remotes.count === 39);
  players[20]?.client.disconnect();
  world.runUntil("one is gone", () => first.client.remotes.count === 38);
  const next = world.addPlayer("Next");
  world.runUntil("the next one is seen", () => sees(first, next));
  expect(first.client.remotes.count).toBe(39);
});
