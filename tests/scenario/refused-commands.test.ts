import { afterEach, describe, expect, test } from "vitest";
import { COMMAND_OUTCOMES, type CommandOutcome } from "../../scripts/protocol/combat/combat-words.ts";
import { loadCombatData } from "../../server/zone/combat/load-combat-data.ts";
import { RawFight } from "../../tools/scenario/combat/raw-fight.ts";
import type { RawFighter } from "../../tools/scenario/combat/raw-fighter.ts";
import { OPEN_GROUND } from "../../tools/scenario/scenario-zone.ts";

const data = loadCombatData();
const NOBODY_YET = 0xffff_fff0;
/** Longer than an answer takes. */
const ANSWER_MS = 100;
const MOST_IN_PARTY = 5;
const MAX_BURST = 16;

let fight: RawFight;
afterEach(() => fight.dispose());

function start(camps: ConstructorParameters<typeof RawFight>[2] = []): { ada: RawFighter; ben: RawFighter } {
  fight = new RawFight(data, 1, camps);
  return { ada: fight.join("Ada"), ben: fight.join("Ben") };
}

/** Says what came of a command. */
function answerTo(fighter: RawFighter, commandId: number): CommandOutcome | undefined {
  fight.run(ANSWER_MS);
  return fighter.obeyed.get(commandId);
}

/** Whoever leads invites, the other one accepts. */
function bring(leader: RawFighter, other: RawFighter): void {
  expect(answerTo(leader, leader.ask("invite", other.entityId))).toBe("done");
  expect(answerTo(other, other.ask("accept"))).toBe("done");
}

function kill(fighter: RawFighter): void {
  fight.rules.fighters.health[fight.placeOf(fighter)] = 0;
  fight.run(300);
}

/** Each does what the reason is about, and returns who asked, and the number of what is to be refused. */
const PROVOCATIONS: Record<Exclude<CommandOutcome, "unknown" | "done">, () => readonly [RawFighter, number]> = {
  unknown_command: () => {
    const { ada } = start();
    return [ada, ada.ask("none")];
  },
  no_such_target: () => {
    const { ada } = start();
    return [ada, ada.ask("target", NOBODY_YET)];
  },
  target_gone: () => {
    const { ada, ben } = start();
    ben.leave();
    fight.run(500);
    return [ada, ada.ask("target", ben.entityId)];
  },
  out_of_range: () => {
    const { ada, ben } = start();
    fight.put(ada, 0, 51);
    fight.put(ben, 0, -51);
    return [ada, ada.ask("target", ben.entityId)];
  },
  self: () => {
    const { ada } = start();
    return [ada, ada.ask("invite", ada.entityId)];
  },
  not_a_player: () => {
    const camp = { creature: "reef-crawler", count: 1, ...OPEN_GROUND, y: 12, radiusMeters: 8 };
    const { ada } = start([{ ...camp, leashMeters: 40, respawnSeconds: 5 }]);
    const crawler = fight.server.combat?.creatures.all[0]?.entityId ?? 0;
    expect(crawler).toBeGreaterThan(0);
    return [ada, ada.ask("invite", crawler)];
  },
  alive: () => {
    const { ada } = start();
    return [ada, ada.ask("respawn")];
  },
  too_early: () => {
    const { ada } = start();
    kill(ada);
    return [ada, ada.ask("respawn")];
  },
  no_such_point: () => {
    const { ada } = start();
    kill(ada);
    fight.run(5_500);
    return [ada, ada.ask("respawn", 0, 999)];
  },
  party_full: () => {
    const { ada, ben } = start();
    bring(ada, ben);
    for (let count = 2; count < MOST_IN_PARTY; count += 1) bring(ada, fight.join(`Member ${count}`));
    return [ada, ada.ask("invite", fight.join("Sixth").entityId)];
  },
  already_in_party: () => {
    const { ada, ben } = start();
    bring(ada, ben);
    return [ada, ada.ask("invite", ben.entityId)];
  },
  already_invited: () => {
    const { ada, ben } = start();
    ada.ask("invite", ben.entityId);
    return [ada, ada.ask("invite", ben.entityId)];
  },
  no_invitation: () => {
    const { ada } = start();
    return [ada, ada.ask("accept")];
  },
  not_in_party: () => {
    const { ada } = start();
    return [ada, ada.ask("leave")];
  },
  not_leader: () => {
    const { ada, ben } = start();
    bring(ada, ben);
    return [ben, ben.ask("invite", fight.join("Cyd").entityId)];
  },
  not_casting: () => {
    const { ada } = start();
    return [ada, ada.ask("cancel_cast")];
  },
  no_such_aura: () => {
    const { ada } = start();
    return [ada, ada.ask("cancel_aura", 0, 4_711)];
  },
  rate_limited: () => {
    const { ada } = start();
    for (let i = 0; i < MAX_BURST; i += 1) ada.ask("target");
    return [ada, ada.ask("target")];
  },
  switched_off: () => {
    const { ada } = start();
    fight.allowCombat(false);
    fight.run(100);
    return [ada, ada.ask("leave")];
  },
};

