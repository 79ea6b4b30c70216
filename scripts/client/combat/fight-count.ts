import type { FightEventFeed } from "./view/fight-events.ts";

/** What one player did in a fight, counted frame by frame. */
export class FightCount {
  /** Characters that died by it. */
  kills = 0;
  deaths = 0;
  /** How often it came back after one. */
  returns = 0;
  /** Uses that were done: blows, casts and channels that came to their end. */
  abilitiesUsed = 0;

  /** Once after each `update`. */
  add(feed: FightEventFeed, ownEntityId: number): void {
    for (let i = 0; i < feed.count; i += 1) {
      const event = feed.events[i];
      if (event === undefined) continue;
      if (event.kind === "death" && event.targetEntityId === ownEntityId) this.deaths += 1;
      if (event.sourceEntityId !== ownEntityId) continue;
      if (event.kind === "death" && event.targetEntityId !== ownEntityId) this.kills += 1;
      if (event.kind === "respawn") this.returns += 1;
      const done = event.kind === "used" || event.kind === "cast_finished" || event.kind === "channel_finished";
      if (done) this.abilitiesUsed += 1;
    }
  }
}
