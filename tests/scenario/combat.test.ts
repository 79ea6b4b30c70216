import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Capability, OWN_CAPABILITIES } from "../../scripts/protocol/capability.ts";
import type { CombatEvents } from "../../scripts/simulation/combat/combat-events.ts";
import { loadCombatData } from "../../server/zone/combat/load-combat-data.ts";
import { type VirtualPlayer, VirtualWorld } from "./virtual-world.ts";

const data = loadCombatData();
const link = { latencyMs: 25, jitterMs: 4, lossRate: 0.02 };
let world: VirtualWorld;
const log: { tick: number; first: number; count: number }[] = [];

function start(
  camps: NonNullable<ConstructorParameters<typeof VirtualWorld>[0]>["server"] = { combat: { data } },
): void {
  world = new VirtualWorld({ link, server: camps });
  world.startServer();
}

function join(name: string, capabilities = OWN_CAPABILITIES): VirtualPlayer {
  const player = world.addPlayer(name, { capabilities, client: { combat: data } });
  world.runUntil(`${name} plays`, () => player.client.own.present);
  if (capabilities.includes(Capability.combat)) {
    world.runUntil(`${name} knows its health`, () => player.client.combat.inUse);
  }
  return player;
}

/** Puts a character on the server's side, looking to -z. */
function put(player: VirtualPlayer, x: number, z: number): void {
  const state = world.truth(player);
  state.x = x;
  state.z = z;
  world.runFor(1_500);
}