describe("[P130] asked for by real packets, each command is refused with its reason", () => {
  test.each(Object.entries(PROVOCATIONS))("%s", (reason, provoke) => {
    const [who, commandId] = provoke();
    expect(answerTo(who, commandId)).toBe(reason);
  });

  test("all reasons that there are were provoked", () => {
    start();
    const reasons = COMMAND_OUTCOMES.filter((outcome) => outcome !== "unknown" && outcome !== "done");
    expect(Object.keys(PROVOCATIONS)).toEqual(reasons);
  });
});

describe("[C60] [C61] a party", () => {
  /** Entity ids, the leader first, as each member's server place has it. */
  function membersOf(fighter: RawFighter): readonly number[] {
    return fight.server.combat?.world.parties.of(fight.placeOf(fighter))?.members ?? [];
  }

  test("is led by the one who is longest in it when its leader goes, and ends with the last but one", () => {
    const { ada, ben } = start();
    const cyd = fight.join("Cyd");
    bring(ada, ben);
    bring(ada, cyd);
    expect(membersOf(cyd)).toEqual([ada.entityId, ben.entityId, cyd.entityId]);
    ada.leave();
    fight.run(500);
    expect(membersOf(cyd)).toEqual([ben.entityId, cyd.entityId]);
    expect(answerTo(ben, ben.ask("kick", cyd.entityId))).toBe("done");
    expect([membersOf(ben), membersOf(cyd)]).toEqual([[], []]);
  });

  test("an invitation is good for 30 s, one at a time, and may be declined", () => {
    const { ada, ben } = start();
    const cyd = fight.join("Cyd");
    ada.ask("invite", ben.entityId);
    fight.run(29_500);
    expect(answerTo(cyd, cyd.ask("invite", ben.entityId))).toBe("already_invited");
    fight.run(1_000);
    expect(answerTo(ben, ben.ask("accept"))).toBe("no_invitation");
    expect(answerTo(cyd, cyd.ask("invite", ben.entityId))).toBe("done");
    expect(answerTo(ben, ben.ask("decline"))).toBe("done");
    bring(ada, ben);
    expect(membersOf(ben)).toEqual([ada.entityId, ben.entityId]);
  });

  test("nobody joins a second party, or one that has filled up meanwhile", () => {
    const { ada, ben } = start();
    const cyd = fight.join("Cyd");
    ben.ask("invite", ada.entityId);
    fight.run(ANSWER_MS);
    bring(ada, cyd);
    expect(answerTo(ada, ada.ask("accept"))).toBe("already_in_party");
    const late = fight.join("Late");
    ada.ask("invite", late.entityId);
    for (let count = 2; count < MOST_IN_PARTY; count += 1) bring(ada, fight.join(`Member ${count}`));
    expect(membersOf(ada)).toHaveLength(MOST_IN_PARTY);
    expect(answerTo(late, late.ask("accept"))).toBe("party_full");
  });
});
