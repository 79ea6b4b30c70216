import type { Creatures, PlaceBook } from "../../scripts/simulation/combat/creatures.ts";
import type { Character } from "./character.ts";
import { charactersOf } from "./combat/zone-combat.ts";

export interface CreatureCharactersParts {
  /** Creatures that may be here at once. */
  readonly most: number;
  readonly takePlace: () => number;
  readonly givePlaceBack: (place: number) => void;
  readonly takeEntityId: () => number;
  /** Who is where, of all characters. */
  readonly characters: (Character | undefined)[];
  /** What others are told. */
  readonly news: { addJoined(who: { entityId: number; name: string }): void; addLeft(entityId: number): void };
}

/** Creatures as characters: they take places, come and go, and others are told their names and where they are. */
export class CreatureCharacters implements PlaceBook {
  readonly #parts: CreatureCharactersParts;
  #all: readonly Character[] = [];
  #revision = -1;
  #here = 0;

  constructor(parts: CreatureCharactersParts) {
    this.#parts = parts;
  }

  /** Those who are here, as of the last `follow`. */
  get all(): readonly Character[] {
    return this.#all;
  }

  /** Players have their places for sure: creatures take what there is beyond. */
  take(): { place: number; entityId: number } | undefined {
    if (this.#here >= this.#parts.most) return undefined;
    this.#here += 1;
    return { place: this.#parts.takePlace(), entityId: this.#parts.takeEntityId() };
  }

  giveBack(place: number): void {
    this.#here -= 1;
    this.#parts.givePlaceBack(place);
  }

  /** Looks who has come and who has gone. */
  follow(creatures: Creatures): void {
    if (creatures.revision === this.#revision) return;
    this.#revision = creatures.revision;
    const { characters, news } = this.#parts;
    for (const { place, entityId } of this.#all) {
      if (characters[place]?.entityId === entityId) characters[place] = undefined;
    }
    const before = new Set(this.#all.map(({ entityId }) => entityId));
    this.#all = charactersOf(creatures);
    for (const creature of this.#all) {
      const { place, entityId } = creature;
      characters[place] = creature;
      if (!before.delete(entityId)) news.addJoined({ entityId, name: creatures.nameOf(entityId) });
    }
    for (const entityId of before) news.addLeft(entityId);
  }
}
