import { describe, expect, test } from "vitest";
import { CombatWorld } from "../../../../scripts/simulation/combat/combat-world.ts";
import { MindState } from "../../../../scripts/simulation/combat/creature.ts";
import { Creatures } from "../../../../scripts/simulation/combat/creatures.ts";
import { SPRINT_SPEED, TICK_RATE_HZ } from "../../../../scripts/simulation/constants.ts";
import { loadCombatData } from "../../../../server/zone/combat/load-combat-data.ts";
import { createScenarioZone, OPEN_GROUND } from "../../../../tools/scenario/scenario-zone.ts";
import { loadZone } from "../../../fixtures/play-zone.ts";

const data = loadCombatData();
const zone = loadZone(createScenarioZone());
const ADA = 0;
const ADA_ID = 1;
const LEASH_METERS = 30;
/** Nothing looks at the world as far as that. */
const NOWHERE_METERS = 150;

/** Creatures of one camp on open ground, and Ada, who is put where a test wants her; all of it tick by tick. */
class Camp {
  readonly world = new CombatWorld(data, 16, 7);
  readonly creatures: Creatures;
  tick = 100;
  #nextPlace = 1;

  constructor(creature = "gale-wolf", count = 1) {
    const camp = { creature, count, ...OPEN_GROUND, y: 0, radiusMeters: 3, leashMeters: LEASH_METERS };
    const take = () => {
      this.#nextPlace += 1;
      return { place: this.#nextPlace - 1, entityId: this.#nextPlace };
    };
    this.world.begin(this.tick);
    this.creatures = new Creatures(this.world, zone.world, [{ ...camp, respawnSeconds: 5 }], {
      take,
      giveBack: () => {},
    });
    this.world.addPlayer(ADA, ADA_ID);
    this.put(NOWHERE_METERS, 0);
    this.run(1);
  }

  get wolf() {
    const [first] = this.creatures.all;
    if (first === undefined) throw new Error("expected a creature");
    return first;
  }

  get fighters() {
    return this.world.state.fighters;
  }

  /** Puts Ada so many metres ahead of where the first creature looks, and to its right, and as far up. */
  put(ahead: number, right: number, up = 0): void {
    const { move } = this.wolf;
    const yaw = (move.yaw * 2 * Math.PI) / 0x1_0000;
    const x = move.x - Math.sin(yaw) * ahead + Math.cos(yaw) * right;
    const z = move.z - Math.cos(yaw) * ahead - Math.sin(yaw) * right;
    this.fighters.move(ADA, x, zone.world.groundHeight(x, z) + up, z, 0);
  }

  metersFromPost({ move, postX, postZ } = this.wolf): number {
    return Math.hypot(move.x - postX, move.z - postZ);
  }

  run(ticks: number, each: () => void = () => {}): void {
    for (let i = 0; i < ticks; i += 1) {
      this.tick += 1;
      this.world.begin(this.tick);
      this.world.advanceClock(ADA, this.tick, true);
      this.creatures.walk();
      this.world.finish();
      this.creatures.decide();
      this.world.rest();
      each();
    }
  }

  seconds(seconds: number, each?: () => void): void {
    this.run(seconds * TICK_RATE_HZ, each);
  }

  /** It stands where it is, and looks where it looks. */
  stand(): void {
    for (const { mind } of this.creatures.all) mind.pauseUntil = Number.POSITIVE_INFINITY;
  }

  hurt(points: number): void {
    const { place } = this.wolf;
    this.world.state.threat.add(place, ADA_ID, points);
    this.fighters.health[place] = (this.fighters.health[place] ?? 0) - points;
  }
}

describe("[C52] a creature with nothing to do", () => {
  test("[C54] does nothing at all with nobody within 96 m, and wanders about its post with somebody there", () => {
    const camp = new Camp();
    camp.put(120, 0);
    camp.seconds(30);
    expect(camp.metersFromPost()).toBe(0);
    camp.put(90, 0);
    let farthest = 0;
    camp.seconds(60, () => {
      farthest = Math.max(farthest, camp.metersFromPost());
    });
    expect(farthest).toBeGreaterThan(3);
    expect(farthest).toBeLessThanOrEqual(camp.wolf.rule.wanderMeters + 1);
    expect(camp.wolf.mind.state).toBe(MindState.idle);
  });

  const notices = data.creature("gale-wolf")?.noticeMeters ?? 0;
  test.each([
    ["ahead of it", notices - 1, 0, true],
    ["too far ahead", notices + 1, 0, false],
    ["behind its back", -(notices / 2 - 1), 0, true],
    ["far behind its back", -(notices / 2 + 1), 0, false],
    ["at its side", 1, notices - 2, true],
  ])("looks whether somebody is %s", (_, ahead, right, noticed) => {
    const camp = new Camp();
    camp.stand();
    camp.put(ahead, right);
    camp.seconds(1.5);
    expect(camp.world.state.threat.has(camp.wolf.place, ADA_ID)).toBe(noticed);
    expect(camp.wolf.mind.state !== MindState.idle).toBe(noticed);
  });

  test("comes along when one of its camp within 8 m is after somebody", () => {
    const camp = new Camp("reef-crawler", 3);
    camp.stand();
    camp.put(20, 0);
    camp.seconds(2);
    expect(camp.creatures.all.map(({ mind }) => mind.state)).toEqual([0, 0, 0]);
    camp.hurt(5);
    camp.seconds(1);
    expect(camp.creatures.all.filter(({ mind }) => mind.state !== MindState.idle)).toHaveLength(3);
  });
});

test("creatures of a camp do not all look the same way when they come", () => {
  const camp = new Camp("reef-crawler", 4);
  camp.stand();
  camp.run(3);
  expect(new Set(camp.creatures.all.map(({ move }) => move.yaw)).size).toBe(4);
});

describe("a creature that is after somebody", () => {
  test("[C54] runs no faster than a player does, and attacks when it is there", () => {
    const camp = new Camp();
    camp.put(25, 0);
    camp.hurt(5);
    let fastest = 0;
    const states = new Set<number>();
    camp.seconds(6, () => {
      const { move, mind } = camp.wolf;
      fastest = Math.max(fastest, Math.hypot(move.vx, move.vz));
      states.add(mind.state);
    });
    expect(states).toEqual(new Set([MindState.chase, MindState.attack]));
    expect(fastest).toBeGreaterThan(SPRINT_SPEED * 0.9);
    expect(fastest).toBeLessThanOrEqual(SPRINT_SPEED + 0.01);
    expect(camp.fighters.health[ADA]).toBeLessThan(data.basics.health);
  });

  test("[C53] returns when it is led farther than its leash: no harm meanwhile, no threat, and full health at home", () => {
    const camp = new Camp();
    camp.put(10, 0);
    camp.hurt(50);
    // She runs before it, out of its teeth.
    camp.seconds(12, () => {
      if (camp.wolf.mind.state !== MindState.returning) camp.put(10, 0);
    });
    const { place } = camp.wolf;
    expect(camp.fighters.health[ADA]).toBe(data.basics.health);
    camp.put(NOWHERE_METERS, 0);
    camp.seconds(20);
    expect(camp.world.state.threat.count[place]).toBe(0);
    expect(camp.wolf.mind.state).toBe(MindState.idle);
    expect(camp.fighters.returning[place]).toBe(0);
    expect(camp.fighters.health[place]).toBe(camp.fighters.maxHealth[place]);
    expect(camp.metersFromPost()).toBeLessThan(2);
  });

  test("[C53] gives up whom it cannot reach for 8 s", () => {
    const camp = new Camp();
    camp.put(2, 0, 40);
    camp.hurt(5);
    let gaveUpTick = 0;
    const began = camp.tick;
    camp.seconds(12, () => {
      if (camp.wolf.mind.state === MindState.returning) gaveUpTick ||= camp.tick;
    });
    expect(gaveUpTick - began).toBeGreaterThan(7.5 * TICK_RATE_HZ);
    expect(gaveUpTick - began).toBeLessThan(9 * TICK_RATE_HZ);
  });
});

test("[C41] what died is there for as long as its body lies, and another one comes after its camp's pause", () => {
  const camp = new Camp();
  const { entityId, place } = camp.wolf;
  camp.fighters.health[place] = 0;
  camp.run(data.basics.bodyTicks - 5);
  expect(camp.wolf.place).toBe(place);
  camp.run(10);
  expect(camp.wolf.place).toBe(-1);
  camp.seconds(4.5);
  expect(camp.wolf.place).toBe(-1);
  camp.seconds(1);
  expect(camp.wolf.entityId).toBeGreaterThan(entityId);
});
