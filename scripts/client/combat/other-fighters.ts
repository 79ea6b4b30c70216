import type { CombatEvent } from "../../protocol/combat/combat-messages.ts";
import { FighterState } from "../../protocol/combat/combat-words.ts";
import { MAX_SNAPSHOT_ENTITIES } from "../../protocol/messages.ts";
import type { CombatData } from "../../simulation/combat/data/combat-data.ts";
import type { RemoteEntities } from "../remote-entities.ts";
import { OtherCasts } from "./other-casts.ts";
import type { NameplateView } from "./view/nameplate-view.ts";
import type { Relation } from "./view/target-view.ts";

/** Where health is shown as events come, before a snapshot says the same. */
export interface ToldHealth {
  changeHealth(entityId: number, tick: number, points: number): void;
  setHealth(entityId: number, tick: number, points: number): void;
}

/** What is known of the others in a fight, by their index in `RemoteEntities`. */
export class OtherFighters implements NameplateView {
  changes = 0;
  readonly castProgress = new Uint8Array(MAX_SNAPSHOT_ENTITIES);
  readonly targeted = new Uint8Array(MAX_SNAPSHOT_ENTITIES);
  /** The others in the player's party. */
  readonly party = new Set<number>();
  readonly #remotes: RemoteEntities;
  readonly #told: ToldHealth;
  readonly #casts = new OtherCasts();
  /** Of creatures, by their names. */
  readonly #levels = new Map<string, number>();
  #targetedIndex = -1;

  constructor(data: CombatData | undefined, remotes: RemoteEntities, told: ToldHealth) {
    this.#remotes = remotes;
    this.#told = told;
    for (const { name, level } of data?.creatures ?? []) this.#levels.set(name, level);
  }

  get health(): Uint16Array {
    return this.#remotes.health;
  }

  get maxHealth(): Uint16Array {
    return this.#remotes.maxHealth;
  }

  get state(): Uint8Array {
    return this.#remotes.state;
  }

  relation(index: number): Relation {
    return this.relationOf(this.#remotes.entityId[index] ?? 0, this.#remotes.state[index] ?? 0);
  }

  /** Of somebody else than the player; `state`: bits of `FighterState`. */
  relationOf(entityId: number, state: number): Exclude<Relation, "self"> {
    if (this.party.has(entityId)) return "party";
    return (state & FighterState.creature) !== 0 ? "creature" : "player";
  }

  level(index: number): number {
    const creature = ((this.#remotes.state[index] ?? 0) & FighterState.creature) !== 0;
    return creature ? (this.#levels.get(this.#remotes.name(index)) ?? 0) : 0;
  }

  /** Something happened: health is what it says at once, and casts begin and end. */
  add(event: Readonly<CombatEvent>, tick: number): void {
    this.#casts.add(event, tick);
    switch (event.kind) {
      case "damage":
        this.#told.changeHealth(event.targetEntityId, tick, -event.amount);
        return;
      case "heal":
        this.#told.changeHealth(event.targetEntityId, tick, event.amount);
        return;
      case "death":
        this.#told.setHealth(event.targetEntityId, tick, 0);
        return;
      case "respawn":
      case "returned":
        this.#told.setHealth(event.sourceEntityId, tick, event.amount);
    }
  }

  /** One frame, at a server tick; `targetEntityId`: who is locked on to, or 0. */
  advance(serverTick: number, targetEntityId: number): void {
    this.#casts.fill(this.castProgress, this.#remotes, serverTick);
    const index = this.#remotes.indexOf(targetEntityId);
    if (this.#targetedIndex >= 0) this.targeted[this.#targetedIndex] = 0;
    if (index >= 0) this.targeted[index] = 1;
    this.#targetedIndex = index;
  }

  /** The session is over. */
  clear(): void {
    this.party.clear();
    this.#casts.clear();
  }
}
