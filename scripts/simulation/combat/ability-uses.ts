import type { AbilityOutcome } from "../../protocol/combat/combat-words.ts";
import { TICK_RATE_HZ } from "../constants.ts";
import {
  chargedAfterUse,
  judgeReadiness,
  judgeTarget,
  type Spot,
  type UseStance,
  type UseTarget,
} from "./ability-rules.ts";
import { AreaTargets } from "./area-targets.ts";
import { EventKindNumber } from "./combat-events.ts";
import type { CombatState } from "./combat-state.ts";
import type { Ability } from "./data/combat-data.ts";
import { MAX_ABILITIES } from "./data/read-combat-data.ts";
import type { Effects } from "./effects.ts";
import { PARTS_PER_POINT } from "./fighters.ts";

/** Rule C14: how far a target may have gone beyond the range when a cast ends. */
const CAST_SLACK_METERS = 3;

/** Uses of abilities from the wish to the last effect: instant ones, casts, channels, projectiles. Allocates nothing. */
export class AbilityUses {
  readonly #state: CombatState;
  readonly #effects: Effects;
  readonly #area: AreaTargets;

  constructor(state: CombatState, effects: Effects) {
    this.#state = state;
    this.#effects = effects;
    this.#area = new AreaTargets(state);
  }

  /**
   * Judges a use at an own tick that has come, and does or begins it: rules C11 to C15. `unsteadyTick`: first own tick after it at which the
   * character moved or left the ground, 0 if it has not.
   */
  use(
    place: number,
    ability: Ability,
    ownTick: number,
    stance: UseStance,
    target: UseTarget,
    unsteadyTick: number,
    flags: number,
  ): AbilityOutcome {
    // A cast that ends in this very command is done first.
    if ((this.#state.fighters.castEnd[place] ?? 0) <= ownTick) this.#advanceCast(place, ownTick);
    const readiness = judgeReadiness(this.#state, place, ability, ownTick, stance);
    if (readiness !== "accepted") return readiness;
    const verdict = judgeTarget(this.#state, place, ability, stance, target, 0);
    if (verdict !== "accepted") return verdict;
    this.#begin(place, ability, ownTick, target.place, unsteadyTick, flags);
    return "accepted";
  }

  /** Rule C17: a dash at an own tick. What is not `accepted` has not happened. */
  dash(place: number, ability: Ability, ownTick: number, stance: UseStance): AbilityOutcome {
    if (ability.use !== "dash") return "unknown_ability";
    const readiness = judgeReadiness(this.#state, place, ability, ownTick, stance);
    if (readiness !== "accepted") return readiness;
    this.#begin(place, ability, ownTick, -1, 0, 0);
    return "accepted";
  }

  /** Effects of an ability that was judged elsewhere, such as a strike of 1.3. */
  strikeWith(ability: Ability, place: number, target: number, flags: number): void {
    const { fighters } = this.#state;
    const sourceId = fighters.entityId[place] ?? 0;
    this.#state.tell(EventKindNumber.used, place, sourceId, target, ability.id, 0);
    this.#effects.apply(ability, place, sourceId, target, ability.id, flags);
  }

  /** The character wished to move or left the ground in an own tick. */
  unsettle(place: number, ownTick: number): void {
    const { fighters } = this.#state;
    if ((fighters.casting[place] ?? -1) < 0 || (fighters.unsteadyTick[place] ?? 0) !== 0) return;
    if (ownTick > (fighters.castStart[place] ?? 0)) fighters.unsteadyTick[place] = ownTick;
  }

  /** (2) of rule C35. */
  advanceCasts(): void {
    const { fighters } = this.#state;
    for (let i = 0; i < fighters.count; i += 1) {
      const place = fighters.places[i] ?? 0;
      if ((fighters.casting[place] ?? -1) >= 0) this.#advanceCast(place, fighters.ownTick[place] ?? 0);
    }
  }

  /** (3) of rule C35. */
  landProjectiles(): void {
    const { projectiles, fighters, tick, data } = this.#state;
    const { count } = projectiles;
    for (let at = 0; at < count; at += 1) {
      if ((projectiles.arrivalTick[at] ?? 0) > tick) continue;
      const ability = data.abilities[projectiles.ability[at] ?? 0];
      const sourceId = projectiles.source[at] ?? 0;
      const target = fighters.placeOf(projectiles.target[at] ?? 0);
      if (ability === undefined || target < 0) continue;
      this.#strike(ability, fighters.placeOf(sourceId), sourceId, target, at + 1, 0);
    }
    projectiles.dropArrived(tick);
  }

  #begin(place: number, ability: Ability, ownTick: number, target: number, unsteadyTick: number, flags: number): void {
    const state = this.#state;
    const { fighters } = state;
    const sourceId = fighters.entityId[place] ?? 0;
    if (ability.globalCooldown) {
      fighters.globalStart[place] = ownTick;
      fighters.globalEnd[place] = ownTick + state.data.basics.globalCooldownTicks;
    }
    if (ability.castTicks === 0) {
      this.#pay(place, ability, ownTick);
      state.tell(EventKindNumber.used, place, sourceId, target, ability.id, 0);
      this.#release(ability, place, target, ability.id, flags);
      return;
    }
    const channels = ability.use === "channel";
    if (channels) this.#pay(place, ability, ownTick);
    fighters.casting[place] = ability.index;
    fighters.castStart[place] = ownTick;
    fighters.castEnd[place] = ownTick + ability.castTicks;
    fighters.castNext[place] = channels ? ownTick + ability.everyTicks : Number.POSITIVE_INFINITY;
    fighters.castTarget[place] = target < 0 ? 0 : (fighters.entityId[target] ?? 0);
    fighters.unsteadyTick[place] = unsteadyTick;
    const kind = channels ? EventKindNumber.channel_started : EventKindNumber.cast_started;
    state.tell(kind, place, sourceId, target, ability.id, ability.castTicks);
  }

  /** A cast or channel up to an own tick. */
  #advanceCast(place: number, ownTick: number): void {
    const { fighters, data } = this.#state;
    const ability = data.abilities[fighters.casting[place] ?? -1];
    if (ability === undefined) return;
    const unsteady = fighters.unsteadyTick[place] ?? 0;
    const until = unsteady === 0 ? ownTick : Math.min(ownTick, unsteady - 1);
    const end = fighters.castEnd[place] ?? 0;
    if (ability.use === "channel") {
      while ((fighters.castNext[place] ?? 0) <= Math.min(until, end)) {
        const next = fighters.castNext[place] ?? 0;
        if (!this.#channelOnce(place, ability, next)) return;
        fighters.castNext[place] = next + ability.everyTicks;
      }
    }
    if (end <= until) this.#finishCast(place, ability, end);
    else if (unsteady !== 0 && unsteady <= ownTick) this.#effects.interrupt(place);
  }

  /** Whether the channel goes on. */
  #channelOnce(place: number, ability: Ability, ownTick: number): boolean {
    const target = this.#castTarget(place, ability);
    if (target === undefined) {
      this.#effects.interrupt(place);
      return false;
    }
    this.#release(ability, place, target, ability.id + ownTick, 0);
    return (this.#state.fighters.casting[place] ?? -1) === ability.index;
  }

  #finishCast(place: number, ability: Ability, ownTick: number): void {
    const state = this.#state;
    const { fighters } = state;
    const sourceId = fighters.entityId[place] ?? 0;
    if (ability.use === "channel") {
      fighters.casting[place] = -1;
      const target = fighters.placeOf(fighters.castTarget[place] ?? 0);
      state.tell(EventKindNumber.channel_finished, place, sourceId, target, ability.id, 0);
      return;
    }
    const target = this.#castTarget(place, ability);
    const affordable = (fighters.resource[place] ?? 0) >= ability.cost * PARTS_PER_POINT;
    if (target === undefined || !affordable) {
      this.#effects.interrupt(place);
      return;
    }
    fighters.casting[place] = -1;
    this.#pay(place, ability, ownTick);
    state.tell(EventKindNumber.cast_finished, place, sourceId, target, ability.id, 0);
    this.#release(ability, place, target, ability.id, 0);
  }

  readonly #spot = { x: 0, y: 0, z: 0 };
  readonly #stance = { x: 0, y: 0, z: 0, yaw: 0, grounded: true, moving: false };
  readonly #aim: { place: number; missing: "target_gone"; spot: Spot } = {
    place: -1,
    missing: "target_gone",
    spot: this.#spot,
  };

  /** Place of the target of a cast as it is now, -1 where there is none by rule; `undefined` when it cannot be reached any more. */
  #castTarget(place: number, ability: Ability): number | undefined {
    if (ability.target === "none") return -1;
    const { fighters } = this.#state;
    const target = fighters.placeOf(fighters.castTarget[place] ?? 0);
    this.#aim.place = target;
    if (target < 0) return undefined;
    const stance = this.#stance;
    stance.x = fighters.x[place] ?? 0;
    stance.y = fighters.y[place] ?? 0;
    stance.z = fighters.z[place] ?? 0;
    stance.yaw = fighters.yaw[place] ?? 0;
    this.#spot.x = fighters.x[target] ?? 0;
    this.#spot.y = fighters.y[target] ?? 0;
    this.#spot.z = fighters.z[target] ?? 0;
    const verdict = judgeTarget(this.#state, place, ability, stance, this.#aim, CAST_SLACK_METERS);
    return verdict === "accepted" ? target : undefined;
  }

  #pay(place: number, ability: Ability, ownTick: number): void {
    const { fighters } = this.#state;
    fighters.resource[place] = (fighters.resource[place] ?? 0) - ability.cost * PARTS_PER_POINT;
    const at = place * MAX_ABILITIES + ability.index;
    fighters.chargedTick[at] = chargedAfterUse(ability, fighters.chargedTick[at] ?? 0, ownTick);
  }

  /** It leaves the hand: at once, or on its way. */
  #release(ability: Ability, place: number, target: number, salt: number, flags: number): void {
    const state = this.#state;
    const { fighters, projectiles, tick } = state;
    const sourceId = fighters.entityId[place] ?? 0;
    if (ability.projectileSpeed > 0 && target >= 0 && target !== place) {
      const meters = Math.sqrt(fighters.squaredBetween(place, target));
      const ticks = Math.max(1, Math.ceil((meters / ability.projectileSpeed) * TICK_RATE_HZ));
      if (projectiles.launch(ability.index, sourceId, fighters.entityId[target] ?? 0, tick + ticks)) {
        state.tell(EventKindNumber.projectile, place, sourceId, target, ability.id, ticks);
        return;
      }
    }
    this.#strike(ability, place, sourceId, target, salt, flags);
  }

  /** It arrives: at one, or at all around. */
  #strike(ability: Ability, source: number, sourceId: number, target: number, salt: number, flags: number): void {
    if (ability.area === undefined) {
      const whom = target < 0 ? source : target;
      if (whom >= 0 && ability.effects.length > 0) this.#effects.apply(ability, source, sourceId, whom, salt, flags);
      return;
    }
    const centre = target < 0 ? source : target;
    if (centre < 0 || source < 0) return;
    this.#area.find(ability, ability.area, source, centre);
    for (let i = 0; i < this.#area.count; i += 1) {
      this.#effects.apply(ability, source, sourceId, this.#area.places[i] ?? 0, salt, flags);
    }
  }
}
