import { expect, test } from "vitest";
import type { CombatState } from "../../scripts/simulation/combat/combat-state.ts";
import { loadCombatData } from "../../server/zone/combat/load-combat-data.ts";
import { runCombatScenario } from "../../tools/scenario/combat/run-combat.ts";

test("a fight over the network shows health in time and cooldowns to the tick, and its replay is the same", () => {
  const data = loadCombatData();
  const { report, healthChanges, cooldowns, ticksCompared, deaths } = runCombatScenario(data, {
    ...{ seconds: 15, seed: 3, players: 6, fighters: 60 },
  });
  expect(report).toMatchObject({ cooldownErrorMs: 0, refusedWithReason: 21, desyncs: 0 });
  expect(report.healthLatencyP99Ms).toBeGreaterThan(25);
  expect(report.healthLatencyP99Ms).toBeLessThan(100);
  expect(report.lockRangeMeters).toBeGreaterThan(99.5);
  expect(report.lockRangeMeters).toBeLessThanOrEqual(100);
  // There was something to be seen.
  expect(healthChanges).toBeGreaterThan(100);
  expect(cooldowns).toBeGreaterThan(20);
  expect(ticksCompared).toBeGreaterThan(1_500);
  expect(deaths).toBeGreaterThan(0);
});

test.each(["players", "many"] as const)(
  "a point of health more in the recording of the fight of %s is a desync",
  (which) => {
    const spoil = (of: string, { fighters }: CombatState, tick: number) => {
      const place = fighters.places[0] ?? 0;
      if (of === which && tick === 200) fighters.health[place] = (fighters.health[place] ?? 0) + 1;
    };
    const options = { seconds: 5, seed: 3, players: 4, fighters: 8 };
    expect(runCombatScenario(loadCombatData(), options).report.desyncs).toBe(0);
    expect(runCombatScenario(loadCombatData(), { ...options, spoil }).report.desyncs).toBeGreaterThan(0);
  },
);
