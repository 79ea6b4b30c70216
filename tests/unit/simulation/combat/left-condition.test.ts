import { expect, test } from "vitest";
import { MAX_ABILITIES } from "../../../../scripts/simulation/combat/data/read-combat-data.ts";
import { CombatStage } from "./combat-stage.ts";

/** Place of who leaves and comes back, and its number then. */
const PLACE = 1;
const RETURNED = 11;

/** It leaves, so many ticks pass without it, and it comes back to the same place, its clock not begun. */
function comeBack(stage: CombatStage, awayTicks: number): void {
  const { world } = stage;
  const left = world.conditionAt(PLACE);
  world.remove(PLACE);
  stage.run(awayTicks);
  stage.told = [];
  world.addPlayer(PLACE, RETURNED);
  world.restoreCondition(PLACE, left);
  stage.fighters.move(PLACE, 102, 0, 100, 49_152);
}

/** An aura that does damage from time to time is put on it; the rule of that. */
function sunder(stage: CombatStage) {
  const { auras } = stage.world.state;
  for (let tries = 0; auras.count[PLACE] === 0; tries += 1) {
    if (tries > 20) throw new Error("Sunder misses again and again");
    stage.run(stage.data.basics.globalCooldownTicks);
    stage.fighters.chargedTick.fill(0);
    stage.useNow(0, "Sunder", PLACE);
  }
  const rule = stage.data.auras[auras.rule[auras.at(PLACE, 0)] ?? 0];
  if (rule === undefined) throw new Error("expected the rule of an aura");
  return rule;
}

test.each([0, 1, 2, 3])(
  "[C42] what an aura would have done meanwhile it has not, and goes on in its own beat: %i of them missed",
  (beats) => {
    const stage = new CombatStage(2);
    const { everyTicks, durationTicks } = sunder(stage);
    const lastBeat = Math.floor(durationTicks / everyTicks);
    const hurts = () => stage.told.filter(({ kind, target }) => kind === "damage" && target === RETURNED).length;
    stage.run(10);
    // Back ten ticks before the beat that comes after those.
    comeBack(stage, (beats + 1) * everyTicks - 20);
    const { health } = stage.fighters;
    const before = health[PLACE];
    stage.run(9);
    expect(hurts()).toBe(0);
    expect(health[PLACE]).toBe(before);
    stage.run(1);
    expect(hurts()).toBe(1);
    stage.run(everyTicks - 1);
    expect(hurts()).toBe(1);
    stage.run(1);
    expect(hurts()).toBe(2);
    stage.run(durationTicks);
    expect(hurts()).toBe(lastBeat - beats);
  },
);

test("[C42] what is left of cooldowns begins with the first own tick, and is told then", () => {
  const stage = new CombatStage(2);
  const ability = stage.data.abilities.find(({ name }) => name === "Rallying Cry");
  if (ability === undefined) throw new Error("expected an ability that is called Rallying Cry");
  expect(stage.useNow(PLACE, "Rallying Cry")).toBe("accepted");
  stage.run(40);
  comeBack(stage, 100);
  const { auras } = stage.world.state;
  const told = auras.revision[PLACE];
  stage.begin();
  expect(auras.revision[PLACE]).not.toBe(told);
  const at = PLACE * MAX_ABILITIES + ability.index;
  expect(stage.fighters.chargedTick[at]).toBe(stage.tick + ability.cooldownTicks - 140);
  const once = auras.revision[PLACE];
  stage.run(5);
  expect(auras.revision[PLACE]).toBe(once);
});

test("[C42] who comes back with nothing left to wait for has nothing told of it", () => {
  const stage = new CombatStage(2);
  comeBack(stage, 100);
  const { auras } = stage.world.state;
  const told = auras.revision[PLACE];
  stage.begin();
  expect(auras.revision[PLACE]).toBe(told);
});
