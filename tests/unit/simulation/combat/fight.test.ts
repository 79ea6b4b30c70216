import { expect, test } from "vitest";
import type { CombatState } from "../../../../scripts/simulation/combat/combat-state.ts";
import { loadCombatData } from "../../../../server/zone/combat/load-combat-data.ts";
import { compareFights } from "../../../../tools/combat/compared-fight.ts";
import { FightMemory } from "../../../../tools/scenario/combat/fight-memory.ts";

const data = loadCombatData();

test("[C24] a fight of 200 comes to the same on a server and on its replay, and to another one with another seed", () => {
  const report = compareFights(data, 200, 900, 1, { compareTicks: 20 });
  expect(report).toMatchObject({ desyncs: 0, lowestHealth: 0, threatKept: true });
  expect(report.deaths).toBeGreaterThan(10);
  expect(report.outcomes.accepted).toBeGreaterThan(500);
  expect(compareFights(data, 200, 120, 2, { compareTicks: 120 }).hash).not.toBe(
    compareFights(data, 200, 120, 3, { compareTicks: 120 }).hash,
  );
});

test("a point of health that one fighter has more in the replay is noticed in that tick, and from then on", () => {
  const spoil = ({ fighters }: CombatState, tick: number) => {
    if (tick === 40) fighters.health[7] = (fighters.health[7] ?? 0) + 1;
  };
  const report = compareFights(data, 20, 120, 4, { spoil });
  expect(report.firstDesyncTick).toBe(40);
  // Until both have as much again because it is full, or dead.
  expect(report.desyncs).toBeGreaterThan(5);
  expect(compareFights(data, 20, 120, 4).desyncs).toBe(0);
});

test("a fight of two minutes has no more memory at its end than after the first", () => {
  const ticks = 2 * 60 * 60;
  const memory = new FightMemory(ticks);
  compareFights(data, 20, ticks, 5, { compareTicks: ticks, afterTick: (tick) => memory.look(tick) });
  expect(memory.minuteMb).toBeGreaterThan(1);
  expect(memory.grownMb).toBeLessThan(1);
}, 60_000);
