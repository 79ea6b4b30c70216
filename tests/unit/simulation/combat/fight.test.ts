import { expect, test } from "vitest";
import { loadCombatData } from "../../../../server/zone/combat/load-combat-data.ts";
import { compareFights } from "../../../../tools/combat/compared-fight.ts";

const data = loadCombatData();

test("[C24] a fight of 200 comes to the same on a server and on its replay, and to another one with another seed", () => {
  const report = compareFights(data, 200, 900, 1, 20);
  expect(report).toMatchObject({ desyncs: 0, lowestHealth: 0, threatKept: true });
  expect(report.deaths).toBeGreaterThan(10);
  expect(report.outcomes.accepted).toBeGreaterThan(500);
  expect(compareFights(data, 200, 120, 2, 120).hash).not.toBe(compareFights(data, 200, 120, 3, 120).hash);
});
