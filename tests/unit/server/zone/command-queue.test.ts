import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { InputCommand } from "../../../../scripts/protocol/messages.ts";
import { CommandQueue } from "../../../../server/zone/command-queue.ts";

const command = (tick: number, moveX = 0): InputCommand => ({ tick, moveX, moveZ: 0, yaw: 0, pitch: 0, buttons: 0 });

/** Takes as a server does, once per tick, for so many ticks. */
function drain(queue: CommandQueue, serverTicks: number): number[] {
  const ticks: number[] = [];
  for (let n = 0; n < serverTicks; n += 1) {
    const taken = queue.take();
    if (taken !== undefined) ticks.push(taken.tick);
  }
  return ticks;
}

describe("CommandQueue", () => {
  it("starts counting at the first command it is offered", () => {
    const queue = new CommandQueue();
    expect(queue.offer(command(5000))).toBe("queued");
    expect(queue.take()?.tick).toBe(5000);
    expect(queue.lastExecutedTick).toBe(5000);
  });

  it("takes each command once, however often packets repeat it", () => {
    const queue = new CommandQueue();
    expect(queue.offer(command(1))).toBe("queued");
    expect(queue.offer(command(1))).toBe("known");
    expect(drain(queue, 3)).toEqual([1]);
    expect(queue.offer(command(1))).toBe("known");
    expect(drain(queue, 3)).toEqual([]);
  });

  it("waits for a missing command and runs it in order when its copy comes", () => {
    const queue = new CommandQueue();
    queue.offer(command(1));
    queue.offer(command(3));
    expect(drain(queue, 3)).toEqual([1]);
    queue.offer(command(2));
    expect(drain(queue, 2)).toEqual([2, 3]);
    expect(queue.skipped).toBe(0);
  });

  it("goes on without a command that never comes, and counts it", () => {
    const queue = new CommandQueue();
    queue.offer(command(1));
    queue.offer(command(4));
    expect(drain(queue, 31)).toEqual([1]);
    expect(drain(queue, 1)).toEqual([4]);
    expect(queue.skipped).toBe(2);
  });

  it("refuses what is further ahead than it can hold, and keeps what it has", () => {
    const queue = new CommandQueue();
    queue.offer(command(1, 7));
    expect(queue.offer(command(1 + 128))).toBe("too_far_ahead");
    expect(queue.offer(command(0xffff_ffff))).toBe("too_far_ahead");
    expect(queue.take()).toMatchObject({ tick: 1, moveX: 7 });
  });

  it("executes every command exactly once and in order under any reordering and duplication", () => {
    const offers = fc.integer({ min: 1, max: 100 }).chain((count) => {
      const all = Array.from({ length: count }, (_, index) => index + 1);
      const repeats = fc.array(fc.integer({ min: 1, max: count }), { maxLength: 50 });
      return repeats.chain((extra) =>
        fc.shuffledSubarray([...all.slice(1), ...extra], { minLength: count - 1 + extra.length }),
      );
    });
    fc.assert(
      fc.property(offers, (ticks) => {
        const queue = new CommandQueue();
        queue.offer(command(1));
        for (const tick of ticks) queue.offer(command(tick));
        const count = Math.max(1, ...ticks);
        expect(drain(queue, count + 5)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
      }),
    );
  });
});
