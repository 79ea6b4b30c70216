import type { UseStance, UseTarget } from "../../../scripts/simulation/combat/ability-rules.ts";
import { hashCombat } from "../../../scripts/simulation/combat/combat-hash.ts";
import type { CombatState } from "../../../scripts/simulation/combat/combat-state.ts";
import { CombatWorld } from "../../../scripts/simulation/combat/combat-world.ts";
import { Creatures } from "../../../scripts/simulation/combat/creatures.ts";
import type { Ability } from "../../../scripts/simulation/combat/data/combat-data.ts";
import type { ZoneCombat } from "../../../server/zone/combat/zone-combat.ts";

type Step = () => unknown;
/** What a tick is told by its players, and how it goes on; what creatures do follows from it. */
const TAPED = [
  ...(["addPlayer", "remove", "strikeWith", "advanceClock", "cancelCast", "cancelAura", "finish", "rest"] as const),
  "respawn",
] as const;
const PARTY_TAPED = ["invite", "accept", "decline", "leave", "kick"] as const;

/**
 * The recording of a server's fight, run again tick by tick: a second set of rules gets what players did and where they were, nothing else, and its
 * creatures decide for themselves. After every tick the states of both must have the same hash. Attach it before the first tick.
 */
export class TwinFight {
  ticks = 0;
  desyncs = 0;
  readonly #server: ZoneCombat;
  readonly #spoil: ((twin: CombatState, tick: number) => void) | undefined;
  readonly #twin: CombatWorld;
  readonly #creatures: Creatures;
  readonly #tape: Step[] = [];
  /** Places and numbers that the server gave to creatures since the tape was run last. */
  readonly #given: { place: number; entityId: number }[] = [];
  #inCreatures = false;

  /** `spoil` changes the recording's state before it is compared, so that a test sees that it is noticed. */
  constructor(
    server: ZoneCombat,
    ground: ConstructorParameters<typeof Creatures>[1],
    spoil?: (twin: CombatState, tick: number) => void,
  ) {
    this.#spoil = spoil;
    const { world, creatures } = server;
    const { data, capacity, seed } = world.state;
    this.#server = server;
    this.#twin = new CombatWorld(data, capacity, seed);
    const camps = [...new Set(creatures.all.map(({ camp }) => camp))];
    this.#creatures = new Creatures(this.#twin, ground, camps, {
      take: () => this.#given.shift(),
      giveBack: () => {},
    });
    this.#tapeRules(world);
    this.#tapeCreatures(creatures);
  }

  #note(step: Step): void {
    if (!this.#inCreatures) this.#tape.push(step);
  }

  #tapeRules(world: CombatWorld): void {
    const twin = this.#twin;
    for (const name of TAPED) this.#tapeMethod(world, twin, name);
    for (const name of PARTY_TAPED) this.#tapeMethod(world.parties, twin.parties, name);
    this.#tapeMethod(world.state.fighters, twin.state.fighters, "move");
    const begin = world.begin.bind(world);
    world.begin = (tick) => {
      this.#runTape();
      this.#note(() => twin.begin(tick));
      begin(tick);
    };
    const use = world.use.bind(world);
    world.use = (place, ability, ownTick, stance, target, unsteadyTick, flags) => {
      const [from, aim] = [copyStance(stance), copyTarget(target)];
      this.#note(() => twin.use(place, ability, ownTick, from, aim, unsteadyTick, flags));
      return use(place, ability, ownTick, stance, target, unsteadyTick, flags);
    };
    const dash = world.dash.bind(world);
    world.dash = (place: number, ability: Ability, ownTick: number, stance: UseStance) => {
      const from = copyStance(stance);
      this.#note(() => twin.dash(place, ability, ownTick, from));
      return dash(place, ability, ownTick, stance);
    };
    const addCreature = world.addCreature.bind(world);
    world.addCreature = (place, entityId, rule) => {
      this.#given.push({ place, entityId });
      addCreature(place, entityId, rule);
    };
  }

  #tapeCreatures(creatures: Creatures): void {
    for (const name of ["walk", "decide"] as const) {
      const original = creatures[name].bind(creatures);
      creatures[name] = () => {
        this.#note(() => this.#creatures[name]());
        this.#inCreatures = true;
        original();
        this.#inCreatures = false;
      };
    }
  }

  /** Every call of a method is done by the server as before, and put on the tape. */
  #tapeMethod<Name extends string, Owner extends { [Key in Name]: (...args: never[]) => unknown }>(
    owner: Owner,
    twin: Owner,
    name: Name,
  ): void {
    const original = owner[name].bind(owner);
    const again = twin[name].bind(twin);
    const taped = (...args: never[]): unknown => {
      this.#note(() => again(...args));
      return original(...args);
    };
    Object.defineProperty(owner, name, { value: taped, configurable: true });
  }

  #runTape(): void {
    if (this.#tape.length === 0) return;
    for (const step of this.#tape) step();
    this.#tape.length = 0;
    this.ticks += 1;
    this.#spoil?.(this.#twin.state, this.ticks);
    if (hashCombat(this.#twin.state) !== hashCombat(this.#server.world.state)) this.desyncs += 1;
  }
}

function copyStance(stance: UseStance): UseStance {
  return { ...stance };
}

function copyTarget(target: UseTarget): UseTarget {
  return { ...target, spot: { ...target.spot } };
}
