import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GOAL_TICKS, InputLead, JUMP_TICKS, MAX_STRETCH } from "../../../scripts/client/input-lead.ts";

/** Reports of a second or more, the commands between them running. */
function afterReports(buffers: number[], count = 40, lead = new InputLead()): InputLead {
  for (let i = 0; i < count; i += 1)
    lead.addServerBuffer(buffers[i % buffers.length] ?? 0, 100 + i * 3, 100 + i * 3, 0);
  return lead;
}

/**
 * A client whose ticks stretch, a server that runs one command a tick, and reports that are `delayTicks` old. Returns the queue over
 * time, after `startTicks` commands were there to begin with.
 */
function control(startTicks: number, delayTicks: number, ticks: number): { queue: number[]; skipped: number } {
  const lead = new InputLead();
  const queue: number[] = [];
  const reports: { atTick: number; buffer: number; ack: number }[] = [];
  let waiting = startTicks;
  let skipped = 0;
  for (let tick = 0; tick < ticks; tick += 1) {
    if (lead.holds()) skipped += 1;
    else waiting += lead.timeScale;
    waiting = Math.max(0, waiting - 1);
    queue.push(waiting);
    if (tick % 3 === 0) reports.push({ atTick: tick + delayTicks, buffer: Math.floor(waiting), ack: tick + 1 });
    while (reports[0] !== undefined && reports[0].atTick <= tick) {
      const report = reports.shift();
      if (report !== undefined) lead.addServerBuffer(report.buffer, report.ack, report.ack, delayTicks);
    }
  }
  return { queue, skipped };
}

