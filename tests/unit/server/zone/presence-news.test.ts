import { describe, expect, it } from "vitest";
import type { Presence } from "../../../../scripts/protocol/messages.ts";
import { MAX_PRESENCE_JOINED } from "../../../../scripts/protocol/wire-limits.ts";
import { MOST_TOLD_PER_TICK, PresenceNews } from "../../../../server/zone/presence-news.ts";

const who = (entityId: number) => ({ entityId, name: `Player ${entityId}` });

/** A zone's players, and what each was told, by entity id. */
class Audience {
  readonly news = new PresenceNews<{ entityId: number }>();
  readonly told = new Map<number, Presence[]>();
  readonly players: { entityId: number }[];

  constructor(...entityIds: number[]) {
    this.players = entityIds.map((entityId) => ({ entityId }));
  }

  tick(): void {
    this.news.tell(this.players, ({ entityId }, message) => {
      this.told.set(entityId, [...(this.told.get(entityId) ?? []), message]);
    });
  }
}

describe("PresenceNews", () => {
  it("tells in one message of all who came and went", () => {
    const audience = new Audience(1);
    audience.news.addJoined(who(7));
    audience.news.addLeft(3);
    audience.news.addJoined(who(8));
    audience.tick();
    expect(audience.told.get(1)).toEqual([{ joined: [who(7), who(8)], left: [3] }]);
  });

  it("tells those who came only of those who came after them", () => {
    const audience = new Audience(7, 8);
    audience.news.addJoined(who(7));
    audience.news.addJoined(who(8));
    audience.tick();
    expect(audience.told.get(7)).toEqual([{ joined: [who(8)], left: [] }]);
    expect(audience.told.get(8)).toBeUndefined();
    audience.news.addLeft(2);
    audience.tick();
    expect(audience.told.get(8)).toEqual([{ joined: [], left: [2] }]);
  });

  it("splits what one message cannot name", () => {
    const audience = new Audience(2);
    for (let entityId = 10; entityId < 10 + MAX_PRESENCE_JOINED + 5; entityId += 1)
      audience.news.addJoined(who(entityId));
    audience.news.addLeft(1);
    audience.tick();
    expect(audience.told.get(2)?.map(({ joined, left }) => [joined.length, left.length])).toEqual([
      [MAX_PRESENCE_JOINED, 1],
      [5, 0],
    ]);
  });

  it("says everything once", () => {
    const audience = new Audience(1);
    audience.news.addJoined(who(7));
    audience.tick();
    audience.tick();
    expect(audience.told.get(1)).toHaveLength(1);
  });

  it("tells a crowd by turns, and gathers meanwhile what is for the next round", () => {
    const crowd = Array.from({ length: 2 * MOST_TOLD_PER_TICK + 1 }, (_, index) => index + 1);
    const audience = new Audience(...crowd);
    audience.news.addJoined(who(1_000));
    audience.tick();
    expect(audience.told.size).toBe(MOST_TOLD_PER_TICK);
    audience.news.addJoined(who(1_001));
    audience.tick();
    audience.news.addLeft(1_000);
    audience.tick();
    expect(crowd.map((entityId) => audience.told.get(entityId))).toEqual(
      crowd.map(() => [{ joined: [who(1_000)], left: [] }]),
    );
    for (let tick = 0; tick < 3; tick += 1) audience.tick();
    expect(crowd.map((entityId) => audience.told.get(entityId)?.[1])).toEqual(
      crowd.map(() => ({ joined: [who(1_001)], left: [1_000] })),
    );
  });

  it("tells nobody who has gone since the round began", () => {
    const crowd = Array.from({ length: MOST_TOLD_PER_TICK + 2 }, (_, index) => index + 1);
    const audience = new Audience(...crowd);
    audience.news.addJoined(who(1_000));
    audience.tick();
    const [gone] = audience.players.splice(MOST_TOLD_PER_TICK, 1);
    if (gone === undefined) throw new Error("there is nobody to go");
    audience.news.forget(gone);
    audience.tick();
    expect(audience.told.has(gone.entityId)).toBe(false);
    expect(audience.told.has(MOST_TOLD_PER_TICK + 2)).toBe(true);
  });
});
