import { describe, expect, it } from "vitest";
import { MAX_PRESENCE_JOINED } from "../../../../scripts/protocol/wire-limits.ts";
import { PresenceNews } from "../../../../server/zone/presence-news.ts";

const who = (entityId: number) => ({ entityId, name: `Player ${entityId}` });

describe("PresenceNews", () => {
  it("tells in one message of all who came and went", () => {
    const news = new PresenceNews();
    news.addJoined(who(7));
    news.addLeft(3);
    news.addJoined(who(8));
    expect(news.messagesFor(1)).toEqual([{ joined: [who(7), who(8)], left: [3] }]);
  });

  it("tells those who came only of those who came after them", () => {
    const news = new PresenceNews();
    news.addJoined(who(7));
    news.addJoined(who(8));
    expect(news.messagesFor(7)).toEqual([{ joined: [who(8)], left: [] }]);
    expect(news.messagesFor(8)).toEqual([]);
    news.addLeft(2);
    expect(news.messagesFor(8)).toEqual([{ joined: [], left: [2] }]);
  });

  it("splits what one message cannot name", () => {
    const news = new PresenceNews();
    for (let entityId = 10; entityId < 10 + MAX_PRESENCE_JOINED + 5; entityId += 1) news.addJoined(who(entityId));
    news.addLeft(1);
    const messages = news.messagesFor(2);
    expect(messages.map(({ joined, left }) => [joined.length, left.length])).toEqual([
      [MAX_PRESENCE_JOINED, 1],
      [5, 0],
    ]);
  });

  it("has nothing left when everybody was told", () => {
    const news = new PresenceNews();
    news.addJoined(who(7));
    expect(news.isEmpty).toBe(false);
    news.clear();
    expect(news.isEmpty).toBe(true);
    expect(news.messagesFor(1)).toEqual([]);
  });
});
