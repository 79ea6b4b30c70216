import type { CombatEvent } from "../../protocol/combat/combat-messages.ts";
import type { MutableParty } from "./combat-parts.ts";

/**
 * Health in the frames of the party, as events tell it at once. What the server says of the party comes four times a second, and may be older than an
 * event that was there first: that does not take back what is known already.
 */
export class PartyHealth {
  /** Tick of the newest event about each member's health. */
  readonly #toldTicks = new Map<number, number>();
  /** Tick of the newest that the server said of the party. */
  #stateTick = 0;

  /** Something happened; returns whether it changed the health of a member. */
  add(party: MutableParty, event: Readonly<CombatEvent>, tick: number): boolean {
    switch (event.kind) {
      case "damage":
        return this.#change(party, event.targetEntityId, tick, -event.amount);
      case "heal":
        return this.#change(party, event.targetEntityId, tick, event.amount);
      case "death":
        return this.#change(party, event.targetEntityId, tick, Number.NEGATIVE_INFINITY);
      case "respawn":
        return this.#change(party, event.sourceEntityId, tick, event.amount);
      default:
        return false;
    }
  }

  /** The server said how the party is at a tick: before its members are asked about. */
  beginState(tick: number): void {
    this.#stateTick = Math.max(tick, this.#stateTick);
  }

  /** Whether that has all that events told of a member. */
  isNews(entityId: number, tick: number): boolean {
    return tick >= (this.#toldTicks.get(entityId) ?? 0);
  }

  clear(): void {
    this.#toldTicks.clear();
    this.#stateTick = 0;
  }

  /** `points` more; who comes back has none before. */
  #change(party: MutableParty, entityId: number, tick: number, points: number): boolean {
    if (tick <= this.#stateTick) return false;
    for (let i = 0; i < party.count; i += 1) {
      const member = party.members[i];
      if (member === undefined || member.entityId !== entityId) continue;
      this.#toldTicks.set(entityId, tick);
      member.health = Math.min(Math.max(member.health + points, 0), member.maxHealth);
      member.dead = member.health === 0;
      return true;
    }
    return false;
  }
}
