import type { Presence } from "../../scripts/protocol/messages.ts";
import { MAX_PRESENCE_JOINED, MAX_PRESENCE_LEFT } from "../../scripts/protocol/wire-limits.ts";

type Joined = Presence["joined"][number];

/** Players that are told in one tick at most. With no more than these, everybody is told in the tick in which it happens. */
export const MOST_TOLD_PER_TICK = 100;

/**
 * Who came and who went since everybody was told last. Told in rounds, so many players in each tick; what happens meanwhile is for the
 * next round. Where a hundred come one after the other, each of a thousand players gets some messages, not a hundred, and no tick has all the work.
 */
export class PresenceNews<Player extends { readonly entityId: number }> {
  #joined: Joined[] = [];
  #left: number[] = [];
  /** What the round is about, who is told in it, and who is next. */
  #roundJoined: readonly Joined[] = [];
  #roundLeft: readonly number[] = [];
  #round: (Player | undefined)[] = [];
  #next = 0;

  /** Somebody came, who knows already of everybody who was here before. Entity ids grow. */
  addJoined(who: Joined): void {
    this.#joined.push(who);
  }

  addLeft(entityId: number): void {
    this.#left.push(entityId);
  }

  /** Nobody is there any more to be told. */
  forget(player: Player): void {
    const at = this.#round.indexOf(player, this.#next);
    if (at >= 0) this.#round[at] = undefined;
  }

  /** One tick: tells those of `players` whose turn it is. */
  tell(players: readonly Player[], send: (player: Player, message: Presence) => void): void {
    if (this.#next === this.#round.length) this.#beginRound(players);
    const end = Math.min(this.#next + MOST_TOLD_PER_TICK, this.#round.length);
    for (; this.#next < end; this.#next += 1) {
      const player = this.#round[this.#next];
      if (player !== undefined) this.#tellOne(player, send);
    }
  }

  #beginRound(players: readonly Player[]): void {
    // Nobody who has gone is kept.
    if (this.#round.length > 0) this.#round = [];
    this.#next = 0;
    if (this.#joined.length === 0 && this.#left.length === 0) return;
    this.#round = [...players];
    this.#roundJoined = this.#joined;
    this.#roundLeft = this.#left;
    this.#joined = [];
    this.#left = [];
  }

  /** Of those who came after the player, and of all who went. */
  #tellOne(player: Player, send: (player: Player, message: Presence) => void): void {
    const all = this.#roundJoined;
    const first = all[0];
    const allAreNew = first === undefined || first.entityId > player.entityId;
    const joined = allAreNew ? all : all.filter((who) => who.entityId > player.entityId);
    const left = this.#roundLeft;
    const parts = Math.max(joined.length / MAX_PRESENCE_JOINED, left.length / MAX_PRESENCE_LEFT);
    for (let part = 0; part < parts; part += 1) {
      send(player, {
        joined: joined.slice(part * MAX_PRESENCE_JOINED, (part + 1) * MAX_PRESENCE_JOINED),
        left: left.slice(part * MAX_PRESENCE_LEFT, (part + 1) * MAX_PRESENCE_LEFT),
      });
    }
  }
}
