import { describe, expect, test } from "vitest";
import { FightEvents } from "../../../../scripts/client/combat/fight-events.ts";
import { OtherCasts } from "../../../../scripts/client/combat/other-casts.ts";
import { MAX_FIGHT_EVENTS } from "../../../../scripts/client/combat/view/fight-events.ts";
import { RemoteInterpolation } from "../../../../scripts/client/remote-interpolation.ts";
import type { CombatEvent } from "../../../../scripts/protocol/combat/combat-messages.ts";
import type { Snapshot } from "../../../../scripts/protocol/messages.ts";

function event(kind: CombatEvent["kind"], sourceEntityId: number, targetEntityId: number, amount = 0): CombatEvent {
  return {
    ...{ sequence: 1, sourceEntityId, targetEntityId, what: 2, amount },
    ...{ absorbed: 0, blocked: 0, over: 0, kind, flags: 0 },
  };
}

describe("what happened in a frame", () => {
  test("comes in order, and strangers' make room for one's own when there is too much", () => {
    const feed = new FightEvents();
    for (let i = 0; i < MAX_FIGHT_EVENTS; i += 1) feed.add(event("damage", 10 + i, 5), 60, false);
    feed.add(event("miss", 1, 5), 60, true);
    feed.add(event("miss", 3, 5), 60, false);
    expect(feed.count).toBe(MAX_FIGHT_EVENTS);
    expect(feed.omitted).toBe(2);
    expect(feed.events.filter(({ own }) => own)).toMatchObject([{ kind: "miss", sourceEntityId: 1 }]);
    feed.beginFrame();
    feed.predictUse(4, 1, 5, 61);
    expect(feed.count).toBe(1);
    expect(feed.events[0]).toMatchObject({ kind: "used", what: 4, predicted: true, own: true, amount: 0, tick: 61 });
    feed.add(event("heal", 2, 2, 9), 62, false);
    expect(feed.events[1]).toMatchObject({ kind: "heal", predicted: false, own: false, amount: 9 });
  });
});

describe("casts of the others", () => {
  function standing(...ids: number[]): RemoteInterpolation {
    const remotes = new RemoteInterpolation();
    const places = new Int32Array(ids.length);
    remotes.addSnapshot(
      {
        ...{
          serverTick: 10,
          entityCount: ids.length,
          entityId: Uint32Array.from(ids),
          x: places,
          y: places,
          z: places,
        },
        ...{ yaw: new Uint16Array(ids.length), animation: new Uint8Array(ids.length) },
      } as unknown as Snapshot,
      0,
    );
    remotes.draw(10);
    return remotes;
  }

  test("run from their beginning to their end, and are over when they are broken off, or their caster died", () => {
    const remotes = standing(7, 8, 9);
    const casts = new OtherCasts();
    const progress = new Uint8Array(8);
    casts.add(event("cast_started", 7, 8, 100), 1000);
    casts.add(event("channel_started", 8, 7, 50), 1000);
    casts.fill(progress, remotes, 1025);
    expect([...progress.subarray(0, 3)]).toEqual([64, 128, 0]);
    casts.add(event("cast_interrupted", 7, 8), 1030);
    casts.fill(progress, remotes, 1040);
    expect([...progress.subarray(0, 3)]).toEqual([0, 204, 0]);
    casts.add(event("death", 7, 8), 1041);
    casts.fill(progress, remotes, 1042);
    expect([...progress.subarray(0, 3)]).toEqual([0, 0, 0]);
  });

  test("whose end was never told is not shown for ever", () => {
    const remotes = standing(7);
    const casts = new OtherCasts();
    const progress = new Uint8Array(8);
    casts.add(event("cast_started", 7, 8, 100), 1000);
    casts.fill(progress, remotes, 1120);
    expect(progress[0]).toBe(255);
    casts.fill(progress, remotes, 1200);
    casts.fill(progress, remotes, 1201);
    expect(progress[0]).toBe(0);
  });
});
