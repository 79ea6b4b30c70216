import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAction } from "../../../../../scripts/protocol/create-messages.ts";
import type { Action } from "../../../../../scripts/protocol/messages.ts";
import {
  ACTION_BURST,
  ACTIONS_PER_SECOND,
  ActionInbox,
  MAX_WAITING_ACTIONS,
} from "../../../../../server/zone/lag-compensation/action-inbox.ts";

function action(actionId: number): Action {
  return { ...createAction(), actionId, kind: "strike", tick: 100 };
}

/** Takes in an action, and has it decided on at once. */
function offerAndDecide(inbox: ActionInbox, actionId: number, tick: number): string {
  const admission = inbox.offer(action(actionId), tick);
  if (admission === "waiting") inbox.remove(inbox.count - 1);
  return admission;
}

describe("the inbox of a player's actions", () => {
  it("takes each number once, in any order and however often it comes", () => {
    const numbers = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 200 });
    fc.assert(
      fc.property(numbers, (sent) => {
        const inbox = new ActionInbox();
        const taken: number[] = [];
        // One a second: none is too many.
        for (const [i, actionId] of sent.entries()) {
          if (offerAndDecide(inbox, actionId, i * 60) === "waiting") taken.push(actionId);
        }
        expect(new Set(taken).size).toBe(taken.length);
      }),
    );
  });

  it("takes every number of the last 32 that has not come, and none that is older", () => {
    const inbox = new ActionInbox();
    expect(offerAndDecide(inbox, 100, 0)).toBe("waiting");
    for (let behind = 1; behind < 32; behind += 1) {
      expect(offerAndDecide(inbox, 100 - behind, behind * 60), `${behind}`).toBe("waiting");
      expect(offerAndDecide(inbox, 100 - behind, behind * 60), `${behind}`).toBe("known");
    }
    expect(offerAndDecide(inbox, 68, 9_000)).toBe("known");
    expect(offerAndDecide(inbox, 0xffff_ffff, 9_060)).toBe("waiting");
    expect(offerAndDecide(inbox, 101, 9_120)).toBe("known");
  });

  it("lets no more begin than a few at once and a few per second, and answers hardly any of the others", () => {
    const inbox = new ActionInbox();
    const count = { waiting: 0, limited: 0, limited_again: 0, known: 0 };
    const seconds = 10;
    // 1,020 a second.
    for (let i = 0; i < seconds * 1_020; i += 1) {
      const tick = Math.floor(i / 17);
      const admission = inbox.offer(action(i + 1), tick);
      count[admission] += 1;
      if (admission === "waiting") inbox.remove(0);
    }
    expect(count.waiting).toBeLessThanOrEqual(ACTION_BURST + seconds * ACTIONS_PER_SECOND);
    expect(count.waiting).toBeGreaterThanOrEqual(seconds * ACTIONS_PER_SECOND - 1);
    expect(count.limited).toBeLessThanOrEqual(1 + seconds);
    expect(count.known).toBe(0);
  });

  it("keeps few waiting, in their order", () => {
    const inbox = new ActionInbox();
    for (let id = 1; id <= MAX_WAITING_ACTIONS; id += 1) expect(inbox.offer(action(id), 0)).toBe("waiting");
    expect(inbox.offer(action(9), 0)).toBe("limited");
    inbox.remove(1);
    expect([0, 1, 2].map((index) => inbox.waiting(index).actionId)).toEqual([1, 3, 4]);
    expect(inbox.offer(action(10), 60)).toBe("waiting");
    expect(inbox.waiting(3)).toMatchObject({ actionId: 10, arrivedTick: 60 });
    expect(() => inbox.waiting(4)).toThrow("expected less than 4, got 4");
  });

  it("believes acks that rise, of snapshots that there were", () => {
    const inbox = new ActionInbox();
    inbox.acknowledge(50, 60);
    inbox.acknowledge(40, 60);
    inbox.acknowledge(0xffff_ffff, 60);
    expect(inbox.ackedTick).toBe(50);
  });
});
