import fc from "fast-check";
import { expect, test } from "vitest";
import { CombatFlag } from "../../../../scripts/protocol/combat/combat-words.ts";
import { EventKindNumber } from "../../../../scripts/simulation/combat/combat-events.ts";
import type { CombatData } from "../../../../scripts/simulation/combat/data/combat-data.ts";
import { loadCombatData } from "../../../../server/zone/combat/load-combat-data.ts";
import { Fight } from "../../../../tools/combat/fight.ts";
import { createFightCamps, createFightGround } from "../../../../tools/combat/fight-ground.ts";
import { FightPlayers } from "../../../../tools/combat/fight-players.ts";

const data = loadCombatData();
const seeds = fc.nat(0x7fff_ffff);
const RUNS = { numRuns: 12 };

/** Plays a small fight and looks at it after every tick. */
function playFight(seed: number, ticks: number, look: (fight: Fight) => void, rules: CombatData = data): void {
  const fight = new Fight(rules, createFightGround(), 8, createFightCamps(8), seed);
  const players = new FightPlayers(fight, seed ^ 1);
  for (let tick = 0; tick < ticks; tick += 1) {
    players.decide();
    fight.step();
    look(fight);
  }
}

/** The data with every amount and stat such that what an ability rolls is known. */
function plainData(): CombatData {
  const abilities = data.abilities.map((ability) => ({
    ...ability,
    effects: ability.effects.map((effect) => (effect.type === "damage" ? { ...effect, min: 40, max: 40 } : effect)),
  }));
  const still = { power: 0, guard: 0 };
  const auras = data.auras.map((aura) => ({ ...aura, ...still, ...(aura.damage && { damage: { min: 7, max: 7 } }) }));
  const creatures = data.creatures.map((creature) => ({ ...creature, ...still }));
  return {
    ...data,
    ...{ abilities, auras, creatures, basics: { ...data.basics, ...still } },
    ability: (id) => abilities.find((one) => one.id === id),
    creature: (key) => creatures.find((one) => one.key === key),
  };
}

test("[C2] health stays between 0 and its maximum, the resource too, whatever happens", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      playFight(seed, 900, ({ combat }) => {
        const { fighters } = combat.state;
        for (const place of fighters.places.subarray(0, fighters.count)) {
          expect(fighters.health[place]).toBeGreaterThanOrEqual(0);
          expect(fighters.health[place]).toBeLessThanOrEqual(fighters.maxHealth[place] ?? 0);
          expect(fighters.resource[place]).toBeGreaterThanOrEqual(0);
          expect(fighters.resource[place]).toBeLessThanOrEqual(fighters.maxResource[place] ?? 0);
        }
      });
    }),
    RUNS,
  );
});

test("[C16] no use is early: among as many uses as there are charges, and one more, lies the cooldown", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const uses = new Map<string, number[]>();
      playFight(seed, 1_500, (fight) => {
        for (const [place, outcome] of fight.outcomes.entries()) {
          const ability = data.abilities[fight.inputs[place]?.ability ?? -1];
          if (outcome !== "accepted" || ability === undefined || ability.use === "cast") continue;
          const key = `${place} ${ability.name}`;
          const ticks = uses.get(key) ?? [];
          uses.set(key, ticks);
          const before = ticks[ticks.length - ability.charges];
          if (before !== undefined) expect(fight.tick - before).toBeGreaterThanOrEqual(ability.cooldownTicks);
          ticks.push(fight.tick);
        }
      });
      expect(uses.size).toBeGreaterThan(8);
    }),
    RUNS,
  );
});

test("[C15] the global cooldown lies between any two uses that keep it", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const last = new Map<number, number>();
      playFight(seed, 1_200, (fight) => {
        for (const [place, outcome] of fight.outcomes.entries()) {
          const ability = data.abilities[fight.inputs[place]?.ability ?? -1];
          if (outcome !== "accepted" || ability?.globalCooldown !== true) continue;
          const before = last.get(place) ?? Number.NEGATIVE_INFINITY;
          expect(fight.tick - before).toBeGreaterThanOrEqual(data.basics.globalCooldownTicks);
          last.set(place, fight.tick);
        }
      });
    }),
    RUNS,
  );
});

test("[C23] blocked, absorbed, dealt and over are what was rolled", () => {
  const plain = plainData();
  let seen = 0;
  let absorbedSeen = 0;
  fc.assert(
    fc.property(seeds, (seed) => {
      playFight(
        seed,
        900,
        ({ combat }) => {
          const { events } = combat.state;
          for (let i = 0; i < events.count; i += 1) {
            if (events.kind[i] !== EventKindNumber.damage) continue;
            const parts = [events.amount, events.absorbed, events.blocked, events.over].map((part) => part[i] ?? 0);
            const sum = parts.reduce((a, b) => a + b, 0);
            const flags = events.flags[i] ?? 0;
            if ((flags & CombatFlag.periodic) !== 0) expect(sum % 7).toBe(0);
            else expect(sum).toBe((flags & CombatFlag.critical) !== 0 ? 60 : 40);
            expect((events.blocked[i] ?? 0) > 0).toBe((flags & CombatFlag.blocked) !== 0);
            seen += 1;
            absorbedSeen += events.absorbed[i] ?? 0;
          }
        },
        plain,
      );
    }),
    RUNS,
  );
  expect(seen).toBeGreaterThan(500);
  expect(absorbedSeen).toBeGreaterThan(0);
});

