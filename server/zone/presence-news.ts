import type { Presence } from "../../scripts/protocol/messages.ts";
import { MAX_PRESENCE_JOINED, MAX_PRESENCE_LEFT } from "../../scripts/protocol/wire-limits.ts";

type Joined = Presence["joined"][number];

/**
 * Who came and who went since everybody was told last. Told together once per tick: where a hundred come at once, each of a thousand
 * players gets one message, not a hundred.
 */
export class PresenceNews {
  #joined: Joined[] = [];
  #left: number[] = [];

  get isEmpty(): boolean {
    return this.#joined.length === 0 && this.#left.length === 0;
  }

  /** Somebody came, who knows already of everybody who was here before. Entity ids grow. */
  addJoined(who: Joined): void {
    this.#joined.push(who);
  }

  addLeft(entityId: number): void {
    this.#left.push(entityId);
  }

  /** The messages for a player: of those who came after it, and of all who went. */
  messagesFor(entityId: number): Presence[] {
    const first = this.#joined[0];
    const allAreNew = first === undefined || first.entityId > entityId;
    const joined = allAreNew ? this.#joined : this.#joined.filter((who) => who.entityId > entityId);
    const messages: Presence[] = [];
    const parts = Math.max(joined.length / MAX_PRESENCE_JOINED, this.#left.length / MAX_PRESENCE_LEFT);
    for (let part = 0; part < parts; part += 1) {
      messages.push({
        joined: joined.slice(part * MAX_PRESENCE_JOINED, (part + 1) * MAX_PRESENCE_JOINED),
        left: this.#left.slice(part * MAX_PRESENCE_LEFT, (part + 1) * MAX_PRESENCE_LEFT),
      });
    }
    return messages;
  }

  /** Everybody has been told. */
  clear(): void {
    this.#joined = [];
    this.#left = [];
  }
}