describe("InputLead", () => {
  it("leaves a queue alone that is as long as it should be in the mean", () => {
    expect(afterReports([GOAL_TICKS]).timeScale).toBeCloseTo(1, 9);
    expect(Math.abs(afterReports([1, 2, 3, 2, 1]).timeScale - 1)).toBeLessThan(0.01);
  });

  it("slows down for a long queue and hurries for a short one, by at most 5 %", () => {
    expect(afterReports([3]).timeScale).toBeLessThan(0.99);
    expect(afterReports([GOAL_TICKS + JUMP_TICKS]).timeScale).toBe(1 - MAX_STRETCH);
    expect(afterReports([0]).timeScale).toBeGreaterThan(1.015);
    expect(afterReports([0]).timeScale).toBeLessThanOrEqual(1 + MAX_STRETCH);
  });

  it("takes a burst of commands per frame for what it is at 10 frames a second", () => {
    const lead = new InputLead();
    for (let frame = 0; frame < 200; frame += 1) lead.addFrame(6);
    expect(lead.goalTicks).toBeCloseTo(GOAL_TICKS + 2, 2);
    expect(Math.abs(afterReports([6, 4, 3, 2], 40, lead).timeScale - 1)).toBeLessThan(0.01);
  });

  it("does not slow down for commands that wait for a missing one", () => {
    const lead = new InputLead();
    for (let i = 0; i < 20; i += 1) lead.addServerBuffer(20, 100 + i * 3, 100, 0);
    expect(lead.timeScale).toBeCloseTo(1, 1);
    expect(lead.timeScale).toBeGreaterThan(1 - MAX_STRETCH / 2);
    expect(lead.jumps).toBe(0);
  });

  it.each([1, 9, 36])(
    "brings the queue to its goal and keeps it there without swinging, reports %d ticks old",
    (delay) => {
      for (const start of [0, 8]) {
        const { queue, skipped } = control(start, delay, 1800);
        const settled = queue.slice(900);
        expect(Math.max(...settled) - Math.min(...settled), `from ${start}`).toBeLessThan(1.5);
        expect(skipped).toBe(0);
        expect(settled.reduce((sum, ticks) => sum + ticks, 0) / settled.length).toBeGreaterThan(1);
      }
    },
  );

  it.each([1, 9, 36])("lets a queue go by that is far too long, once, with reports %d ticks old", (delay) => {
    const { queue, skipped } = control(40, delay, 300);
    expect(skipped).toBeGreaterThan(30);
    expect(skipped).toBeLessThan(42);
    expect(queue.at(-1)).toBeLessThan(5);
    expect(queue.at(-1)).toBeGreaterThan(0);
  });

  it("never leaves a tick out below the stated limit, whatever is reported", () => {
    const reports = fc.array(fc.integer({ min: 0, max: Math.floor(GOAL_TICKS + JUMP_TICKS) }), { maxLength: 300 });
    fc.assert(
      fc.property(reports, (buffers) => {
        const lead = afterReports(buffers, buffers.length);
        expect(lead.holds()).toBe(false);
        expect(Math.abs(lead.timeScale - 1)).toBeLessThanOrEqual(MAX_STRETCH + 1e-9);
      }),
    );
  });

  describe("after a silence", () => {
    const NUMBERED_BEHIND = 10;

    /** All was on time until `dryTick`, then the link was silent; reports of the time up to `serverTick` have come at last. */
    function silence(dryTick: number, serverTick: number, ran = false): InputLead {
      const lead = new InputLead();
      for (let tick = dryTick - 300; tick <= dryTick; tick += 3)
        lead.addServerBuffer(2, tick, tick - NUMBERED_BEHIND, 6);
      for (let tick = dryTick + 3; tick <= serverTick - 3; tick += 3) {
        lead.addServerBuffer(ran ? 2 : 0, tick, (ran ? tick : dryTick) - NUMBERED_BEHIND, 6);
      }
      return lead;
    }

    /** The same, and the server, now at `serverTick`, is heard again. */
    function afterSilence(dryTick: number, leftOutTicks: number, serverTick: number, ran = false): InputLead {
      const lead = silence(dryTick, serverTick, ran);
      lead.afterSilence(leftOutTicks, serverTick, 6);
      return lead;
    }

    function heldTicks(lead: InputLead): number {
      let held = 0;
      for (let tick = 0; tick < 100; tick += 1) if (lead.holds()) held += 1;
      return held;
    }

    it("leaves out what the server lost and the player did not, to the tick", () => {
      expect(heldTicks(afterSilence(600, 20, 660))).toBe(10);
      expect(heldTicks(afterSilence(600, 0, 660))).toBe(30);
      expect(heldTicks(afterSilence(600, 20, 700))).toBe(50);
    });

    it("leaves out nothing when the player left out as much or more, or the server can make up for it all", () => {
      expect(heldTicks(afterSilence(600, 30, 660))).toBe(0);
      expect(heldTicks(afterSilence(600, 40, 660))).toBe(0);
      expect(heldTicks(afterSilence(600, 0, 630))).toBe(0);
    });

    it("leaves out nothing when reports show that the server heard all", () => {
      expect(heldTicks(afterSilence(600, 0, 660, true))).toBe(0);
    });

    it("leaves out the same when the newest report shows the server catching up already", () => {
      const lead = silence(600, 663);
      lead.addServerBuffer(20, 663, 612 - NUMBERED_BEHIND, 6);
      lead.afterSilence(20, 661, 6);
      expect(heldTicks(lead)).toBe(11);
    });

    it("does not leave out again, after another silence, what was left out in the one before", () => {
      const lead = new InputLead();
      let command = 300 - NUMBERED_BEHIND;
      const play = (ticks: number) => {
        for (let tick = 0; tick < ticks; tick += 1) lead.give(++command);
      };
      play(300);
      for (let tick = 303; tick <= 600; tick += 3) lead.addServerBuffer(2, tick, tick - NUMBERED_BEHIND, 6);
      play(39);
      for (let tick = 0; tick < 30; tick += 1) lead.leaveOut();
      lead.addServerBuffer(0, 660, 600 - NUMBERED_BEHIND, 6);
      lead.afterSilence(30, 660, 6);
      expect(heldTicks(lead)).toBe(0);
      play(39);
      // All has run by now, and what was given after the silence is numbered 30 behind.
      lead.addServerBuffer(2, 708, 708 - NUMBERED_BEHIND - 30, 6);
      lead.afterSilence(3, 708, 6);
      expect(heldTicks(lead)).toBe(0);
    });

    it("leaves out more, but nothing twice, when later reports show that the server lost more", () => {
      const lead = afterSilence(600, 20, 660);
      for (let tick = 660; tick <= 669; tick += 3) lead.addServerBuffer(0, tick, 600 - NUMBERED_BEHIND, 6);
      expect(heldTicks(lead)).toBe(19);
    });
  });
});
