import type { Camp } from "../../scripts/simulation/camp.ts";
import type { CollisionWorld } from "../../scripts/simulation/collision/collision-world.ts";
import type { UseStance, UseTarget } from "../../scripts/simulation/combat/ability-rules.ts";
import { CombatWorld } from "../../scripts/simulation/combat/combat-world.ts";
import { Creatures } from "../../scripts/simulation/combat/creatures.ts";
import type { CombatData } from "../../scripts/simulation/combat/data/combat-data.ts";
import { createCommand } from "../../scripts/simulation/command.ts";
import { roundPosition } from "../../scripts/simulation/lattice.ts";
import { createMoveState, type MoveState, placeMoveState } from "../../scripts/simulation/move-state.ts";
import { stepMovement } from "../../scripts/simulation/movement.ts";

/** What one player does in one tick. */
export interface FightInput {
  yaw: number;
  moveX: number;
  moveZ: number;
  buttons: number;
  /** Index of an ability, or -1. */
  ability: number;
  /** Entity id, or 0. */
  target: number;
  /** A dead one gets up. */
  stand: boolean;
}

export function createFightInput(): FightInput {
  return { yaw: 0, moveX: 0, moveZ: 0, buttons: 0, ability: -1, target: 0, stand: false };
}

/** Middle of the fight, metres. */
const CENTRE_METERS = 256;
const RING_METERS = 24;

/**
 * The rules alone, without a network: players who do what they are told and creatures who do what they like, tick by tick. The same inputs give the
 * same fight.
 */
export class Fight {
  readonly combat: CombatWorld;
  readonly creatures: Creatures;
  readonly players: readonly MoveState[];
  readonly inputs: readonly FightInput[];
  /** What came of each player's use in the last tick; "" where there was none. */
  readonly outcomes: string[];
  /** Uses by what came of them. */
  readonly counts = new Map<string, number>();
  readonly #world: CollisionWorld;
  readonly #command = createCommand();
  readonly #stance: { -readonly [Key in keyof UseStance]: UseStance[Key] } = {
    ...{ x: 0, y: 0, z: 0, yaw: 0, grounded: true, moving: false },
  };
  readonly #spot = { x: 0, y: 0, z: 0 };
  readonly #aim: { -readonly [Key in keyof UseTarget]: UseTarget[Key] } = {
    place: -1,
    missing: "no_target",
    spot: this.#spot,
  };
  readonly #free: number[];
  #nextEntityId = 1;
  #tick = 0;

  /** Players have the places 0 to `players` - 1, and with them the entity ids 1 to `players`. */
  constructor(data: CombatData, world: CollisionWorld, players: number, camps: readonly Camp[], seed: number) {
    const creatures = camps.reduce((sum, { count }) => sum + count, 0);
    this.#world = world;
    this.combat = new CombatWorld(data, players + creatures, seed);
    this.#free = Array.from({ length: creatures }, (_, i) => players + creatures - 1 - i);
    this.players = Array.from({ length: players }, createMoveState);
    this.inputs = this.players.map(createFightInput);
    this.outcomes = this.players.map(() => "");
    for (const [place, state] of this.players.entries()) {
      this.combat.addPlayer(place, this.#nextEntityId);
      this.#nextEntityId += 1;
      this.#put(place, state);
    }
    this.creatures = new Creatures(this.combat, world, camps, {
      take: () => {
        const place = this.#free.pop();
        if (place === undefined) return undefined;
        this.#nextEntityId += 1;
        return { place, entityId: this.#nextEntityId - 1 };
      },
      giveBack: (place) => void this.#free.push(place),
    });
  }

  get tick(): number {
    return this.#tick;
  }

  /** Runs one tick with what is in `inputs`. */
  step(): void {
    const { combat, creatures } = this;
    this.#tick += 1;
    combat.begin(this.#tick);
    for (let place = 0; place < this.players.length; place += 1) {
      if (this.inputs[place]?.stand === true && combat.mayRespawn(place) === "done") this.#comeBack(place);
    }
    for (let place = 0; place < this.players.length; place += 1) this.#move(place);
    creatures.walk();
    for (let place = 0; place < this.players.length; place += 1) this.#use(place);
    combat.finish();
    creatures.decide();
    combat.rest();
    for (let i = 0; i < combat.releasedCount; i += 1) this.#comeBack(combat.released[i] ?? 0);
  }

  /** A dead player stands up somewhere on the ring. */
  #comeBack(place: number): void {
    const state = this.players[place];
    if (state === undefined) return;
    this.#put(place, state);
    this.combat.respawn(place);
  }

  #put(place: number, state: MoveState): void {
    // Around a circle by eighths, without sines: near enough to each other, and the same everywhere.
    const side = place % 4;
    const along = ((place >> 2) % 16) * 3 - RING_METERS;
    const x = CENTRE_METERS + (side === 0 ? RING_METERS : side === 1 ? -RING_METERS : along);
    const z = CENTRE_METERS + (side === 2 ? RING_METERS : side === 3 ? -RING_METERS : along);
    const y = this.#world.groundHeight(x, z);
    placeMoveState(state, { x: roundPosition(x), y: roundPosition(y + 0.1), z: roundPosition(z), yaw: 0 });
    this.combat.state.fighters.move(place, state.x, state.y, state.z, state.yaw);
  }

  #move(place: number): void {
    const state = this.players[place];
    const input = this.inputs[place];
    if (state === undefined || input === undefined) return;
    const dead = this.combat.state.fighters.dead[place] === 1;
    const command = this.#command;
    command.tick = this.#tick;
    command.yaw = input.yaw;
    command.moveX = dead ? 0 : input.moveX;
    command.moveZ = dead ? 0 : input.moveZ;
    command.buttons = dead ? 0 : input.buttons;
    stepMovement(this.#world, state, command);
    this.combat.state.fighters.move(place, state.x, state.y, state.z, state.yaw);
    const steady = state.grounded && command.moveX === 0 && command.moveZ === 0;
    this.combat.advanceClock(place, this.#tick, steady);
  }

  #use(place: number): void {
    const state = this.players[place];
    const input = this.inputs[place];
    this.outcomes[place] = "";
    if (state === undefined || input === undefined || input.ability < 0) return;
    const { data, fighters } = this.combat.state;
    const ability = data.abilities[input.ability];
    if (ability === undefined) return;
    const target = input.target === 0 ? -1 : fighters.placeOf(input.target);
    this.#aim.place = target;
    this.#aim.missing =
      input.target === 0 ? "no_target" : input.target < this.#nextEntityId ? "target_gone" : "no_such_target";
    if (target >= 0) {
      this.#spot.x = fighters.x[target] ?? 0;
      this.#spot.y = fighters.y[target] ?? 0;
      this.#spot.z = fighters.z[target] ?? 0;
    }
    const stance = this.#stance;
    stance.x = state.x;
    stance.y = state.y;
    stance.z = state.z;
    stance.yaw = state.yaw;
    stance.grounded = state.grounded;
    stance.moving = input.moveX !== 0 || input.moveZ !== 0;
    const outcome =
      ability.use === "dash"
        ? this.combat.dash(place, ability, this.#tick, stance)
        : this.combat.use(place, ability, this.#tick, stance, this.#aim, 0, 0);
    this.outcomes[place] = outcome;
    this.counts.set(outcome, (this.counts.get(outcome) ?? 0) + 1);
  }
}
