import { Button } from "../../scripts/protocol/messages.ts";
import { drawNumber } from "../../scripts/simulation/combat/combat-random.ts";
import type { CombatWorld } from "../../scripts/simulation/combat/combat-world.ts";
import { FighterKind } from "../../scripts/simulation/combat/fighters.ts";
import { yawTowards } from "../../scripts/simulation/combat/yaw-towards.ts";
import type { FightInput } from "./fight.ts";

/** Ticks from one look around to the next. */
const LOOK_TICKS = 30;
const CLOSE_METERS = 2.4;
const SHOT_METERS = 22;

/** Where they fight. */
export interface Battlefield {
  readonly combat: CombatWorld;
  /** By place, from 0 on: what each of them does in the next tick. */
  readonly inputs: readonly FightInput[];
  readonly tick: number;
}

/**
 * Plays the players of a fight from a seed: they run to the nearest enemy, use whatever comes to mind, heal when low, get up again. Fills the
 * fight's inputs; knows nothing that a player would not.
 */
export class FightPlayers {
  readonly #fight: Battlefield;
  readonly #seed: number;
  readonly #usable: readonly number[];
  readonly #target: Uint32Array;

  constructor(fight: Battlefield, seed: number) {
    this.#fight = fight;
    this.#seed = seed;
    const { abilities } = fight.combat.state.data;
    this.#usable = abilities.filter(({ slot }) => slot > 0).map(({ index }) => index);
    this.#target = new Uint32Array(fight.inputs.length);
  }

  /** Decides for the tick that comes next. */
  decide(): void {
    for (let place = 0; place < this.#fight.inputs.length; place += 1) this.#decide(place);
  }

  #decide(place: number): void {
    const { combat, inputs, tick } = this.#fight;
    const { fighters, data } = combat.state;
    const input = inputs[place];
    if (input === undefined) return;
    input.ability = -1;
    input.stand = false;
    input.moveX = 0;
    input.moveZ = 0;
    input.buttons = 0;
    if (fighters.dead[place] === 1) {
      input.stand = true;
      return;
    }
    if ((tick + place) % LOOK_TICKS === 0) this.#target[place] = this.#nearestEnemy(place);
    const target = fighters.placeOf(this.#target[place] ?? 0);
    if (target < 0) return;
    const dx = (fighters.x[target] ?? 0) - (fighters.x[place] ?? 0);
    const dz = (fighters.z[target] ?? 0) - (fighters.z[place] ?? 0);
    const meters = Math.sqrt(dx * dx + dz * dz);
    input.yaw = yawTowards(dx, dz);
    // Half of them fight from afar, and stand while they cast.
    const wanted = place % 2 === 0 ? CLOSE_METERS : SHOT_METERS;
    if (meters > wanted && (fighters.casting[place] ?? -1) < 0) {
      input.moveZ = -127;
      input.buttons = meters > 2 * wanted ? Button.sprint : 0;
    }
    if (this.#draw(place, 1, 8) !== 0) return;
    const choice = this.#usable[this.#draw(place, 2, this.#usable.length)] ?? -1;
    const ability = data.abilities[choice];
    if (ability === undefined) return;
    input.ability = choice;
    input.target = ability.helpful ? (fighters.entityId[place] ?? 0) : (fighters.entityId[target] ?? 0);
    if (ability.castTicks > 0) input.moveZ = 0;
  }

  #nearestEnemy(place: number): number {
    const { state } = this.#fight.combat;
    const { fighters } = state;
    let nearest = 0;
    let nearestSquared = Number.POSITIVE_INFINITY;
    for (let i = 0; i < fighters.count; i += 1) {
      const other = fighters.places[i] ?? 0;
      if (fighters.dead[other] === 1 || fighters.returning[other] === 1) continue;
      // Creatures first: a player is the enemy of every other one.
      const weight = fighters.kind[other] === FighterKind.creature ? 1 : 4;
      const squared = fighters.squaredBetween(place, other) * weight;
      if (squared >= nearestSquared || !state.isEnemy(place, other)) continue;
      nearest = fighters.entityId[other] ?? 0;
      nearestSquared = squared;
    }
    return nearest;
  }

  #draw(place: number, salt: number, sides: number): number {
    return drawNumber(this.#seed, this.#fight.tick, place + 1, 0, 5, salt, sides);
  }
}
