import { CombatFlag } from "../../protocol/combat/combat-words.ts";
import { MAX_AURAS_EACH } from "./aura-slots.ts";
import { EventKindNumber } from "./combat-events.ts";
import { Draw, drawNumber } from "./combat-random.ts";
import type { CombatState } from "./combat-state.ts";
import type { Ability, Amount } from "./data/combat-data.ts";
import { FighterKind } from "./fighters.ts";
import { damageOf, type HitRoll, healingOf, rollHit } from "./hit-roll.ts";

/** Salt of random numbers of auras, away from those of abilities. */
const AURA_SALT = 1 << 20;

/** What abilities and auras do to somebody: the only place where health, absorption and threat change, and auras come and go. Allocates nothing. */
export class Effects {
  readonly #state: CombatState;
  readonly #roll: HitRoll = { missed: false, critical: false, blocked: false };

  constructor(state: CombatState) {
    this.#state = state;
  }

  /**
   * All effects of an ability on one target. `source`: place, or -1 if it is gone. `salt` tells apart several of the same ability on the same one
   * in the same tick. `flags`: bits of `CombatFlag` for its events.
   */
  apply(ability: Ability, source: number, sourceId: number, target: number, salt: number, flags: number): void {
    const { fighters } = this.#state;
    if (fighters.dead[target] === 1 || fighters.returning[target] === 1) return;
    if (ability.helpful) this.#help(ability, source, sourceId, target, salt, flags);
    else this.#harm(ability, source, sourceId, target, salt, flags);
  }

  /** One tick of the aura at a place's number. */
  tickAura(place: number, number: number): void {
    const state = this.#state;
    const { auras, fighters, data } = state;
    const at = auras.at(place, number);
    const rule = data.auras[auras.rule[at] ?? 0];
    if (rule === undefined) return;
    const sourceId = auras.source[at] ?? 0;
    const source = fighters.placeOf(sourceId);
    const stacks = auras.stacks[at] ?? 1;
    const power = auras.power[at] ?? 0;
    if (rule.damage !== undefined) {
      const amount = this.#amount(rule.damage, sourceId, place, AURA_SALT + rule.index) * stacks;
      const rolled = damageOf(amount, power, false, fighters.guard[place] ?? 0);
      this.#damage(source, sourceId, place, rolled, rule.id, CombatFlag.periodic, 100, false);
    }
    if (rule.heal !== undefined) {
      const amount = this.#amount(rule.heal, sourceId, place, AURA_SALT + rule.index) * stacks;
      this.#heal(source, sourceId, place, healingOf(amount, power, false), rule.id, CombatFlag.periodic);
    }
  }

  applyAura(ruleIndex: number, source: number, sourceId: number, target: number): void {
    const state = this.#state;
    const { auras, data, tick, fighters } = state;
    const rule = data.auras[ruleIndex];
    if (rule === undefined) return;
    let number = auras.find(target, ruleIndex, sourceId);
    if (number < 0) {
      if ((auras.count[target] ?? 0) === MAX_AURAS_EACH) this.removeAura(target, auras.soonest(target), false);
      number = auras.push(target);
      auras.stacks[auras.at(target, number)] = 0;
    }
    const at = auras.at(target, number);
    const stacks = Math.min((auras.stacks[at] ?? 0) + 1, rule.stacks);
    auras.rule[at] = ruleIndex;
    auras.source[at] = sourceId;
    auras.startTick[at] = tick;
    auras.endTick[at] = tick + rule.durationTicks;
    auras.nextTick[at] = rule.everyTicks === 0 ? Number.POSITIVE_INFINITY : tick + rule.everyTicks;
    auras.stacks[at] = stacks;
    auras.absorb[at] = rule.absorb * stacks;
    auras.power[at] = source < 0 ? 0 : (fighters.power[source] ?? 0);
    auras.touch(target);
    this.sumStats(target);
    state.tell(EventKindNumber.aura_applied, source, sourceId, target, rule.id, rule.durationTicks);
    state.events.complete(0, 0, stacks, 0);
  }

  /** `ranOut`: by itself, so that another one may follow. */
  removeAura(place: number, number: number, ranOut: boolean): void {
    const state = this.#state;
    const { auras, data, fighters } = state;
    const at = auras.at(place, number);
    const rule = data.auras[auras.rule[at] ?? 0];
    const sourceId = auras.source[at] ?? 0;
    const source = fighters.placeOf(sourceId);
    auras.remove(place, number);
    this.sumStats(place);
    if (rule === undefined) return;
    state.tell(EventKindNumber.aura_removed, source, sourceId, place, rule.id, 0);
    if (ranOut && rule.followedBy >= 0) this.applyAura(rule.followedBy, source, sourceId, place);
  }

