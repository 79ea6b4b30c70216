import { type AbilityOutcome, type CommandOutcome, FighterState } from "../../protocol/combat/combat-words.ts";
import type { UseStance, UseTarget } from "./ability-rules.ts";
import { AbilityUses } from "./ability-uses.ts";
import { EventKindNumber } from "./combat-events.ts";
import { CombatState } from "./combat-state.ts";
import type { Ability, CombatData, CreatureRule } from "./data/combat-data.ts";
import { MAX_ABILITIES } from "./data/read-combat-data.ts";
import { Effects } from "./effects.ts";
import { FighterKind } from "./fighters.ts";
import { type LeftCondition, readCondition, writeCondition } from "./left-condition.ts";
import { Parties } from "./parties.ts";

/**
 * One zone's fighting: rules of docs/combat.md. A tick is `begin`, then clocks, uses and dashes in the order of places, then `finish`. What
 * happened is in `state.events` until the next `begin`. Owns no clock and no randomness: the same calls give the same state to the bit. Allocates
 * nothing but when somebody comes, goes or deals with a party.
 */
export class CombatWorld {
  readonly state: CombatState;
  readonly parties: Parties;
  /** Players who come back by themselves in this tick, by place: the first `releasedCount`. The owner puts them somewhere and calls `respawn`. */
  readonly released: Int16Array;
  releasedCount = 0;
  readonly #effects: Effects;
  readonly #uses: AbilityUses;

  /** `capacity`: characters that can be here at once, up to 1,024. `seed`: 32 bits. */
  constructor(data: CombatData, capacity: number, seed: number) {
    this.state = new CombatState(data, capacity, seed);
    this.parties = new Parties(this.state);
    this.released = new Int16Array(capacity);
    this.#effects = new Effects(this.state);
    this.#uses = new AbilityUses(this.state, this.#effects);
  }

  addPlayer(place: number, entityId: number): void {
    this.state.fighters.add(place, entityId, FighterKind.player, this.state.data.basics);
    this.#clean(place);
  }

  addCreature(place: number, entityId: number, rule: CreatureRule): void {
    const stats = { ...rule, resource: 1_000, resourcePerSecond: 1_000 };
    this.state.fighters.add(place, entityId, FighterKind.creature, stats);
    this.#clean(place);
  }

  /** Somebody leaves the zone. */
  remove(place: number): void {
    const { fighters } = this.state;
    const entityId = fighters.entityId[place] ?? 0;
    if (entityId === 0) return;
    this.parties.forget(place);
    this.#dropThreat(entityId);
    this.state.threat.clear(place);
    this.state.auras.clear(place);
    fighters.remove(place);
  }

  /** In what condition a player is that leaves, and the same of who comes back. */
  conditionAt(place: number): LeftCondition {
    return readCondition(this.state, place);
  }

  restoreCondition(place: number, left: LeftCondition): void {
    writeCondition(this.state, place, left);
    this.#effects.sumStats(place);
  }

  /** Begins a server tick; ticks rise. */
  begin(tick: number): void {
    this.state.tick = tick;
    this.state.events.begin(tick);
  }

  use(
    place: number,
    ability: Ability,
    ownTick: number,
    stance: UseStance,
    target: UseTarget,
    unsteadyTick: number,
    flags: number,
  ): AbilityOutcome {
    return this.#uses.use(place, ability, ownTick, stance, target, unsteadyTick, flags);
  }

  dash(place: number, ability: Ability, ownTick: number, stance: UseStance): AbilityOutcome {
    return this.#uses.dash(place, ability, ownTick, stance);
  }

  /** A hit that was judged elsewhere, with the effects of an ability. Whom rule C21 protects is not harmed. */
  strikeWith(ability: Ability, place: number, target: number, flags: number): void {
    const { fighters } = this.state;
    if (fighters.dead[place] === 1 || !this.state.isEnemy(place, target)) return;
    this.#uses.strikeWith(ability, place, target, flags);
  }

  /** An own tick of a character has run; `steady`: it stood on the ground and wished to go nowhere. Ticks rise. */
  advanceClock(place: number, ownTick: number, steady: boolean): void {
    if (!steady) this.#uses.unsettle(place, ownTick);
    if (this.state.fighters.ownTick[place] === 0) this.#beginClock(place, ownTick);
    this.state.fighters.advanceClock(place, ownTick);
  }

  cancelCast(place: number): CommandOutcome {
    if ((this.state.fighters.casting[place] ?? -1) < 0) return "not_casting";
    this.#effects.interrupt(place);
    return "done";
  }

  /** A helpful aura that the character wants no more. */
  cancelAura(place: number, auraId: number): CommandOutcome {
    const { auras, data } = this.state;
    for (let number = 0; number < (auras.count[place] ?? 0); number += 1) {
      const rule = data.auras[auras.rule[auras.at(place, number)] ?? 0];
      if (rule === undefined || rule.id !== auraId || rule.harmful) continue;
      this.#effects.removeAura(place, number, false);
      return "done";
    }
    return "no_such_aura";
  }

  /** (2) to (5) of rule C35. Creatures decide after it, and then comes `rest`. */
  finish(): void {
    this.#uses.advanceCasts();
    this.#uses.landProjectiles();
    this.#tickAuras();
    this.#die();
    this.parties.expire();
  }