test("health changes by what events say, and by nothing else while somebody is in combat", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const before = new Map<number, number>();
      playFight(seed, 900, ({ combat }) => {
        const { fighters, events } = combat.state;
        const told = new Map<number, number>();
        for (let i = 0; i < events.count; i += 1) {
          const kind = events.kind[i];
          const target = events.target[i] ?? 0;
          const sign = kind === EventKindNumber.damage ? -1 : kind === EventKindNumber.heal ? 1 : 0;
          told.set(target, (told.get(target) ?? 0) + sign * (events.amount[i] ?? 0));
          if (kind === EventKindNumber.returned || kind === EventKindNumber.respawn)
            before.delete(events.source[i] ?? 0);
        }
        for (const place of fighters.places.subarray(0, fighters.count)) {
          const id = fighters.entityId[place] ?? 0;
          const was = before.get(id);
          if (was !== undefined && combat.state.inCombat(place)) {
            expect(fighters.health[place]).toBe(was + (told.get(id) ?? 0));
          }
          before.set(id, fighters.health[place] ?? 0);
        }
      });
    }),
    RUNS,
  );
});

test("[C50] threat is conserved: what came is what is there and what was dropped", () => {
  // In one fight of many no creature has noticed anybody by its end.
  let most = 0;
  fc.assert(
    fc.property(seeds, (seed) => {
      playFight(seed, 900, ({ combat }) => {
        const { threat } = combat.state;
        most = Math.max(most, threat.total());
        expect(threat.total() + threat.dropped).toBe(threat.added);
      });
    }),
    RUNS,
  );
  expect(most).toBeGreaterThan(0);
});

test("[C50] the threat of a blow is the damage that it did, and that of healing half of it", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      let added = 0;
      playFight(seed, 600, ({ combat }) => {
        const { events, threat, fighters } = combat.state;
        let dealt = 0;
        for (let i = 0; i < events.count; i += 1) {
          const target = events.targetPlace[i] ?? -1;
          if (events.kind[i] !== EventKindNumber.damage || target < 0 || fighters.kind[target] !== 1) continue;
          const source = events.sourcePlace[i] ?? -1;
          // What the dead did before goes on burning, and makes nobody angry.
          if (source < 0 || fighters.dead[source] === 1) continue;
          const periodic = ((events.flags[i] ?? 0) & CombatFlag.periodic) !== 0;
          const percent = periodic ? 100 : (data.ability(events.what[i] ?? 0)?.threatPercent ?? 0);
          dealt += Math.floor((((events.amount[i] ?? 0) + (events.absorbed[i] ?? 0)) * percent) / 100);
        }
        const healed = events.kind.subarray(0, events.count).includes(EventKindNumber.heal);
        // Noticing, calling and missing add single points; who is dead by then adds nothing.
        const gained = threat.added - added;
        added = threat.added;
        const deaths = events.kind.subarray(0, events.count).includes(EventKindNumber.death);
        if (!healed && !deaths) expect(gained - dealt).toBeGreaterThanOrEqual(0);
        if (!healed) expect(gained - dealt).toBeLessThanOrEqual(8 * 8);
      });
    }),
    RUNS,
  );
});

test("[C35] numbers of events rise by one, and what happens in a tick happens in the order of the rules", () => {
  // What only one step of the tick can bring about, by its number in the rule.
  const step = new Map<number, number>([
    [EventKindNumber.death, 5],
    [EventKindNumber.noticed, 6],
    [EventKindNumber.returned, 6],
    [EventKindNumber.respawn, 0],
  ]);
  let deaths = 0;
  fc.assert(
    fc.property(seeds, (seed) => {
      let next = 1;
      playFight(seed, 900, ({ combat, players }) => {
        const { events } = combat.state;
        expect(events.firstSequence).toBe(next);
        next += events.count;
        let reached = 0;
        let lastPlace = -1;
        for (let i = 0; i < events.count; i += 1) {
          const kind = events.kind[i] ?? 0;
          const source = events.sourcePlace[i] ?? -1;
          const begins = kind === EventKindNumber.used || kind === EventKindNumber.cast_started;
          // Creatures use their abilities when they decide, players when they are judged.
          const its = begins ? (source < players.length ? 1 : 6) : step.get(kind);
          if (its === undefined) continue;
          expect(its).toBeGreaterThanOrEqual(reached);
          if (its !== reached) lastPlace = -1;
          reached = its;
          const place = kind === EventKindNumber.death ? (events.targetPlace[i] ?? -1) : source;
          if (its !== 6) expect(place).toBeGreaterThanOrEqual(lastPlace);
          lastPlace = place;
          if (its === 5) deaths += 1;
        }
      });
    }),
    RUNS,
  );
  expect(deaths).toBeGreaterThan(10);
});
