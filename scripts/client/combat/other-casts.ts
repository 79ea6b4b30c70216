import type { CombatEvent } from "../../protocol/combat/combat-messages.ts";
import type { RemoteEntities } from "../remote-entities.ts";

const MOST_CASTS = 128;
const WHOLE = 255;

/** How far the casts of the others are, as events said that they began and ended. Fixed memory; in a larger crowd the oldest are forgotten. */
export class OtherCasts {
  readonly #entityId = new Uint32Array(MOST_CASTS);
  readonly #startTick = new Float64Array(MOST_CASTS);
  readonly #endTick = new Float64Array(MOST_CASTS);
  #next = 0;
  #active = 0;
  /** What `fill` wrote last is all 0. */
  #blank = true;

  add(event: Readonly<CombatEvent>, tick: number): void {
    switch (event.kind) {
      case "cast_started":
      case "channel_started":
        this.#end(event.sourceEntityId);
        this.#begin(event.sourceEntityId, tick, tick + event.amount);
        return;
      case "cast_finished":
      case "channel_finished":
      case "cast_interrupted":
        this.#end(event.sourceEntityId);
        return;
      case "death":
        this.#end(event.targetEntityId);
    }
  }

  /** Progress by index of `remotes`, 1 to 255, and 0 for who casts nothing, at a server tick. */
  fill(progress: Uint8Array, remotes: RemoteEntities, serverTick: number): void {
    if (this.#active === 0 && this.#blank) return;
    progress.fill(0, 0, remotes.count);
    this.#blank = this.#active === 0;
    for (let slot = 0; slot < MOST_CASTS; slot += 1) {
      const entityId = this.#entityId[slot] ?? 0;
      if (entityId === 0) continue;
      const start = this.#startTick[slot] ?? 0;
      const end = this.#endTick[slot] ?? 0;
      const share = (serverTick - start) / Math.max(end - start, 1);
      // Whose end was not told, because it went out of sight, is not shown for ever.
      if (share > 1.5) {
        this.#entityId[slot] = 0;
        this.#active -= 1;
        continue;
      }
      const index = remotes.indexOf(entityId);
      if (index >= 0) progress[index] = Math.min(Math.max(Math.round(share * WHOLE), 1), WHOLE);
    }
  }

  clear(): void {
    this.#entityId.fill(0);
    this.#active = 0;
  }

  #begin(entityId: number, startTick: number, endTick: number): void {
    const slot = this.#next;
    this.#next = (slot + 1) % MOST_CASTS;
    if (this.#entityId[slot] === 0) this.#active += 1;
    this.#entityId[slot] = entityId;
    this.#startTick[slot] = startTick;
    this.#endTick[slot] = endTick;
  }

  #end(entityId: number): void {
    if (this.#active === 0) return;
    const slot = this.#entityId.indexOf(entityId);
    if (slot < 0) return;
    this.#entityId[slot] = 0;
    this.#active -= 1;
  }
}
