import { expect, test } from "vitest";
import { CombatFlag } from "../../../../scripts/protocol/combat/combat-words.ts";
import { CombatStage, type ToldEvent } from "./combat-stage.ts";

const TO_WEST = 16_384;
const CREATURE_PLACE = 5;
const CREATURE = 50;

/** Two fireballs in one tick, the first one at the last place and the second one at the first, until both have burnt for a while. */
function crossfire(seed: number): ToldEvent[] {
  const stage = new CombatStage(4, seed);
  const { fighters } = stage;
  fighters.move(2, fighters.x[2] ?? 0, 0, 100, TO_WEST);
  stage.begin();
  expect(stage.use(1, "Fireball", 3)).toBe("accepted");
  expect(stage.use(2, "Fireball", 0)).toBe("accepted");
  stage.end();
  stage.run(260);
  return stage.told;
}

/** With a seed with which both hit, so that there is an order of both. */
function bothHit(): ToldEvent[] {
  for (let seed = 1; seed < 100; seed += 1) {
    const told = crossfire(seed);
    if (!told.some(({ kind }) => kind === "miss")) return told;
  }
  throw new Error("expected a seed below 100 with two hits");
}

const isPeriodic = ({ kind, flags }: ToldEvent) => kind === "damage" && (flags & CombatFlag.periodic) !== 0;

test("[C35] casts that end in one tick end by place, what they let go arrives as it was launched, and burns by place", () => {
  const told = bothHit();
  expect(told.filter(({ kind }) => kind === "cast_finished").map(({ source }) => source)).toEqual([2, 3]);
  expect(told.filter((event) => event.kind === "damage" && !isPeriodic(event)).map(({ target }) => target)).toEqual([
    4, 1,
  ]);
  const burnt = told.filter(isPeriodic).map(({ target }) => target);
  expect(burnt.length).toBeGreaterThan(3);
  expect(burnt.slice(0, 4)).toEqual([1, 4, 1, 4]);
});

test("[C35] in one tick casts end before projectiles arrive, and those before auras do what they do", () => {
  // Fireballs at one, cast so that in some tick one is let go, one arrives and one burns.
  let endedAndArrived = 0;
  let arrivedAndBurnt = 0;
  for (let seed = 1; seed <= 12; seed += 1) {
    const stage = new CombatStage(6, seed, undefined, 3);
    for (let tick = 0; tick < 420; tick += 1) {
      const from = stage.told.length;
      stage.begin();
      const caster = Math.floor(tick / (seed + 3)) % 5;
      stage.fighters.resource[caster] = stage.fighters.maxResource[caster] ?? 0;
      if (tick % (seed + 3) === 0) stage.use(caster, "Fireball", 5);
      stage.fighters.health[5] = 200;
      stage.end();
      const events = stage.told.slice(from);
      const finished = events.findLastIndex(({ kind }) => kind === "cast_finished");
      const arrives = (event: ToldEvent) => (event.kind === "damage" || event.kind === "miss") && !isPeriodic(event);
      const arrived = events.findIndex(arrives);
      const burns = events.findIndex(isPeriodic);
      if (finished >= 0 && arrived >= 0) expect(finished).toBeLessThan(arrived);
      if (arrived >= 0 && burns >= 0) expect(events.findLastIndex(arrives)).toBeLessThan(burns);
      if (finished >= 0 && arrived >= 0) endedAndArrived += 1;
      if (arrived >= 0 && burns >= 0) arrivedAndBurnt += 1;
    }
  }
  expect(endedAndArrived).toBeGreaterThan(0);
  expect(arrivedAndBurnt).toBeGreaterThan(0);
});

function withCreature(): CombatStage {
  const stage = new CombatStage(2, CombatStage.plainSeed());
  const wolf = stage.data.creature("gale-wolf");
  if (wolf === undefined) throw new Error("the data has no gale-wolf");
  stage.world.addCreature(CREATURE_PLACE, CREATURE, wolf);
  stage.fighters.move(CREATURE_PLACE, 101, 0, 100, 0);
  return stage;
}

test("[C50] a creature forgets who has died, and what it was worth counts as dropped", () => {
  const stage = withCreature();
  const { threat } = stage.world.state;
  stage.useNow(0, "Strike", CREATURE_PLACE);
  expect(threat.has(CREATURE_PLACE, 1)).toBe(true);
  const { dropped } = threat;
  const worth = threat.total();
  stage.fighters.health[0] = 0;
  stage.run(1);
  expect(threat.has(CREATURE_PLACE, 1)).toBe(false);
  expect(threat.dropped).toBe(dropped + worth);
});

test("[C53] a creature on its way home cannot be attacked, and can be once it is there", () => {
  const stage = withCreature();
  stage.world.giveUp(CREATURE_PLACE);
  expect(stage.useNow(0, "Strike", CREATURE_PLACE)).toBe("invalid_target");
  stage.world.restore(CREATURE_PLACE);
  expect(stage.useNow(0, "Strike", CREATURE_PLACE)).toBe("accepted");
});
