import { describe, expect, it } from "vitest";
import { Actions } from "../../../scripts/client/actions.ts";
import { createActionResult } from "../../../scripts/protocol/create-messages.ts";
import type { Action, ActionOutcome } from "../../../scripts/protocol/messages.ts";

const FRAME_MS = 1000 / 60;

/** A player at the keys: a command a frame. */
class Player {
  readonly actions = new Actions();
  readonly sent: (Action & { nowMs: number })[] = [];
  readonly outcomes: string[] = [];
  nowMs = 0;
  tick = 100;
  inUse = true;

  frame({ strikes = 0, commands = 1 } = {}): void {
    this.actions.beginFrame();
    this.nowMs += FRAME_MS;
    for (let i = 0; i < strikes; i += 1) this.actions.strike(7, this.#moment(), this.inUse);
    this.tick += commands;
    this.actions.advance(this.#moment(), (action) => this.sent.push({ ...action, nowMs: this.nowMs }));
    for (const item of this.actions.news) if (item.kind === "ended") this.outcomes.push(item.outcome);
  }

  frames(count: number): void {
    for (let i = 0; i < count; i += 1) this.frame();
  }

  answer(actionId: number, outcome: ActionOutcome, cooldownTicks = 48): boolean {
    return this.actions.addResult({ ...createActionResult(), actionId, outcome, cooldownTicks }, this.nowMs);
  }

  #moment() {
    return { nowMs: this.nowMs, newestTick: this.tick, viewTick: this.tick - 12.5 };
  }
}

describe("a player's actions", () => {
  it("are told with the command after the key, and with what was seen when it was pressed", () => {
    const player = new Player();
    player.frame({ strikes: 1, commands: 0 });
    expect(player.sent).toEqual([]);
    expect(player.actions.news).toEqual([{ kind: "began", targetEntityId: 7 }]);
    player.frame();
    expect(player.sent).toMatchObject([
      { actionId: 1, kind: "strike", tick: 101, viewTick: 87, viewFraction: 128, targetEntityId: 7 },
    ]);
  });

  it("are repeated, fast at first, until they are answered", () => {
    const player = new Player();
    player.frame({ strikes: 1 });
    player.frames(29);
    const gaps = player.sent.slice(1).map(({ nowMs }, i) => Math.round(nowMs - (player.sent[i]?.nowMs ?? 0)));
    expect(gaps.slice(0, 2)).toEqual([33, 33]);
    expect(gaps.slice(2).every((gap) => gap >= 100 && gap < 125)).toBe(true);
    expect(new Set(player.sent.map(({ tick }) => tick)).size).toBe(1);
    const { length } = player.sent;
    expect(player.answer(1, "hit")).toBe(true);
    expect(player.answer(1, "hit")).toBe(false);
    player.frames(60);
    expect(player.sent).toHaveLength(length);
  });

  it("are given up when no answer comes for 3 s", () => {
    const player = new Player();
    player.frame({ strikes: 1 });
    player.frames(170);
    expect(player.outcomes).toEqual([]);
    player.frames(20);
    expect(player.outcomes).toEqual(["no_answer"]);
    expect(player.answer(1, "hit")).toBe(false);
  });

  it("keep their cooldown without asking, from the command in which they are done", () => {
    const player = new Player();
    player.frame({ strikes: 1 });
    for (let i = 0; i < 46; i += 1) player.frame({ strikes: 1 });
    expect(player.outcomes).toEqual(Array(46).fill("cooldown"));
    player.frame();
    player.frame({ strikes: 1 });
    expect(player.outcomes).toHaveLength(46);
    const ticks = [...new Set(player.sent.map(({ tick }) => tick))];
    expect(ticks).toEqual([101, 149]);
  });

  it("may be done again at once when the server refused", () => {
    const player = new Player();
    player.frame({ strikes: 1 });
    player.answer(1, "too_late", 0);
    player.frame({ strikes: 1 });
    expect(player.outcomes).toEqual([]);
    expect(player.sent.at(-1)).toMatchObject({ actionId: 2, tick: 102 });
  });

  it("are not begun where there are none, before the first command, or twice for one command", () => {
    const player = new Player();
    player.inUse = false;
    player.frame({ strikes: 1 });
    player.inUse = true;
    player.frame({ strikes: 2 });
    expect(player.outcomes).toEqual(["switched_off", "cooldown"]);
    const early = new Player();
    early.tick = 0;
    early.frame({ strikes: 1 });
    expect(early.outcomes).toEqual(["no_command"]);
  });

  it("begin anew with a session", () => {
    const player = new Player();
    player.frame({ strikes: 1 });
    player.actions.clear();
    player.frame({ strikes: 1 });
    expect(player.sent.at(-1)?.actionId).toBe(1);
    expect(player.outcomes).toEqual([]);
  });
});
