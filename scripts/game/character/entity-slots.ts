import type { RemoteEntities } from "../../client/remote-entities.ts";

const LEAST_CAPACITY = 64;

/**
 * A place of its own for everybody who is there, that stays the same while indices change: what is remembered of them lies there, in arrays.
 * Places are used again; only more than ever were there make it grow.
 */
export class EntitySlots {
  /** Slot of the entity at each index, as of the last `follow`. */
  slotAt = new Uint32Array(LEAST_CAPACITY);
  /** All slots are below. */
  capacity = 0;
  readonly #slots = new Map<number, number>();
  /** By slot; 0: it is free. Gone through in place of the map, which would make an object for each of a thousand. */
  #entityAt = new Uint32Array(LEAST_CAPACITY);
  readonly #came: (slot: number, index: number) => void;
  #free: number[] = [];
  #revision = -1;

  /** `came` is told when somebody takes a place; what was there is of somebody else. */
  constructor(came: (slot: number, index: number) => void) {
    this.#came = came;
  }

  /** Slot of an entity, or -1. */
  of(entityId: number): number {
    return this.#slots.get(entityId) ?? -1;
  }

  /** Once per frame. Does nothing while nobody comes and goes. */
  follow(remotes: RemoteEntities): void {
    if (remotes.revision === this.#revision) return;
    this.#revision = remotes.revision;
    for (let slot = 0; slot < this.capacity; slot += 1) {
      const entityId = this.#entityAt[slot] ?? 0;
      if (entityId === 0 || remotes.indexOf(entityId) >= 0) continue;
      this.#slots.delete(entityId);
      this.#entityAt[slot] = 0;
      this.#free.push(slot);
    }
    if (this.slotAt.length < remotes.count) this.slotAt = new Uint32Array(remotes.count * 2);
    for (let index = 0; index < remotes.count; index += 1) {
      const entityId = remotes.entityId[index] ?? 0;
      let slot = this.#slots.get(entityId);
      if (slot === undefined) {
        slot = this.#free.pop() ?? this.capacity++;
        this.#slots.set(entityId, slot);
        this.#take(slot, entityId);
        this.#came(slot, index);
      }
      this.slotAt[index] = slot;
    }
  }

  #take(slot: number, entityId: number): void {
    if (slot >= this.#entityAt.length) {
      const grown = new Uint32Array(this.#entityAt.length * 2);
      grown.set(this.#entityAt);
      this.#entityAt = grown;
    }
    this.#entityAt[slot] = entityId;
  }
}

/** An array with room for at least `length`, with what was in the old one. */
export function withRoom<Kind extends Float64Array | Float32Array | Uint8Array>(from: Kind, length: number): Kind {
  if (from.length >= length) return from;
  const Type = from.constructor as new (length: number) => Kind;
  const to = new Type(Math.max(LEAST_CAPACITY, length * 2));
  to.set(from);
  return to;
}
