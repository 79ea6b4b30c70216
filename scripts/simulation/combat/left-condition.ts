import type { CombatState } from "./combat-state.ts";
import { MAX_ABILITIES } from "./data/read-combat-data.ts";

/** An aura of who left. Ticks are the server's. */
interface LeftAura {
  readonly rule: number;
  readonly source: number;
  readonly startTick: number;
  readonly endTick: number;
  readonly nextTick: number;
  readonly stacks: number;
  readonly absorb: number;
  readonly power: number;
}

/** In what condition a player left, so that it comes back in it: rule C42. */
export interface LeftCondition {
  /** Server tick in which it left. */
  readonly tick: number;
  readonly health: number;
  /** Sixtieths of a point. */
  readonly resource: number;
  /** Server ticks. */
  readonly combatUntil: number;
  readonly dead: boolean;
  readonly diedTick: number;
  readonly killer: number;
  readonly killedBy: number;
  /** By ability: ticks until all charges were back when it left. Own ticks, which another session counts from elsewhere. */
  readonly cooldownTicks: readonly number[];
  readonly auras: readonly LeftAura[];
}

/** The condition of whoever is at a place. */
export function readCondition({ fighters, auras, tick, data }: CombatState, place: number): LeftCondition {
  const ownTick = fighters.ownTick[place] ?? 0;
  const charged = fighters.chargedTick;
  return {
    tick,
    health: fighters.health[place] ?? 0,
    resource: fighters.resource[place] ?? 0,
    combatUntil: fighters.combatUntil[place] ?? 0,
    dead: fighters.dead[place] === 1,
    diedTick: fighters.diedTick[place] ?? 0,
    killer: fighters.killer[place] ?? 0,
    killedBy: fighters.killedBy[place] ?? 0,
    cooldownTicks: data.abilities.map(({ index }) =>
      Math.max((charged[place * MAX_ABILITIES + index] ?? 0) - ownTick, 0),
    ),
    auras: Array.from({ length: auras.count[place] ?? 0 }, (_, number) => {
      const at = auras.at(place, number);
      return {
        rule: auras.rule[at] ?? 0,
        source: auras.source[at] ?? 0,
        startTick: auras.startTick[at] ?? 0,
        endTick: auras.endTick[at] ?? 0,
        nextTick: auras.nextTick[at] ?? 0,
        stacks: auras.stacks[at] ?? 0,
        absorb: auras.absorb[at] ?? 0,
        power: auras.power[at] ?? 0,
      };
    }),
  };
}

/**
 * Gives whoever has just come to a place the condition of one who left. Time has gone on: cooldowns and auras are over or nearer to it, and what auras would
 * have done meanwhile they have not. Cooldowns count from 0 until its clock begins. Stats are to be added up anew.
 */
export function writeCondition({ fighters, auras, tick, data }: CombatState, place: number, left: LeftCondition): void {
  const away = tick - left.tick;
  fighters.health[place] = left.health;
  fighters.resource[place] = left.resource;
  fighters.combatUntil[place] = left.combatUntil;
  fighters.dead[place] = left.dead ? 1 : 0;
  fighters.diedTick[place] = left.diedTick;
  fighters.killer[place] = left.killer;
  fighters.killedBy[place] = left.killedBy;
  for (const { index } of data.abilities) {
    const ticks = (left.cooldownTicks[index] ?? 0) - away;
    fighters.chargedTick[place * MAX_ABILITIES + index] = Math.max(ticks, 0);
  }
  for (const aura of left.auras) {
    if (aura.endTick <= tick) continue;
    const at = auras.at(place, auras.push(place));
    const everyTicks = data.auras[aura.rule]?.everyTicks ?? 0;
    const missed = everyTicks === 0 ? 0 : Math.max(Math.ceil((tick - aura.nextTick) / everyTicks), 0);
    auras.rule[at] = aura.rule;
    auras.source[at] = aura.source;
    auras.startTick[at] = aura.startTick;
    auras.endTick[at] = aura.endTick;
    auras.nextTick[at] = aura.nextTick + missed * everyTicks;
    auras.stacks[at] = aura.stacks;
    auras.absorb[at] = aura.absorb;
    auras.power[at] = aura.power;
  }
}