describe("two who fight", () => {
  let ada: VirtualPlayer;
  let bob: VirtualPlayer;

  beforeEach(() => {
    log.length = 0;
    const combatLog = {
      append: (_zone: string, batch: Readonly<CombatEvents>) =>
        void log.push({ tick: batch.tick, first: batch.firstSequence, count: batch.count }),
    };
    start({ combat: { data, log: combatLog } });
    ada = join("Ada");
    bob = join("Bob");
    // Bob stands 2 m in front of Ada, who looks to -z.
    put(ada, 250, 250);
    put(bob, 250, 248);
  });
  afterEach(() => world.dispose());

  function target(player: VirtualPlayer, other: VirtualPlayer): void {
    player.client.act({ kind: "target", entityId: other.client.own.entityId });
    world.runFor(300);
    expect(player.client.combat.target.entityId).toBe(other.client.own.entityId);
  }

  test("a strike takes health, everybody is told, and the cooldown is the server's to the tick", () => {
    target(ada, bob);
    const full = bob.client.combat.self.health;
    let texts = 0;
    bob.onFrame = () => {
      texts += bob.client.combat.text.count;
    };
    for (let blows = 0; blows < 5; blows += 1) {
      ada.client.act({ kind: "use", slot: 1 });
      world.runFor(1_300);
    }
    expect(ada.client.combat.bar[0]?.refusal).toBe("accepted");
    expect(bob.client.combat.self.health).toBeLessThan(full);
    expect(bob.client.combat.self.health).toBe(world.fighters.health[world.placeOf(bob)]);
    expect(texts).toBeGreaterThan(2);
    expect(ada.client.combat.globalCooldownEndTick).toBe(world.fighters.globalEnd[world.placeOf(ada)]);
    // Ada sees Bob's health in the snapshots.
    expect(ada.client.combat.target.health).toBe(world.fighters.health[world.placeOf(bob)]);
    expect(ada.client.combat.target.maxHealth).toBe(data.basics.health);
    // The stream that a store takes has no gap.
    for (const [i, batch] of log.entries()) {
      const before = log[i - 1];
      if (before !== undefined) expect(batch.first).toBe(before.first + before.count);
    }
    expect(log.length).toBeGreaterThan(4);
  });

  test("health of others is what the events say, in the frame in which they come", () => {
    target(ada, bob);
    let told = 0;
    let late = 0;
    let before = 0;
    ada.onFrame = () => {
      const { remotes, combat } = ada.client;
      const health = remotes.health[remotes.indexOf(bob.client.own.entityId)] ?? 0;
      for (let i = 0; i < combat.events.count; i += 1) {
        const event = combat.events.events[i];
        if (event?.kind !== "damage" || event.targetEntityId !== bob.client.own.entityId) continue;
        told += 1;
        if (health !== before - event.amount) late += 1;
      }
      before = health;
    };
    for (let blows = 0; blows < 8; blows += 1) {
      ada.client.act({ kind: "use", slot: 1 });
      world.runFor(1_300);
    }
    expect(told).toBeGreaterThan(3);
    expect(late).toBe(0);
    // And it stays so when snapshots say it, too.
    expect(before).toBe(world.fighters.health[world.placeOf(bob)]);
  });

  test("cast bar and cooldown start at once, before the server can have answered", () => {
    target(ada, bob);
    ada.client.act({ kind: "use", slot: 2 });
    world.runFor(20);
    expect(ada.client.combat.self.cast).toMatchObject({ active: true, abilityName: "Fireball" });
    expect(ada.client.combat.self.cast.endTick - ada.client.combat.self.cast.startTick).toBe(90);
    const shown = ada.client.combat.self.cast.endTick;
    world.runFor(300);
    expect(world.fighters.castEnd[world.placeOf(ada)]).toBe(shown);
    world.runFor(3_000);
    expect(ada.client.combat.self.cast.active).toBe(false);
    // What has grown since, on the way there and back, may make a point of difference.
    const ahead = ada.client.combat.self.resource - (world.fighters.resource[world.placeOf(ada)] ?? 0) / 60;
    expect(Math.abs(ahead)).toBeLessThanOrEqual(1);
  });

  test("refusals say why, and change nothing", () => {
    ada.client.act({ kind: "use", slot: 1 });
    world.runFor(200);
    expect(ada.client.combat.bar[0]?.refusal).toBe("no_target");
    target(ada, bob);
    put(bob, 250, 200);
    ada.client.act({ kind: "use", slot: 1 });
    world.runFor(200);
    expect(ada.client.combat.bar[0]?.refusal).toBe("out_of_range");
    expect(world.fighters.globalEnd[world.placeOf(ada)]).toBe(0);
  });

  test("who is on its way to another zone uses nothing, leaps nowhere, and is told so in words", () => {
    target(ada, bob);
    const said: string[] = [];
    ada.onFrame = () => {
      const { text } = ada.client.combat;
      for (const { kind, label } of text.events.slice(0, text.count)) if (kind === "refused") said.push(label);
    };
    world.server?.setInHandoff(ada.client.own.entityId, true);
    const { z } = world.truth(ada);
    for (const slot of [1, 2, 9]) {
      ada.client.act({ kind: "use", slot });
      world.runFor(500);
      expect(ada.client.combat.bar[slot - 1]?.refusal).toBe("in_handoff");
    }
    ada.input.strike = true;
    world.runFor(500);
    ada.input.strike = false;
    expect(said).toEqual(Array.from({ length: 3 }, () => "Not while crossing a border"));
    expect(world.truth(ada).z).toBeCloseTo(z, 1);
    expect(world.fighters.health[world.placeOf(bob)]).toBe(data.basics.health);
    expect(ada.client.combat.self.cast.active).toBe(false);
    world.server?.setInHandoff(ada.client.own.entityId, false);
    ada.client.act({ kind: "use", slot: 2 });
    world.runFor(500);
    expect(ada.client.combat.self.cast.active).toBe(true);
    expect(() => world.server?.setInHandoff(0xffff, true)).toThrow(/expected a player of this zone, got entity 65535/u);
  });

  test("a press at the end of the global cooldown waits for it", () => {
    target(ada, bob);
    ada.client.act({ kind: "use", slot: 1 });
    world.runFor(750);
    ada.client.act({ kind: "use", slot: 1 });
    world.runFor(20);
    expect(ada.client.combat.bar[0]?.queued).toBe(true);
    const first = ada.client.combat.globalCooldownStartTick;
    world.runFor(500);
    expect(ada.client.combat.bar[0]?.queued).toBe(false);
    expect(world.fighters.globalStart[world.placeOf(ada)]).toBe(first + data.basics.globalCooldownTicks);
  });

  test("a leap is predicted: no correction, and the server has it, too", () => {
    const before = ada.client.telemetry.corrections;
    const z = world.truth(ada).z;
    ada.client.act({ kind: "use", slot: 9 });
    world.runFor(1_000);
    expect(world.truth(ada).z).toBeLessThan(z - 3);
    expect(ada.client.telemetry.corrections).toBe(before);
    expect(ada.client.combat.bar[8]?.refusal).toBe("accepted");
    expect(ada.client.combat.bar[8]?.charges).toBe(1);
  });

  test("who dies lies still, may come back after a while, and does so where it chooses", () => {
    world.fighters.health.fill(0, world.placeOf(bob), world.placeOf(bob) + 1);
    world.runFor(400);
    expect(bob.client.combat.death).toMatchObject({ dead: true });
    const { x, z } = world.truth(bob);
    bob.input.moveZ = -1;
    bob.client.act({ kind: "use", slot: 1 });
    bob.client.act({ kind: "respawn", point: 0 });
    world.runFor(1_500);
    expect([world.truth(bob).x, world.truth(bob).z]).toEqual([x, z]);
    expect(bob.client.combat.bar[0]?.refusal).toBe("dead");
    expect(bob.client.combat.notice).toContain("Not yet");
    bob.input.moveZ = 0;
    world.runFor(5_000);
    bob.client.act({ kind: "respawn", point: 0 });
    world.runFor(600);
    expect(bob.client.combat.death.dead).toBe(false);
    expect(bob.client.combat.self.health).toBe(data.basics.health);
    expect(world.truth(bob).x).not.toBe(x);
  });

  test("a party shares frames, and is not harmed by its own", () => {
    ada.client.act({ kind: "invite", entityId: bob.client.own.entityId });
    world.runFor(300);
    expect(bob.client.combat.party.inviterName).toBe("Ada");
    bob.client.act({ kind: "accept" });
    world.runFor(500);
    expect(ada.client.combat.party).toMatchObject({ joined: true, leading: true, count: 1 });
    expect(bob.client.combat.party.members[0]).toMatchObject({ name: "Ada", leader: true });
    target(ada, bob);
    ada.client.act({ kind: "use", slot: 1 });
    world.runFor(300);
    expect(ada.client.combat.bar[0]?.refusal).toBe("invalid_target");
    bob.client.act({ kind: "leave" });
    world.runFor(500);
    expect(ada.client.combat.party.joined).toBe(false);
  });

  test("a client of 1.3 strikes as before, and its strikes hurt", () => {
    const old = OWN_CAPABILITIES.filter((capability) => capability !== Capability.combat);
    const cyd = join("Cyd", old);
    put(cyd, 250, 246.2);
    cyd.input.yawRadians = Math.PI;
    world.runFor(200);
    const full = world.fighters.health[world.placeOf(bob)] ?? 0;
    for (let blows = 0; blows < 4; blows += 1) {
      cyd.input.strike = true;
      world.runFor(17);
      cyd.input.strike = false;
      world.runFor(1_000);
    }
    expect(world.fighters.health[world.placeOf(bob)]).toBeLessThan(full);
    expect(cyd.client.combat.inUse).toBe(false);
  });
});

