import type { CombatState } from "./combat-state.ts";
import type { Ability, AbilityArea } from "./data/combat-data.ts";

/** Most that any area reaches: the limit of the data. */
const MOST_TARGETS = 20;

/** Those around somebody whom an ability is for: the nearest first, equally near ones by entity id. One instance, refilled. */
export class AreaTargets {
  readonly places = new Int16Array(MOST_TARGETS);
  count = 0;
  readonly #state: CombatState;
  readonly #squared = new Float64Array(MOST_TARGETS);

  constructor(state: CombatState) {
    this.#state = state;
  }

  find(ability: Ability, area: AbilityArea, source: number, centre: number): void {
    const state = this.#state;
    const { fighters } = state;
    const within = area.radiusMeters * area.radiusMeters;
    this.count = 0;
    for (let i = 0; i < fighters.count; i += 1) {
      const place = fighters.places[i] ?? 0;
      const dx = (fighters.x[place] ?? 0) - (fighters.x[centre] ?? 0);
      if (dx > area.radiusMeters || dx < -area.radiusMeters) continue;
      if (fighters.dead[place] === 1) continue;
      fighters.measure(place, centre);
      if (fighters.squaredMeters > within) continue;
      if (ability.helpful ? !state.isAlly(source, place) : !state.isEnemy(source, place)) continue;
      this.#insert(place, centre, Math.min(area.mostTargets, MOST_TARGETS));
    }
  }

  #insert(place: number, centre: number, most: number): void {
    const { fighters } = this.#state;
    fighters.measure(place, centre);
    const squared = fighters.squaredMeters;
    let at = this.count;
    while (at > 0 && this.#isBehind(at - 1, squared, fighters.entityId[place] ?? 0)) at -= 1;
    if (at >= most) return;
    if (this.count < most) this.count += 1;
    this.places.copyWithin(at + 1, at, this.count - 1);
    this.#squared.copyWithin(at + 1, at, this.count - 1);
    this.places[at] = place;
    this.#squared[at] = squared;
  }

  #isBehind(index: number, squared: number, entityId: number): boolean {
    const other = this.#squared[index] ?? 0;
    if (other !== squared) return other > squared;
    return (this.#state.fighters.entityId[this.places[index] ?? 0] ?? 0) > entityId;
  }
}
