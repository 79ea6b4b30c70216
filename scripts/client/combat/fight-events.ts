import type { CombatEvent } from "../../protocol/combat/combat-messages.ts";
import type { Mutable } from "./combat-parts.ts";
import { type FightEvent, type FightEventFeed, MAX_FIGHT_EVENTS } from "./view/fight-events.ts";

/** Hands on what happened in a frame. Entries are made once and reused. */
export class FightEvents implements FightEventFeed {
  count = 0;
  omitted = 0;
  readonly events: readonly Mutable<FightEvent>[] = Array.from({ length: MAX_FIGHT_EVENTS }, createEvent);

  beginFrame(): void {
    this.count = 0;
    this.omitted = 0;
  }

  add(event: Readonly<CombatEvent>, tick: number, own: boolean): void {
    const entry = this.#next(own);
    if (entry === undefined) return;
    entry.kind = event.kind;
    entry.sourceEntityId = event.sourceEntityId;
    entry.targetEntityId = event.targetEntityId;
    entry.what = event.what;
    entry.amount = event.amount;
    entry.absorbed = event.absorbed;
    entry.blocked = event.blocked;
    entry.over = event.over;
    entry.flags = event.flags;
    entry.own = own;
    entry.predicted = false;
    entry.tick = tick;
  }

  /** The player has just used an ability that is done at once. */
  predictUse(abilityId: number, ownEntityId: number, targetEntityId: number, tick: number): void {
    const entry = this.#next(true);
    if (entry === undefined) return;
    entry.kind = "used";
    entry.sourceEntityId = ownEntityId;
    entry.targetEntityId = targetEntityId;
    entry.what = abilityId;
    entry.amount = 0;
    entry.absorbed = 0;
    entry.blocked = 0;
    entry.over = 0;
    entry.flags = 0;
    entry.own = true;
    entry.predicted = true;
    entry.tick = tick;
  }

  /** The next entry; when there is no more room, one's own takes the place of the first stranger's. */
  #next(own: boolean): Mutable<FightEvent> | undefined {
    const entry = this.events[this.count];
    if (entry !== undefined) {
      this.count += 1;
      return entry;
    }
    this.omitted += 1;
    if (!own) return undefined;
    for (const taken of this.events) if (!taken.own) return taken;
    return undefined;
  }
}

function createEvent(): Mutable<FightEvent> {
  return {
    ...{ kind: "none" as const, sourceEntityId: 0, targetEntityId: 0, what: 0, amount: 0, absorbed: 0, blocked: 0 },
    ...{ over: 0, flags: 0, own: false, predicted: false, tick: 0 },
  };
}