  /** (7) of rule C35: who is not in combat regains health, once a second, not all in the same tick. */
  rest(): void {
    const { fighters, tick, data } = this.state;
    const percent = data.basics.restPercentPerSecond;
    for (let i = 0; i < fighters.count; i += 1) {
      const place = fighters.places[i] ?? 0;
      if ((tick + place) % 60 !== 0 || fighters.dead[place] === 1 || this.state.inCombat(place)) continue;
      const max = fighters.maxHealth[place] ?? 0;
      const gain = Math.ceil((max * percent) / 100);
      fighters.health[place] = Math.min(max, (fighters.health[place] ?? 0) + gain);
    }
  }

  /** Whether a dead player may choose where to come back. */
  mayRespawn(place: number): CommandOutcome {
    const { fighters, tick, data } = this.state;
    if (fighters.dead[place] !== 1) return "alive";
    return tick - (fighters.diedTick[place] ?? 0) >= data.basics.respawnTicks ? "done" : "too_early";
  }

  /** A dead character stands up, wherever its owner has put it: rule C40. */
  respawn(place: number): void {
    const { fighters } = this.state;
    fighters.dead[place] = 0;
    fighters.health[place] = fighters.maxHealth[place] ?? 0;
    fighters.resource[place] = (fighters.maxResource[place] ?? 0) >> 1;
    fighters.combatUntil[place] = 0;
    this.state.tell(EventKindNumber.respawn, place, fighters.entityId[place] ?? 0, -1, 0, fighters.health[place] ?? 0);
  }

  /** A creature is back at its post. */
  restore(place: number): void {
    const { fighters } = this.state;
    fighters.returning[place] = 0;
    fighters.health[place] = fighters.maxHealth[place] ?? 0;
    fighters.combatUntil[place] = 0;
    this.state.tell(EventKindNumber.returned, place, fighters.entityId[place] ?? 0, -1, 0, fighters.health[place] ?? 0);
  }

  /** A creature gives up: it forgets all threat and takes no harm until `restore`. */
  giveUp(place: number): void {
    this.state.threat.clear(place);
    this.#effects.interrupt(place);
    this.#effects.clearAuras(place);
    this.state.fighters.returning[place] = 1;
  }

  /** Bits of `FighterState`. */
  conditionOf(place: number): number {
    const { fighters } = this.state;
    return (
      (fighters.dead[place] === 1 ? FighterState.dead : 0) |
      (this.state.inCombat(place) ? FighterState.inCombat : 0) |
      ((fighters.casting[place] ?? -1) >= 0 ? FighterState.casting : 0) |
      (fighters.kind[place] === FighterKind.creature ? FighterState.creature : 0) |
      (fighters.returning[place] === 1 ? FighterState.returning : 0)
    );
  }

  /** What was left of cooldowns when somebody came back begins with its first own tick. */
  #beginClock(place: number, ownTick: number): void {
    const { fighters, auras, data } = this.state;
    for (const { index } of data.abilities) {
      const at = place * MAX_ABILITIES + index;
      const ticks = fighters.chargedTick[at] ?? 0;
      if (ticks === 0) continue;
      fighters.chargedTick[at] = ownTick + ticks;
      // So that it is told.
      auras.touch(place);
    }
  }

  #clean(place: number): void {
    this.state.auras.count[place] = 0;
    this.state.auras.touch(place);
    this.state.threat.clear(place);
  }

  /** (4) of rule C35. */
  #tickAuras(): void {
    const { fighters, auras, tick } = this.state;
    for (let i = 0; i < fighters.count; i += 1) {
      const place = fighters.places[i] ?? 0;
      for (let number = 0; number < (auras.count[place] ?? 0); ) {
        const at = auras.at(place, number);
        if ((auras.nextTick[at] ?? 0) <= tick) {
          const rule = this.state.data.auras[auras.rule[at] ?? 0];
          auras.nextTick[at] = (auras.nextTick[at] ?? 0) + (rule?.everyTicks ?? Number.POSITIVE_INFINITY);
          this.#effects.tickAura(place, number);
        }
        if ((auras.endTick[at] ?? 0) <= tick) this.#effects.removeAura(place, number, true);
        else number += 1;
      }
    }
  }

  /** (5) of rule C35. */
  #die(): void {
    const { fighters, tick, data } = this.state;
    this.releasedCount = 0;
    for (let i = 0; i < fighters.count; i += 1) {
      const place = fighters.places[i] ?? 0;
      if (fighters.dead[place] === 1) {
        const due = tick - (fighters.diedTick[place] ?? 0) >= data.basics.releaseTicks;
        if (due && fighters.kind[place] === FighterKind.player) this.released[this.releasedCount++] = place;
      } else if ((fighters.health[place] ?? 0) === 0) this.#fall(place);
    }
  }

  #fall(place: number): void {
    const { fighters, tick, threat } = this.state;
    const entityId = fighters.entityId[place] ?? 0;
    fighters.dead[place] = 1;
    fighters.diedTick[place] = tick;
    this.#effects.interrupt(place);
    this.#effects.clearAuras(place);
    threat.clear(place);
    this.#dropThreat(entityId);
    const killerId = fighters.killer[place] ?? 0;
    const killer = fighters.placeOf(killerId);
    this.state.tell(EventKindNumber.death, killer, killerId, place, fighters.killedBy[place] ?? 0, 0);
  }

  #dropThreat(entityId: number): void {
    const { fighters, threat } = this.state;
    for (let i = 0; i < fighters.count; i += 1) {
      const place = fighters.places[i] ?? 0;
      if ((threat.count[place] ?? 0) > 0) threat.drop(place, entityId);
    }
  }
}
