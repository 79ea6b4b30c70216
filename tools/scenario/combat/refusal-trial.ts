import type { AbilityUse } from "../../../scripts/protocol/combat/combat-messages.ts";
import type { AbilityOutcome } from "../../../scripts/protocol/combat/combat-words.ts";
import { Button } from "../../../scripts/protocol/messages.ts";
import type { CombatData } from "../../../scripts/simulation/combat/data/combat-data.ts";
import { MAX_ABILITIES } from "../../../scripts/simulation/combat/data/read-combat-data.ts";
import { MAX_WAITING_REQUESTS } from "../../../server/zone/lag-compensation/request-inbox.ts";
import { RawFight } from "./raw-fight.ts";
import type { RawFighter } from "./raw-fighter.ts";

/** Longer than any use waits for its command. */
const ANSWER_MS = 900;
const AWAY_METERS = 45;
const NOBODY_YET = 0xffff_fff0;

/** What is there for a provocation: Ada, and Ben 2 m before her. */
interface Duel {
  readonly fight: RawFight;
  readonly ada: RawFighter;
  readonly ben: RawFighter;
  /** Ada uses an ability by its name, at Ben unless told otherwise. */
  use(name: string, change?: Partial<AbilityUse>): number;
}

/** Each does what the reason is about, and returns the number of the use that is to be refused. */
const PROVOCATIONS: Readonly<Partial<Record<AbilityOutcome, (duel: Duel) => number>>> = {
  unknown_ability: ({ use }) => use("Strike", { abilityId: 9_999 }),
  dead: ({ fight, ada, use }) => {
    kill(fight, ada);
    return use("Strike");
  },
  cooldown: ({ fight, ada, use }) => {
    use("Ward", { targetEntityId: ada.entityId });
    fight.run(1_500);
    return use("Ward", { targetEntityId: ada.entityId });
  },
  global_cooldown: ({ fight, use }) => {
    use("Strike");
    fight.run(300);
    return use("Strike");
  },
  busy: ({ fight, use }) => {
    use("Storm Tether");
    fight.run(1_300);
    return use("Rebuke");
  },
  moving: ({ fight, ada, use }) => {
    ada.stance.moveX = 127;
    fight.run(100);
    return use("Fireball");
  },
  in_air: ({ fight, ada, use }) => {
    ada.stance.buttons = Button.jump;
    fight.run(150);
    return use("Fireball");
  },
  no_resource: ({ fight, ada, use }) => {
    fight.rules.fighters.resource[fight.placeOf(ada)] = 0;
    return use("Fireball");
  },
  no_target: ({ use }) => use("Strike", { targetEntityId: 0 }),
  no_such_target: ({ use }) => use("Strike", { targetEntityId: NOBODY_YET }),
  target_gone: ({ fight, ben, use }) => {
    ben.leave();
    fight.run(500);
    return use("Strike");
  },
  target_dead: ({ fight, ben, use }) => {
    kill(fight, ben);
    return use("Strike");
  },
  invalid_target: ({ ada, use }) => use("Strike", { targetEntityId: ada.entityId }),
  out_of_range: ({ fight, ben, use }) => {
    fight.put(ben, 0, -AWAY_METERS);
    return use("Strike");
  },
  out_of_arc: ({ fight, ada, use }) => {
    ada.stance.yaw = 0x8000;
    fight.run(200);
    return use("Strike");
  },
  too_late: ({ ada, use }) => use("Strike", { tick: ada.tick - 60 }),
  too_far_ahead: ({ ada, use }) => use("Strike", { tick: ada.tick + 600 }),
  no_command: ({ ada, use }) => {
    ada.goesOn = false;
    return use("Strike", { tick: ada.tick + 5 });
  },
  rate_limited: ({ use }) => {
    const first = use("Strike");
    for (let i = 1; i < 40; i += 1) use("Strike");
    // So many wait. The first of those that are too many is answered, the others are only counted.
    return first + MAX_WAITING_REQUESTS;
  },
  in_handoff: ({ fight, ada, use }) => {
    fight.server.setInHandoff(ada.entityId, true);
    return use("Strike");
  },
  switched_off: ({ fight, use }) => {
    fight.allowCombat(false);
    fight.run(100);
    return use("Strike");
  },
};

/** What was asked for, and whether the server said so. */
export interface RefusalTrial {
  readonly reason: AbilityOutcome;
  readonly answers: readonly AbilityOutcome[];
  /** Whether health, resource, cooldowns and position of both were the same before and after. */
  readonly nothingHappened: boolean;
}

/** Provokes every reason that a server has, each in a world of its own, by real packets. */
export function provokeRefusals(data: CombatData): RefusalTrial[] {
  const trials: RefusalTrial[] = [];
  for (const [reason, provoke] of Object.entries(PROVOCATIONS)) {
    const fight = new RawFight(data);
    const [ada, ben] = [fight.join("Ada"), fight.join("Ben")];
    fight.put(ada, 0, 0);
    fight.put(ben, 0, -2);
    const use = (name: string, change: Partial<AbilityUse> = {}): number => {
      const ability = data.abilities.find((one) => one.name === name);
      if (ability === undefined) throw new Error(`the data has no ability ${name}`);
      const whom = { abilityId: ability.id, targetEntityId: ben.entityId };
      return ada.use({ ...whom, ...change }, fight.server.serverTick);
    };
    const useId = provoke({ fight, ada, ben, use });
    fight.run(1);
    const before = paidBy(fight, ada);
    fight.run(ANSWER_MS);
    const answers = ada.results.filter((one) => one.useId === useId).map(({ outcome }) => outcome);
    // Of a flood the first is done.
    const nothingHappened = reason === "rate_limited" || before === paidBy(fight, ada);
    trials.push({ reason: reason as AbilityOutcome, answers, nothingHappened });
    fight.dispose();
  }
  return trials;
}

function kill(fight: RawFight, fighter: RawFighter): void {
  fight.rules.fighters.health[fight.placeOf(fighter)] = 0;
  fight.run(300);
}

/** What a use costs, if it is done. */
function paidBy(fight: RawFight, fighter: RawFighter): string {
  const { fighters, data } = fight.rules;
  const place = fight.placeOf(fighter);
  const first = place * MAX_ABILITIES;
  const cooldowns = [...fighters.chargedTick.slice(first, first + data.abilities.length)];
  return JSON.stringify([fighters.globalEnd[place], fighters.castStart[place], cooldowns]);
}
