import { afterEach, describe, expect, test } from "vitest";
import { ABILITY_OUTCOMES } from "../../scripts/protocol/combat/combat-words.ts";
import { loadCombatData } from "../../server/zone/combat/load-combat-data.ts";
import { RawFight } from "../../tools/scenario/combat/raw-fight.ts";
import type { RawFighter } from "../../tools/scenario/combat/raw-fighter.ts";
import { provokeRefusals } from "../../tools/scenario/combat/refusal-trial.ts";

const data = loadCombatData();
const STRIKE = data.inSlot(1)?.id ?? 0;
const CLAW = data.abilities.find(({ slot }) => slot === 0)?.id ?? 0;

describe("[C12] asked for by real packets, each is refused with its reason, and nothing happens", () => {
  const trials = provokeRefusals(data);
  test.each(trials.map((trial) => [trial.reason, trial] as const))("%s", (reason, { answers, nothingHappened }) => {
    expect(answers).toContain(reason);
    expect(answers.filter((answer) => answer !== reason)).toEqual([]);
    expect(nothingHappened).toBe(true);
  });

  test("all reasons that there are were provoked", () => {
    const reasons = ABILITY_OUTCOMES.filter((outcome) => outcome !== "unknown" && outcome !== "accepted");
    expect(new Set(trials.map(({ reason }) => reason))).toEqual(new Set(reasons));
  });
});

describe("a fighter who sends what it likes", () => {
  let fight: RawFight;
  afterEach(() => fight.dispose());

  function duel(): [RawFighter, RawFighter] {
    fight = new RawFight(data);
    const [ada, ben] = [fight.join("Ada"), fight.join("Ben")];
    fight.put(ada, 0, 0);
    fight.put(ben, 0, -2);
    return [ada, ben];
  }

  function playerOf(fighter: RawFighter) {
    const player = fight.server.players.find(({ entityId }) => entityId === fighter.entityId);
    if (player === undefined) throw new Error("expected a fighter who plays");
    return player;
  }

  test("a thousand requests a second are few uses and few answers, and every command of the flooder is run", () => {
    const [ada, ben] = duel();
    const { lastExecutedTick } = playerOf(ada).commands;
    const before = playerOf(ada).state.x;
    ada.stance.moveX = 127;
    fight.run(5_000, () => ada.use({ abilityId: STRIKE, targetEntityId: ben.entityId }, fight.server.serverTick));
    fight.run(300);
    const accepted = ada.results.filter(({ outcome }) => outcome === "accepted");
    // Eight at once and eight a second are looked at; a strike a second is let through while Ben is in reach.
    expect(accepted.length).toBeLessThanOrEqual(6);
    expect(ada.results.length).toBeLessThan(5_000 / 60);
    expect(ada.results.map(({ outcome }) => outcome)).toContain("rate_limited");
    expect(playerOf(ada).commands.lastExecutedTick - lastExecutedTick).toBeGreaterThan(5 * 60);
    expect(ada.tick - playerOf(ada).commands.lastExecutedTick).toBeLessThan(6);
    expect(playerOf(ada).state.x - before).toBeGreaterThan(4.5 * 4.8);
    // Ben noticed nothing of it, and plays on.
    expect(ben.tick - playerOf(ben).commands.lastExecutedTick).toBeLessThan(6);
  });

  test("a number that was used is not used again, and an ability of creatures is none for players", () => {
    const [ada, ben] = duel();
    const whom = { targetEntityId: ben.entityId };
    const useId = ada.use({ ...whom, abilityId: STRIKE }, fight.server.serverTick);
    ada.use({ ...whom, abilityId: STRIKE, useId }, fight.server.serverTick);
    fight.run(1_300);
    ada.use({ ...whom, abilityId: STRIKE, useId }, fight.server.serverTick);
    const creatures = ada.use({ ...whom, abilityId: CLAW }, fight.server.serverTick);
    fight.run(500);
    expect(ada.results.filter((result) => result.useId === useId).map(({ outcome }) => outcome)).toEqual(["accepted"]);
    expect(ada.outcome(creatures)).toBe("unknown_ability");
  });

  test("[C21] what helps a friend helps oneself when nobody is named", () => {
    const [ada, ben] = duel();
    const { health } = fight.rules.fighters;
    health[fight.placeOf(ada)] = 100;
    health[fight.placeOf(ben)] = 100;
    const useId = ada.use({ abilityId: data.inSlot(5)?.id ?? 0, targetEntityId: 0 }, fight.server.serverTick);
    fight.run(3_000);
    expect(ada.outcome(useId)).toBe("accepted");
    // More than rest brings back in that time.
    expect((health[fight.placeOf(ada)] ?? 0) - (health[fight.placeOf(ben)] ?? 0)).toBeGreaterThan(40);
  });

  test("numbers from the ends of their ranges are answered, too, and the world goes on", () => {
    const [ada, ben] = duel();
    const all = 0xffff_ffff;
    for (const change of [
      { abilityId: 0 },
      { abilityId: 0xffff },
      { targetEntityId: all },
      { tick: 1 },
      { tick: all },
      { viewTick: all, viewFraction: 255 },
      { viewTick: 0 },
    ]) {
      const useId = ada.use({ abilityId: STRIKE, targetEntityId: ben.entityId, ...change }, fight.server.serverTick);
      fight.run(1_500);
      expect(ada.outcome(useId), JSON.stringify(change)).toBeDefined();
    }
    expect(playerOf(ada).commands.lastExecutedTick).toBeGreaterThan(ada.tick - 6);
    expect(fight.rules.fighters.health[fight.placeOf(ben)]).toBeGreaterThan(0);
  });
});
