import { describe, expect, test } from "vitest";
import { CombatStage } from "./combat-stage.ts";

const [ATTACKER, TARGET] = [0, 1];

describe("[C4] whoever was in a fight", () => {
  test("rests after 5 s without harm, done or taken, by a share of all its health a second", () => {
    const stage = new CombatStage(2, CombatStage.plainSeed());
    const { combatTicks, restPercentPerSecond } = stage.data.basics;
    stage.useNow(ATTACKER, "Strike", TARGET);
    const hurt = stage.fighters.health[TARGET] ?? 0;
    const full = stage.fighters.maxHealth[TARGET] ?? 0;
    expect(hurt).toBeLessThan(full);
    stage.run(combatTicks - 2);
    expect(stage.fighters.health[TARGET]).toBe(hurt);
    expect([ATTACKER, TARGET].map((place) => stage.world.state.inCombat(place))).toEqual([true, true]);
    stage.run(62);
    expect([ATTACKER, TARGET].map((place) => stage.world.state.inCombat(place))).toEqual([false, false]);
    const rested = (stage.fighters.health[TARGET] ?? 0) - hurt;
    expect(rested).toBe(Math.ceil((full * restPercentPerSecond) / 100));
    stage.run(60);
    expect((stage.fighters.health[TARGET] ?? 0) - hurt).toBe(Math.min(2 * rested, full - hurt));
  });
});

test("[C33] death ends all auras, and none of them is followed by another", () => {
  const { auras, abilities } = new CombatStage(2).data;
  const isFollowed = (aura: number) => (auras[aura]?.followedBy ?? -1) >= 0;
  const ability = abilities.find(
    ({ slot, effects }) => slot > 0 && effects.some((effect) => effect.type === "aura" && isFollowed(effect.aura)),
  );
  if (ability === undefined) throw new Error("the data has no aura that another one follows");
  const stage = new CombatStage(2, 1);
  // Until one hits: then what follows is a matter of time.
  for (let tries = 0; tries < 20 && !stage.kinds().includes("aura_applied"); tries += 1) {
    stage.fighters.resource.fill(6_000);
    stage.useNow(ATTACKER, ability.name, TARGET);
    stage.run(200);
  }
  expect(stage.kinds()).toContain("aura_applied");
  stage.told = [];
  stage.fighters.health[TARGET] = 0;
  stage.run(1);
  expect(stage.kinds()).toContain("death");
  stage.told = [];
  stage.run(600);
  expect(stage.kinds().filter((kind) => kind === "aura_applied" || kind === "damage")).toEqual([]);
});