  /** Death ends all of them. */
  clearAuras(place: number): void {
    const { auras } = this.#state;
    while ((auras.count[place] ?? 0) > 0) this.removeAura(place, (auras.count[place] ?? 1) - 1, false);
  }

  /** A cast or channel ends early. Nothing was paid for a cast. */
  interrupt(place: number): void {
    const state = this.#state;
    const { fighters, data } = state;
    const casting = fighters.casting[place] ?? -1;
    if (casting < 0) return;
    const target = fighters.placeOf(fighters.castTarget[place] ?? 0);
    fighters.casting[place] = -1;
    const id = data.abilities[casting]?.id ?? 0;
    state.tell(EventKindNumber.cast_interrupted, place, fighters.entityId[place] ?? 0, target, id, 0);
  }

  #harm(ability: Ability, source: number, sourceId: number, target: number, salt: number, flags: number): void {
    const state = this.#state;
    const roll = this.#roll;
    rollHit(state, source, sourceId, target, salt, roll);
    this.#fight(source, target);
    if (roll.missed) {
      state.tell(EventKindNumber.miss, source, sourceId, target, ability.id, 0);
      state.events.complete(0, 0, 0, flags);
      this.#provoke(source, sourceId, target, 1);
      return;
    }
    const { critical, blocked } = roll;
    for (let i = 0; i < ability.effects.length; i += 1) {
      const effect = ability.effects[i];
      if (effect === undefined) continue;
      if (effect.type === "damage") {
        const amount = this.#amount(effect, sourceId, target, salt * 4 + i);
        const power = source < 0 ? 0 : (state.fighters.power[source] ?? 0);
        const rolled = damageOf(amount, power, critical, state.fighters.guard[target] ?? 0);
        const bits = flags | (critical ? CombatFlag.critical : 0);
        this.#damage(source, sourceId, target, rolled, ability.id, bits, ability.threatPercent, blocked);
      } else if (effect.type === "aura") {
        this.applyAura(effect.aura, source, sourceId, target);
        this.#provoke(source, sourceId, target, 1);
      } else if (effect.type === "interrupt") this.interrupt(target);
    }
  }

  #help(ability: Ability, source: number, sourceId: number, target: number, salt: number, flags: number): void {
    const state = this.#state;
    const { fighters, tick } = state;
    // Who helps somebody in a fight is in it.
    if (source >= 0 && state.inCombat(target)) fighters.combatUntil[source] = tick + state.data.basics.combatTicks;
    rollHit(state, source, sourceId, target, salt, this.#roll);
    const { critical } = this.#roll;
    for (let i = 0; i < ability.effects.length; i += 1) {
      const effect = ability.effects[i];
      if (effect === undefined) continue;
      if (effect.type === "heal") {
        const amount = this.#amount(effect, sourceId, target, salt * 4 + i);
        const power = source < 0 ? 0 : (fighters.power[source] ?? 0);
        const bits = flags | (critical ? CombatFlag.critical : 0);
        this.#heal(source, sourceId, target, healingOf(amount, power, critical), ability.id, bits);
      } else if (effect.type === "aura") this.applyAura(effect.aura, source, sourceId, target);
    }
  }

  #amount(amount: Amount, sourceId: number, target: number, salt: number): number {
    const { seed, tick, fighters } = this.#state;
    const sides = amount.max - amount.min + 1;
    return amount.min + drawNumber(seed, tick, sourceId, fighters.entityId[target] ?? 0, Draw.amount, salt, sides);
  }

  /** rolled = blocked + absorbed + dealt + over, rule C23. */
  #damage(
    source: number,
    sourceId: number,
    target: number,
    rolled: number,
    what: number,
    flags: number,
    threatPercent: number,
    blocks: boolean,
  ): void {
    const state = this.#state;
    const { fighters } = state;
    const blocked = blocks ? rolled >> 1 : 0;
    const before = fighters.health[target] ?? 0;
    const absorbed = this.#absorb(target, rolled - blocked);
    const dealt = Math.min(rolled - blocked - absorbed, before);
    const over = rolled - blocked - absorbed - dealt;
    fighters.health[target] = before - dealt;
    if (before > 0 && dealt === before) {
      fighters.killer[target] = sourceId;
      fighters.killedBy[target] = (flags & CombatFlag.periodic) === 0 ? what : 0;
    }
    state.tell(EventKindNumber.damage, source, sourceId, target, what, dealt);
    const bits = flags | (blocked > 0 ? CombatFlag.blocked : 0) | (this.#brokeShield ? CombatFlag.shieldBroken : 0);
    state.events.complete(absorbed, blocked, over, bits);
    if (sourceId !== 0) this.#fight(source, target);
    this.#provoke(source, sourceId, target, Math.floor(((dealt + absorbed) * threatPercent) / 100));
  }

  #brokeShield = false;

  /** Takes from the target's absorbing auras, the first applied first. Returns how much. */
  #absorb(target: number, amount: number): number {
    const { auras } = this.#state;
    this.#brokeShield = false;
    let left = amount;
    for (let number = 0; number < (auras.count[target] ?? 0) && left > 0; ) {
      const at = auras.at(target, number);
      const shield = auras.absorb[at] ?? 0;
      const taken = Math.min(shield, left);
      left -= taken;
      auras.absorb[at] = shield - taken;
      if (taken > 0) auras.touch(target);
      if (taken > 0 && taken === shield) {
        this.removeAura(target, number, false);
        this.#brokeShield = true;
      } else number += 1;
    }
    return amount - left;
  }

  #heal(source: number, sourceId: number, target: number, rolled: number, what: number, flags: number): void {
    const state = this.#state;
    const { fighters } = state;
    const before = fighters.health[target] ?? 0;
    // Who is down in this tick is not brought back.
    const dealt = before === 0 ? 0 : Math.min(rolled, (fighters.maxHealth[target] ?? 0) - before);
    fighters.health[target] = before + dealt;
    state.tell(EventKindNumber.heal, source, sourceId, target, what, dealt);
    state.events.complete(0, 0, rolled - dealt, flags);
    this.#shareHealingThreat(sourceId, target, dealt >> 1);
  }

  /** Both are in combat. */
  #fight(source: number, target: number): void {
    const { fighters, tick, data } = this.#state;
    const until = tick + data.basics.combatTicks;
    fighters.combatUntil[target] = until;
    if (source >= 0) fighters.combatUntil[source] = until;
  }

  #provoke(source: number, sourceId: number, target: number, threat: number): void {
    const { fighters, threat: tables } = this.#state;
    if (fighters.kind[target] !== FighterKind.creature || source < 0 || fighters.dead[source] === 1) return;
    tables.add(target, sourceId, threat);
  }

  /** Rule C50: shared among the creatures that are after the healed one; the first takes what does not divide. */
  #shareHealingThreat(healerId: number, healed: number, threat: number): void {
    const { fighters, threat: tables } = this.#state;
    const healer = fighters.placeOf(healerId);
    if (threat === 0 || healer < 0 || fighters.kind[healer] !== FighterKind.player) return;
    const healedId = fighters.entityId[healed] ?? 0;
    let creatures = 0;
    for (let i = 0; i < fighters.count; i += 1) {
      const place = fighters.places[i] ?? 0;
      if ((tables.count[place] ?? 0) > 0 && tables.has(place, healedId)) creatures += 1;
    }
    if (creatures === 0) return;
    const share = Math.floor(threat / creatures);
    let rest = threat - share * creatures;
    for (let i = 0; i < fighters.count; i += 1) {
      const place = fighters.places[i] ?? 0;
      if ((tables.count[place] ?? 0) === 0 || !tables.has(place, healedId)) continue;
      tables.add(place, healerId, share + rest);
      rest = 0;
    }
  }

  sumStats(place: number): void {
    const { fighters, auras, data } = this.#state;
    let power = fighters.basePower[place] ?? 0;
    let precision = fighters.basePrecision[place] ?? 0;
    let guard = fighters.baseGuard[place] ?? 0;
    for (let number = 0; number < (auras.count[place] ?? 0); number += 1) {
      const at = auras.at(place, number);
      const rule = data.auras[auras.rule[at] ?? 0];
      const stacks = auras.stacks[at] ?? 1;
      if (rule === undefined) continue;
      power += rule.power * stacks;
      precision += rule.precision * stacks;
      guard += rule.guard * stacks;
    }
    fighters.power[place] = power;
    fighters.precision[place] = precision;
    fighters.guard[place] = guard;
  }
}
