import { afterEach, expect, test } from "vitest";
import { loadCombatData } from "../../server/zone/combat/load-combat-data.ts";
import { RawFight } from "../../tools/scenario/combat/raw-fight.ts";

const data = loadCombatData();
const STRIKE = data.inSlot(1)?.id ?? 0;
let fight: RawFight;
afterEach(() => fight.dispose());

test("[P124] [P125] events leave in the tick that makes them, to both and to who looks on, each once and in order", () => {
  fight = new RawFight(data);
  const [ada, ben, cyd] = [fight.join("Ada"), fight.join("Ben"), fight.join("Cyd")];
  fight.put(ada, 0, 0);
  fight.put(ben, 0, -2);
  fight.put(cyd, 20, 0);
  const heard = [ada, ben, cyd].map((fighter) => {
    const sequences: number[] = [];
    const ages: number[] = [];
    fighter.onEvents = (serverTick, events) => {
      // It hears a millisecond later: the server is still at the tick that made them.
      ages.push(fight.server.serverTick - serverTick);
      for (const { sequence } of events) sequences.push(sequence);
    };
    return { sequences, ages };
  });
  for (let blows = 0; blows < 12; blows += 1) {
    ada.use({ abilityId: STRIKE, targetEntityId: ben.entityId }, fight.server.serverTick);
    fight.run(1_100);
  }
  const [first] = heard;
  expect(first?.sequences.length).toBeGreaterThan(20);
  for (const { sequences, ages } of heard) {
    expect(new Set(ages)).toEqual(new Set([0]));
    expect(sequences).toEqual(first?.sequences);
    expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
  }
});