test.each([
  ["other data", { ...data, hash: data.hash ^ 1 }, (data.hash ^ 1) >>> 0],
  ["none", undefined, undefined],
])("a client with %s is warned once, with both hashes, and plays on by what the server says", (_, own, hash) => {
  start();
  const ada = world.addPlayer("Ada", { client: own ? { combat: { ...own, hash: hash ?? 0 } } : {} });
  world.runUntil("Ada knows her health", () => ada.client.combat.inUse);
  world.runFor(2_000);
  const hex = (number: number) => number.toString(16).padStart(8, "0");
  const warnings = ada.log.filter((line) => line.includes("rules of fighting"));
  expect(warnings).toEqual([expect.stringContaining(`${hex(data.hash)}, this game has ${hash ? hex(hash) : "none"}`)]);
  expect(ada.client.combat.self.health).toBe(data.basics.health);
  const bob = join("Bob");
  expect(bob.log.filter((line) => line.includes("rules of fighting"))).toEqual([]);
  world.dispose();
});

test("creatures come with their names, fight back, and forget who is gone", () => {
  const camp = {
    creature: "gale-wolf",
    count: 2,
    x: 256,
    y: 0,
    z: 240,
    radiusMeters: 3,
    leashMeters: 40,
    respawnSeconds: 10,
  };
  start({ combat: { data, camps: [camp] } });
  const ada = join("Ada");
  put(ada, 256, 250);
  world.runUntil("a wolf has bitten", () => ada.client.combat.self.health < data.basics.health, 20_000);
  const { remotes } = ada.client;
  expect(remotes.count).toBe(2);
  expect(remotes.name(0)).toBe("Gale Wolf");
  expect(ada.client.combat.nameplates.relation(0)).toBe("creature");
  ada.client.act({ kind: "cycle", to: "nearest" });
  world.runFor(400);
  expect(ada.client.combat.target).toMatchObject({ name: "Gale Wolf", relation: "creature", level: 5 });
  expect(ada.client.combat.target.threat[0]).toMatchObject({ name: "Ada", percent: 100, self: true });
  world.dispose();
});
