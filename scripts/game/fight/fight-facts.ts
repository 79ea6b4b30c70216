import type { CombatView } from "../../client/combat/view/combat-view.ts";
import type { Relation } from "../../client/combat/view/target-view.ts";
import type { GameClient } from "../../client/game-client.ts";
import { FighterState } from "../../protocol/combat/combat-words.ts";
import { MAX_SNAPSHOT_ENTITIES } from "../../protocol/messages.ts";
import type { CombatData } from "../../simulation/combat/data/combat-data.ts";
import { type CharacterFacts, FULL_HEALTH } from "../character/character-facts.ts";

/** The party's plates are never covered by strangers', nor the target's by anybody's; who fights comes before who looks on. */
const Importance = { none: 0, fights: 1, party: 2, target: 3 } as const;

/** What a fight says of the other characters: kind, health, casts, and what they are to the player. Nothing is worked out twice while nobody comes or goes. */
export class FightFacts implements CharacterFacts {
  #combat: CombatView | undefined;
  #revision = -1;
  #client: GameClient | undefined;
  #data: CombatData | undefined;
  /** By name of the creature. */
  #archetypeOf: ReadonlyMap<string, number> = new Map();
  readonly #archetype = new Uint8Array(MAX_SNAPSHOT_ENTITIES);

  /** Once per frame, before anybody is drawn. */
  follow(client: GameClient): void {
    this.#combat = client.combat.inUse ? client.combat : undefined;
    const { remotes } = client;
    if (client === this.#client && remotes.revision === this.#revision) return;
    this.#client = client;
    this.#revision = remotes.revision;
    const { data } = client.combat;
    if (data !== this.#data) {
      this.#data = data;
      this.#archetypeOf = new Map(data?.creatures.map(({ name, id }) => [name, id]));
    }
    for (let index = 0; index < remotes.count; index += 1) {
      this.#archetype[index] = this.#archetypeOf.get(remotes.name(index)) ?? 0;
    }
  }

  archetype(index: number): number {
    return this.#has(index, FighterState.creature) ? (this.#archetype[index] ?? 0) : 0;
  }

  /** Whoever is whole and does not fight needs no bar. */
  health(index: number): number {
    const plates = this.#combat?.nameplates;
    if (plates === undefined) return -1;
    const health = plates.health[index] ?? 0;
    const most = plates.maxHealth[index] ?? 0;
    if (most === 0) return -1;
    const watched = plates.targeted[index] === 1 || this.#has(index, FighterState.inCombat);
    if (health === most && !watched && plates.relation(index) !== "party") return -1;
    return Math.ceil((health * FULL_HEALTH) / most);
  }

  dead(index: number): boolean {
    return this.#has(index, FighterState.dead);
  }

  importance(index: number): number {
    const plates = this.#combat?.nameplates;
    if (plates === undefined) return Importance.none;
    if (plates.targeted[index] === 1) return Importance.target;
    const relation = plates.relation(index);
    if (relation === "party") return Importance.party;
    return relation === "creature" && this.#has(index, FighterState.inCombat) ? Importance.fights : Importance.none;
  }

  relation(index: number): Relation {
    return this.#combat?.nameplates.relation(index) ?? "player";
  }

  level(index: number): number {
    return this.#combat?.nameplates.level(index) ?? 0;
  }

  cast(index: number): number {
    return this.#combat?.nameplates.castProgress[index] ?? 0;
  }

  targeted(index: number): boolean {
    return this.#combat?.nameplates.targeted[index] === 1;
  }

  #has(index: number, bit: number): boolean {
    return ((this.#combat?.nameplates.state[index] ?? 0) & bit) !== 0;
  }
}
