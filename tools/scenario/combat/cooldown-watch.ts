import type { GameClient } from "../../../scripts/client/game-client.ts";
import type { CombatData } from "../../../scripts/simulation/combat/data/combat-data.ts";
import { MAX_ABILITIES } from "../../../scripts/simulation/combat/data/read-combat-data.ts";
import type { Fighters } from "../../../scripts/simulation/combat/fighters.ts";
import { TICK_RATE_HZ } from "../../../scripts/simulation/constants.ts";

/** Ends that the server had lately are remembered: by the time that a bar has run out, the next use may have begun. */
const REMEMBERED = 6;

/** How far the end of a cooldown that a client's bar ran to is from the server's, by own ticks. */
export class CooldownWatch {
  worstTicks = 0;
  /** Cooldowns that ran out, global ones included. */
  ended = 0;
  readonly #client: GameClient;
  readonly #data: CombatData;
  /** By slot, 0 for the global one: ends that the server had, the newest last. */
  readonly #server: number[][] = [];
  /** By slot: the end that the bar shows. */
  readonly #shown: number[] = [];

  constructor(client: GameClient, data: CombatData) {
    this.#client = client;
    this.#data = data;
    for (let slot = 0; slot <= client.combat.bar.length; slot += 1) {
      this.#server.push([]);
      this.#shown.push(0);
    }
  }

  get worstMs(): number {
    return (this.worstTicks * 1_000) / TICK_RATE_HZ;
  }

  lookAtServer(fighters: Fighters): void {
    const place = fighters.placeOf(this.#client.own.entityId);
    if (place < 0) return;
    this.#remember(0, fighters.globalEnd[place] ?? 0);
    for (const { slot, index } of this.#data.abilities) {
      if (slot > 0) this.#remember(slot, fighters.chargedTick[place * MAX_ABILITIES + index] ?? 0);
    }
  }

  /** After a frame. */
  lookAtBar(): void {
    const { combat } = this.#client;
    if (!combat.inUse) return;
    this.#look(0, combat.globalCooldownEndTick, combat.ownTick);
    for (const { slot, onlyGlobal, cooldownEndTick } of combat.bar) {
      if (!onlyGlobal) this.#look(slot, cooldownEndTick, combat.ownTick);
    }
  }

  #remember(slot: number, end: number): void {
    const ends = this.#server[slot];
    if (ends === undefined || ends[ends.length - 1] === end) return;
    ends.push(end);
    if (ends.length > REMEMBERED) ends.shift();
  }

  #look(slot: number, end: number, ownTick: number): void {
    const shown = this.#shown[slot] ?? 0;
    // It ran out by itself: what was taken back before is no cooldown.
    if (shown > 0 && shown <= ownTick) {
      this.#shown[slot] = 0;
      this.ended += 1;
      const charges = slot === 0 ? 1 : (this.#data.inSlot(slot)?.charges ?? 1);
      const each = this.#data.inSlot(slot)?.cooldownTicks ?? 0;
      let error = Number.POSITIVE_INFINITY;
      for (const one of this.#server[slot] ?? []) {
        // With charges, each comes back a cooldown before the next.
        for (let charge = 0; charge < charges; charge += 1) {
          error = Math.min(error, Math.abs(one - charge * each - shown));
        }
      }
      this.worstTicks = Math.max(this.worstTicks, error);
    }
    if (end > ownTick) this.#shown[slot] = end;
    else if (shown > ownTick) this.#shown[slot] = 0;
  }
}
