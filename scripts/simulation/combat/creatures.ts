import type { Camp } from "../camp.ts";
import { campGroundProblem } from "../camp-ground.ts";
import type { CollisionWorld } from "../collision/collision-world.ts";
import { createCommand } from "../command.ts";
import { TICK_RATE_HZ } from "../constants.ts";
import { ceilPosition, roundPosition } from "../lattice.ts";
import { createMoveState, placeMoveState } from "../move-state.ts";
import { stepMovement } from "../movement.ts";
import { cosOfYaw, sinOfYaw } from "../trigonometry.ts";
import { Draw, drawNumber } from "./combat-random.ts";
import type { CombatWorld } from "./combat-world.ts";
import { type Creature, createMind, MindState } from "./creature.ts";
import { think } from "./creature-mind.ts";

/** At least half of a camp can be stood on: all these fail in one of four billion camps. */
const POST_ATTEMPTS = 32;

/** Who gives places and entity ids to characters. */
export interface PlaceBook {
  /** A free place and a new entity id for a creature; `undefined` when there is no room. */
  take(): { readonly place: number; readonly entityId: number } | undefined;
  giveBack(place: number): void;
}

/**
 * All creatures of a zone. Each tick: `walk` before places are told, `decide` after what happened in the tick. They move by `stepMovement`, and
 * those far from everybody do nothing at all.
 */
export class Creatures {
  readonly all: readonly Creature[];
  /** Rises when one comes or goes. */
  revision = 0;
  readonly #combat: CombatWorld;
  readonly #world: CollisionWorld;
  readonly #book: PlaceBook;

  /** Camps of kinds that the data does not have are left out. */
  constructor(combat: CombatWorld, world: CollisionWorld, camps: readonly Camp[], book: PlaceBook) {
    this.#combat = combat;
    this.#world = world;
    this.#book = book;
    this.all = camps.flatMap((camp, number) => this.#settle(camp, number));
  }

  /** Who is here, with its name. */
  present(): { entityId: number; name: string }[] {
    return this.all.filter(({ place }) => place >= 0).map(({ entityId, rule }) => ({ entityId, name: rule.name }));
  }

  /** Of one that is here. */
  nameOf(entityId: number): string {
    return this.all.find((creature) => creature.entityId === entityId)?.rule.name ?? "";
  }

  /** Moves those that are awake by what they decided. */
  walk(): void {
    const { fighters, tick } = this.#combat.state;
    for (const creature of this.all) {
      const { place, move, command, mind } = creature;
      if (place < 0 || mind.asleep || fighters.dead[place] === 1) continue;
      stepMovement(this.#world, move, command);
      fighters.move(place, move.x, move.y, move.z, move.yaw);
      const steady = move.grounded && command.moveX === 0 && command.moveZ === 0;
      this.#combat.advanceClock(place, tick, steady);
    }
  }

  /** (6) of rule C35, and comings and goings. */
  decide(): void {
    for (const creature of this.all) {
      if (creature.place < 0) this.#come(creature);
      else if (this.#combat.state.fighters.dead[creature.place] === 1) this.#decay(creature);
      else think(creature, this.all, this.#combat);
    }
  }

  #settle(camp: Camp, number: number): Creature[] {
    const { data, seed } = this.#combat.state;
    const rule = data.creature(camp.creature);
    if (rule === undefined) return [];
    return Array.from({ length: camp.count }, (_, i) => ({
      ...{ rule, camp, ...this.#post(camp, number, i, seed), place: -1, entityId: 0, comesTick: 0 },
      move: createMoveState(),
      command: createCommand(),
      mind: createMind(number * 64 + i),
    }));
  }

  /** Somewhere in the camp's circle where one can stand; a zone that was baked has room for sure. */
  #post(camp: Camp, number: number, i: number, seed: number): { postX: number; postY: number; postZ: number } {
    const world = this.#world;
    let postX = roundPosition(camp.x);
    let postZ = roundPosition(camp.z);
    for (let attempt = 0; attempt < POST_ATTEMPTS; attempt += 1) {
      const yaw = drawNumber(seed, number, i, attempt, Draw.wander, 1, 0x1_0000);
      const meters = (drawNumber(seed, number, i, attempt, Draw.wander, 2, 1_000) / 1_000) * camp.radiusMeters;
      const x = roundPosition(camp.x - sinOfYaw(yaw) * meters);
      const z = roundPosition(camp.z - cosOfYaw(yaw) * meters);
      if (campGroundProblem(world, x, z, () => "") !== undefined) continue;
      postX = x;
      postZ = z;
      break;
    }
    return { postX, postY: ceilPosition(world.groundHeight(postX, postZ)), postZ };
  }

  #come(creature: Creature): void {
    const { state } = this.#combat;
    if (state.tick < creature.comesTick) return;
    const taken = this.#book.take();
    if (taken === undefined) {
      creature.comesTick = state.tick + 60;
      return;
    }
    const { postX: x, postY: y, postZ: z, move, rule } = creature;
    creature.place = taken.place;
    creature.entityId = taken.entityId;
    const yaw = drawNumber(state.seed, state.tick, taken.entityId, 0, Draw.wander, 0, 0x1_0000);
    placeMoveState(move, { x, y, z, yaw });
    this.#combat.addCreature(taken.place, taken.entityId, rule);
    state.fighters.move(taken.place, x, y, z, yaw);
    this.#combat.advanceClock(taken.place, state.tick, true);
    Object.assign(creature.mind, createMind(creature.mind.phase));
    // What it walks by before it has decided anything: it stands, and looks where it looks.
    creature.command.yaw = yaw;
    creature.command.moveX = 0;
    creature.command.moveZ = 0;
    creature.command.buttons = 0;
    this.revision += 1;
  }

  /** The body lies for a while, then it is gone. */
  #decay(creature: Creature): void {
    const { state } = this.#combat;
    const { place, camp } = creature;
    creature.mind.state = MindState.idle;
    if (state.tick - (state.fighters.diedTick[place] ?? 0) < state.data.basics.bodyTicks) return;
    this.#combat.remove(place);
    creature.place = -1;
    creature.comesTick = state.tick + camp.respawnSeconds * TICK_RATE_HZ;
    this.revision += 1;
    this.#book.giveBack(place);
  }
}
