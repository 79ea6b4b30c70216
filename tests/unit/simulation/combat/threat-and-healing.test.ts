import { expect, test } from "vitest";
import { MAX_THREATS, ThreatTables } from "../../../../scripts/simulation/combat/threat-tables.ts";
import { CombatStage } from "./combat-stage.ts";

test("[C50] a 17th takes the place of the least, whose threat is counted as dropped", () => {
  const tables = new ThreatTables(2);
  for (let who = 1; who <= MAX_THREATS; who += 1) tables.add(0, who, 10 + who);
  tables.add(0, 99, 5);
  expect(tables.has(0, 99)).toBe(false);
  tables.add(0, 100, 50);
  expect(tables.has(0, 1)).toBe(false);
  expect(tables.has(0, 100)).toBe(true);
  expect(tables.dropped).toBe(5 + 11);
  expect(tables.total() + tables.dropped).toBe(tables.added);
});

test("[C51] another is attacked only for a tenth more", () => {
  const tables = new ThreatTables(1);
  tables.add(0, 1, 100);
  expect(tables.choose(0)).toBe(1);
  tables.add(0, 2, 109);
  expect(tables.choose(0)).toBe(1);
  tables.add(0, 2, 1);
  expect(tables.choose(0)).toBe(2);
});

test("[C50] half of healing is threat, shared among those who are after the healed one", () => {
  const stage = new CombatStage(2, 1, undefined, 6);
  const wolf = stage.data.creature("gale-wolf");
  if (wolf === undefined) throw new Error("expected wolves");
  const { threat } = stage.world.state;
  for (const [place, entityId] of [
    [20, 120],
    [21, 121],
    [22, 122],
  ] as const) {
    stage.world.addCreature(place, entityId, wolf);
    stage.fighters.move(place, 100, 0, 140, 0);
    threat.add(place, 2, 1);
  }
  stage.fighters.health[1] = 100;
  const before = threat.added;
  stage.useNow(0, "Mend", 1);
  stage.run(108);
  const heal = stage.told.find(({ kind }) => kind === "heal");
  expect(heal?.amount).toBeGreaterThan(30);
  expect(threat.added - before).toBe((heal?.amount ?? 0) >> 1);
  const shares = [20, 21, 22].map((place) => threat.threat(place, 1));
  expect(Math.max(...shares) - Math.min(...shares)).toBeLessThan(3);
});

test("[C35] who has been struck down is not healed in the same tick", () => {
  const stage = new CombatStage(2, 1, undefined, 6);
  stage.useNow(0, "Mend", 1);
  stage.run(107);
  stage.fighters.health[1] = 0;
  stage.run(1);
  expect(stage.told.find(({ kind }) => kind === "heal")).toMatchObject({ amount: 0 });
  expect(stage.kinds().at(-1)).toBe("death");
});

test("[C50] what a blow does beyond the last point of health makes nobody angry", () => {
  const stage = new CombatStage(1, CombatStage.plainSeed());
  const crawler = stage.data.creature("reef-crawler");
  if (crawler === undefined) throw new Error("expected crawlers");
  stage.world.addCreature(20, 2, crawler);
  stage.fighters.move(20, 102, 0, 100, 49_152);
  stage.fighters.health[20] = 3;
  stage.begin();
  expect(stage.use(0, "Strike", 20)).toBe("accepted");
  // 3 points were dealt; or it missed, which is worth 1.
  expect([1, 3]).toContain(stage.world.state.threat.added);
  stage.end();
});
